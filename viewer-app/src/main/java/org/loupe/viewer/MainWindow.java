package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.loupe.sr.Devices;
import org.loupe.study.Loaded;
import org.loupe.viewer.layout.HangingProtocol;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.layout.Registrations;
import org.loupe.viewer.measure.AnnotationKeeper;
import org.loupe.viewer.panel.CompareMenu;
import org.loupe.viewer.panel.DevicePanel;
import org.loupe.viewer.panel.MeasureMenu;
import org.loupe.viewer.panel.MeasurementPanel;
import org.loupe.viewer.panel.ModelCard;
import org.loupe.viewer.panel.Performance;
import org.loupe.viewer.panel.PerformancePanel;
import org.loupe.viewer.panel.ProblemsPanel;
import org.loupe.viewer.panel.RecentPanel;
import org.loupe.viewer.panel.Sheets;
import org.loupe.viewer.panel.StatusBar;
import org.loupe.viewer.panel.TagPanel;
import org.loupe.viewer.panel.TourBar;
import org.loupe.viewer.panel.ViewerToolBar;
import org.loupe.viewer.prefs.Preferences;
import org.loupe.viewer.prefs.RecentStudies;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.Drops;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.SeriesList;
import org.loupe.viewer.study.StudyOpener;
import org.loupe.viewer.study.Thumbnails;
import org.loupe.viewer.tool.Command;
import org.loupe.viewer.tool.KeyTools;
import org.loupe.viewer.tool.MouseTools;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.SrService;

/**
 * What is in the application's window, put together: menus and tool bar above, series at the left,
 * image panes in the middle, the status below, and sheets over all of it.
 */
public final class MainWindow implements AutoCloseable {

  /** Style sheet of everything in the window. */
  static final String STYLE =
      MainWindow.class.getResource("/org/loupe/viewer/viewer.css").toExternalForm();

  private final OpenStudies studies = new OpenStudies();
  private final Thumbnails thumbnails = new Thumbnails();
  private final StudyOpener opener = new StudyOpener(this::opened, this::failed);
  private final Sheets sheets = new Sheets();
  private final Milestones milestones;
  private final SrService sr;
  private final PaneGrid grid;
  private final PaneLink link;
  private final Registrations registrations;
  private final Hanging hanging;
  private final Workbench tools;
  private final DicomExporting dicom;
  private final UserFolder folder;
  private final RecentStudies recent;
  private final BooleanProperty anonymous = new SimpleBooleanProperty(this, "anonymous");
  private Preferences preferences = Preferences.DEFAULT;

  /** What is being opened. */
  private List<Path> opening = List.of();

  /** What has been opened, the latest last. */
  private final List<Path> openedPaths = new ArrayList<>();

  private final Performance performance = new Performance();
  private final SplitPane split = new SplitPane();
  private final Panels panels = new Panels(split);
  private final TourBar tourBar = new TourBar();
  private final Tour tour;
  private final ViewerToolBar toolBar;
  private final StatusBar status;

  /** With the keys that ship. */
  private final List<Command> shippedCommands;

  private List<Command> commands;
  private final StackPane root;

  /** A window that keeps nothing between sessions. */
  public MainWindow(SrService sr, FileChoosing files, Milestones milestones, Runnable quit) {
    this(sr, files, UserFolder.NONE, milestones, quit);
  }

  /**
   * @param sr super-resolution for all panes; the caller closes it
   * @param folder where measurements and the like are kept
   * @param quit ends the application
   */
  public MainWindow(
      SrService sr, FileChoosing files, UserFolder folder, Milestones milestones, Runnable quit) {
    this.milestones = milestones;
    this.sr = sr;
    grid = new PaneGrid(() -> new ImagePane(sr, studies));
    registrations = new Registrations(studies, this::say);
    link = new PaneLink(grid, registrations);
    registrations.onProperty().subscribe(link::align);
    hanging = new Hanging(grid, link);
    this.folder = folder;
    recent = new RecentStudies(folder.resolve("recent.json"));
    tools = Workbench.on(grid, link, studies, sr, files, folder, this::say);
    dicom =
        new DicomExporting(
            studies, tools.annotations(), files, () -> openedPaths, sr.model()::get, this::say);
    toolBar =
        new ViewerToolBar(
            grid,
            link,
            new CompareMenu(
                this::active,
                studies,
                tools.sideBySide()::show,
                this::toggleReferenceWatch,
                sr.choice()),
            new MeasureMenu(tools.measures()));
    status =
        new StatusBar(
            opener.taskProperty(), studies.problems(), sr.model(), () -> sheet(problems()));
    new AnnotationKeeper(folder.resolve("measurements"), studies, tools.annotations(), status::say);
    tour = new Tour(grid, tourBar);
    panels.add("measurements", () -> new MeasurementPanel(grid, tools.annotations()));
    panels.add("model", () -> new ModelCard(sr, () -> files.folder(stage()), this::say));
    panels.add("tags", () -> new TagPanel(grid, () -> openedPaths));
    panels.add("performance", () -> new PerformancePanel(performance, sr));
    shippedCommands = new ViewerCommands(this, files, quit).all();
    commands = shippedCommands;
    readPreferences();
    SeriesList list = new SeriesList(studies, thumbnails, this::showInActive);
    list.setMinWidth(150);
    split.getItems().setAll(list, grid);
    split.setDividerPositions(0.18);
    SplitPane.setResizableWithParent(list, false);
    BorderPane main = new BorderPane(split);
    main.setTop(new VBox(ViewerMenus.of(commands), toolBar));
    main.setBottom(status);
    root = new StackPane(main, tourBar, sheets);
    root.getStyleClass().add("viewer-root");
    root.getStylesheets().add(STYLE);
    for (ImagePane pane : grid.all()) {
      MouseTools.on(pane);
      pane.time(performance);
      pane.setOnPainted(() -> milestones.pass("first image painted"));
      Drops.series(
          pane, studies::find, open -> link.show(pane, open.series(), open.patientLines()));
    }
    Drops.files(root, this::open);
    studies.revisionProperty().subscribe(this::follow);
  }

  /** A scene of the window; its keys are listened to. */
  public Scene scene(double width, double height) {
    Scene scene = new Scene(root, width, height);
    KeyTools.on(scene, this::commands);
    performance.follow(scene);
    grid.activate(active());
    return scene;
  }

  /** Opens files, folders and archives in the background, in addition to what is open. */
  public void open(List<Path> paths) {
    if (!paths.isEmpty()) {
      opening = List.copyOf(paths);
      openedPaths.addAll(paths);
      tools.sessions().opening(paths);
      opener.open(paths);
    }
  }

  /** Shows what was loaded: display-oriented series. */
  void opened(Loaded loaded) {
    milestones.pass("study loaded");
    List<OpenSeries> added = studies.add(loaded);
    if (added.isEmpty()) {
      failed(Texts.of(loaded.problems().isEmpty() ? "open.nothing" : "open.nothingReadable"));
      return;
    }
    status.say(Texts.of("open.done", added.size()));
    remember(added.get(0));
    tools.history().clear();
    if (!tools.sessions().restore()) {
      hanging.hang(added);
    }
  }

  private void remember(OpenSeries first) {
    if (opening.isEmpty()) {
      return;
    }
    try {
      List<String> paths = opening.stream().map(p -> p.toAbsolutePath().toString()).toList();
      recent.add(new RecentStudies.Entry(paths, first.study().description(), first.study().date()));
    } catch (IOException e) {
      say(Texts.of("recent.unwritable", e.getMessage()));
    }
  }

  /** Lists what was opened lately. */
  void showRecent() {
    sheet(
        new RecentPanel(
            recent.list(),
            paths -> {
              closeSheet();
              open(paths);
            }));
  }

  /** Hangs all open series as a protocol says. */
  void hang(HangingProtocol protocol) {
    hanging.hang(protocol, studies.series());
  }

  /** Opens again what a crash had left open; false where there is nothing of the kind. */
  public boolean restoreSession() {
    Optional<List<Path>> left = tools.sessions().left();
    left.ifPresent(this::open);
    return left.isPresent();
  }

  /** The application ends in good order: the next start has nothing to restore. */
  public void endSession() {
    tools.sessions().end();
  }

  private void readPreferences() {
    try {
      apply(Preferences.read(folder.resolve(Preferences.FILE)));
    } catch (IOException | RuntimeException e) {
      say(Texts.of("preferences.unreadable", e.getMessage()));
    }
  }

  private void apply(Preferences next) {
    preferences = next;
    commands = shippedCommands.stream().map(c -> c.withKeys(next.keys().get(c.id()))).toList();
    tools.lenses().navigatorProperty().set(next.navigator());
    grid.all().forEach(p -> p.settings().kernelProperty().set(next.kernel()));
  }

  /** Takes and keeps the user's preferences. */
  void setPreferences(Preferences next) {
    apply(next);
    try {
      next.write(folder.resolve(Preferences.FILE));
    } catch (IOException e) {
      say(Texts.of("preferences.unwritable", e.getMessage()));
    }
  }

  /** Shows what the networks can run on, and takes the user's choice for the next start. */
  void showDevices() {
    sheet(
        new DevicePanel(
            Devices.here(),
            sr,
            preferences.device(),
            device -> setPreferences(preferences.withDevice(device))));
  }

  /** Results as DICOM. */
  DicomExporting dicom() {
    return dicom;
  }

  Preferences preferences() {
    return preferences;
  }

  /** Series into panes. */
  Hanging hanging() {
    return hanging;
  }

  /** The tools that work on the panes. */
  Workbench tools() {
    return tools;
  }

  UserFolder folder() {
    return folder;
  }

  /** Tells the user something at the bottom of the window. */
  void say(String sentence) {
    status.say(sentence);
  }

  /** Whether names of patients and studies are left out everywhere. */
  BooleanProperty anonymousProperty() {
    return anonymous;
  }

  private void failed(String sentence) {
    status.say(sentence);
    ImagePane active = active();
    if (active.seriesProperty().get() == null) {
      active.message(sentence);
    }
  }

  /** Closes all studies. */
  void closeStudies() {
    opener.cancel();
    openedPaths.clear();
    tour.end();
    tools.studiesClosed();
    registrations.clear();
    studies.clear();
    status.say("");
  }

  private void showInActive(OpenSeries open) {
    link.show(active(), open.series(), open.patientLines());
  }

  /** Panes follow changed contrasts and pairs, and let go of what has been closed. */
  private void follow() {
    for (ImagePane pane : grid.all()) {
      if (pane.seriesProperty().get() != null) {
        Optional<OpenSeries> now = studies.find(pane.seriesProperty().get().id());
        if (now.isEmpty()) {
          pane.clear();
        } else {
          pane.show(now.get().series(), now.get().patientLines());
        }
      }
    }
    link.align();
  }

  private Node problems() {
    return new ProblemsPanel(studies.problems());
  }

  /** Shows a sheet over the window; Esc or a click beside it closes it. */
  void sheet(Node content) {
    sheets.show(content);
  }

  /** Closes the sheet; false when there was none. */
  boolean closeSheet() {
    return sheets.hide();
  }

  /** Title for the window of the application. */
  javafx.beans.value.ObservableValue<String> title() {
    return Bindings.createStringBinding(
        () -> {
          OpenSeries first = studies.series().isEmpty() ? null : studies.series().get(0);
          return first == null || anonymous.get()
              ? Texts.of("app.name")
              : Texts.of("app.title", first.study().description());
        },
        studies.series(),
        anonymous);
  }

  /** Whether a study is being opened. */
  boolean opening() {
    return opener.taskProperty().get() != null;
  }

  ImagePane active() {
    return grid.activeProperty().get();
  }

  public PaneGrid grid() {
    return grid;
  }

  public PaneLink link() {
    return link;
  }

  /** Links studies of other dates, approximately, or stops that. */
  void toggleRegistered() {
    registrations.onProperty().set(!registrations.onProperty().get());
    register();
    if (!registrations.onProperty().get()) {
      say(Texts.of("registered.off"));
    }
  }

  /** Registers what the panes show, where that is wanted. */
  void register() {
    registrations.register(active(), grid.visible(), link::align);
  }

  public OpenStudies studies() {
    return studies;
  }

  Panels panels() {
    return panels;
  }

  Tour tour() {
    return tour;
  }

  /** Looks in all panes for what only the reference shows, or stops that. */
  void toggleReferenceWatch() {
    boolean on = !active().settings().referenceWatchedProperty().get();
    grid.all().forEach(p -> p.settings().referenceWatchedProperty().set(on));
  }

  /** The window that dialogs belong to. */
  Window stage() {
    return root.getScene().getWindow();
  }

  ViewerToolBar toolBar() {
    return toolBar;
  }

  List<Command> commands() {
    return commands;
  }

  Parent root() {
    return root;
  }

  /** Ends background work. The window itself is the caller's. */
  @Override
  public void close() {
    tour.end();
    opener.close();
    registrations.close();
    tools.close();
    dicom.close();
    thumbnails.close();
    grid.all().forEach(ImagePane::clear);
  }
}
