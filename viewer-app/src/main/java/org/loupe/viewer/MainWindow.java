package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
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
import org.loupe.sr.model.ModelPackage;
import org.loupe.study.Loaded;
import org.loupe.study.Series;
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
import org.loupe.viewer.panel.SegmentPanel;
import org.loupe.viewer.panel.Sheets;
import org.loupe.viewer.panel.StatusBar;
import org.loupe.viewer.panel.TagPanel;
import org.loupe.viewer.panel.TourBar;
import org.loupe.viewer.panel.ViewerToolBar;
import org.loupe.viewer.prefs.Preferences;
import org.loupe.viewer.prefs.RecentStudies;
import org.loupe.viewer.prefs.SessionFile;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.segment.SegmentTexts;
import org.loupe.viewer.study.Drops;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.SeriesList;
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
  private final Sheets sheets = new Sheets();
  private final SrService sr;
  private final PaneGrid grid;
  private final PaneLink link;
  private final Registrations registrations;
  private final Hanging hanging;
  private final Opening opening;
  private final Workbench tools;
  private final DicomExporting dicom;
  private final SavedViews savedViews;
  private final Pacs pacs;
  private final UserFolder folder;
  private final RecentStudies recent;
  private final BooleanProperty anonymous = new SimpleBooleanProperty(this, "anonymous");
  private Preferences preferences = Preferences.DEFAULT;

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
    this.sr = sr;
    grid = new PaneGrid(() -> new ImagePane(sr, studies));
    registrations = new Registrations(studies, this::say);
    link = new PaneLink(grid, registrations);
    registrations.onProperty().subscribe(link::align);
    hanging = new Hanging(grid, link);
    this.folder = folder;
    recent = new RecentStudies(folder.resolve("recent.json"));
    opening = new Opening(studies, hanging, recent, milestones, this::say);
    tools = Workbench.on(grid, link, studies, sr, files, folder, this::say);
    opening.setTools(tools);
    dicom =
        new DicomExporting(
            studies, tools.annotations(), files, opening::sources, () -> chosen(sr), this::say);
    savedViews = new SavedViews(grid, link, tools.annotations(), opening::sources, this::say);
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
            opening.taskProperty(), studies.problems(), sr.model(), () -> sheet(problems()));
    AnnotationKeeper keeper =
        new AnnotationKeeper(
            folder.resolve("measurements"), studies, tools.annotations(), status::warn);
    opening.onOpened(
        (loaded, restored) -> {
          tools.segmentations().add(loaded.segmentations());
          if (!loaded.segmentations().isEmpty()) {
            say(SegmentTexts.opened(loaded.segmentations(), studies::liesOver));
          }
          savedViews.add(loaded.views(), restored);
          keeper.mark(loaded.keyImages());
        });
    tour = new Tour(grid, tourBar);
    panels.add(
        "measurements", () -> new MeasurementPanel(grid, tools.annotations(), studies::sized));
    panels.add("segments", () -> new SegmentPanel(grid, tools.segmentations(), studies));
    panels.add("model", () -> new ModelCard(sr, () -> files.folder(stage()), this::say));
    panels.add("tags", () -> new TagPanel(grid, studies::file));
    panels.add("performance", () -> new PerformancePanel(performance, sr));
    pacs = new Pacs(this, files);
    shippedCommands = new ViewerCommands(this, files, quit).all();
    commands = shippedCommands;
    readPreferences();
    SeriesList list = new SeriesList(studies, thumbnails, anonymous, this::showInActive);
    list.setMinWidth(150);
    split.getItems().setAll(list, grid);
    split.setDividerPositions(0.18);
    SplitPane.setResizableWithParent(list, false);
    BorderPane main = new BorderPane(split);
    main.setTop(new VBox(ViewerMenus.of(commands), toolBar));
    main.setBottom(new VBox(pacs.bar(), status));
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

  private static ModelPackage chosen(SrService sr) {
    return sr.choice() == null ? null : sr.choice().chosenProperty().get();
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
    opening.open(paths);
  }

  /** Shows what was loaded: display-oriented series. */
  void opened(Loaded loaded) {
    opening.opened(loaded);
  }

  /** Lists what was opened lately. */
  void showRecent() {
    sheet(
        new RecentPanel(
            recent.list(),
            anonymous,
            paths -> {
              closeSheet();
              open(paths);
            }));
  }

  /** Hangs the study of the active pane as a protocol says; of an empty pane the first one. */
  void hang(HangingProtocol protocol) {
    Series shown = active().seriesProperty().get();
    hanging.hang(protocol, studies.study(shown == null ? "" : shown.id()));
  }

  /** Opens again what a crash had left open; false where there is nothing of the kind. */
  public boolean restoreSession() {
    Optional<SessionFile.Session> left = tools.sessions().left();
    left.ifPresent(
        session -> {
          open(session.there());
          tools.sessions().restoring(session);
        });
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
      warn(Texts.of("preferences.unreadable", e.getMessage()));
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

  /** Presentation states of what is open. */
  SavedViews savedViews() {
    return savedViews;
  }

  /** Servers. */
  Pacs pacs() {
    return pacs;
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

  /** Tells the user what went wrong, until that has been seen. */
  void warn(String sentence) {
    status.warn(sentence);
  }

  /** Closes all studies. */
  void closeStudies() {
    opening.closed();
    tour.end();
    tools.studiesClosed();
    savedViews.clear();
    pacs.studiesClosed();
    registrations.clear();
    studies.clear();
    status.clear();
  }

  private void showInActive(OpenSeries open) {
    link.show(active(), open.series(), open.patientLines());
  }

  /** Panes follow changed contrasts, pairs and grown series, and let go of what has been closed. */
  private void follow() {
    for (ImagePane pane : grid.all()) {
      if (pane.seriesProperty().get() != null) {
        Optional<OpenSeries> now =
            studies.now(pane.seriesProperty().get(), pane.stateProperty().get().slice());
        if (now.isEmpty()) {
          pane.clear();
        } else {
          pane.follow(now.get().series(), now.get().patientLines());
        }
      }
    }
    link.align();
  }

  private Node problems() {
    return new ProblemsPanel(studies.problems(), anonymous);
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

  /** What brings studies to the window. */
  Opening opener() {
    return opening;
  }

  /** Whether a study is being opened. */
  boolean opening() {
    return opening.taskProperty().get() != null;
  }

  /** Whether something is being made in the background that the panes will show. */
  boolean busy() {
    return tools.reformatting().busy() || registrations.busy();
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
    opening.close();
    registrations.close();
    tools.close();
    dicom.close();
    savedViews.close();
    pacs.close();
    thumbnails.close();
    grid.all().forEach(ImagePane::clear);
  }
}
