package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Pixel;
import org.loupe.study.Series;
import org.loupe.viewer.export.PanePicture;
import org.loupe.viewer.layout.HangingProtocols;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.Workspace;
import org.loupe.viewer.prefs.Preferences;
import org.loupe.viewer.prefs.SessionFile;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.tool.Command;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.SrService;
import org.loupe.viewer.viewport.SrStatus;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures, cine, lenses, places, tags and preferences in the window. */
class ToolsTest extends WindowTest {

  @TempDir Path folder;

  /** What the next save dialog answers. */
  private Path saved;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) throws Exception {
    FileChoosing saving =
        new FileChoosing() {
          @Override
          public List<Path> files(javafx.stage.Window owner) {
            return chosen;
          }

          @Override
          public List<Path> folder(javafx.stage.Window owner) {
            return chosen;
          }

          @Override
          public Optional<Path> save(javafx.stage.Window owner, String name) {
            return Optional.ofNullable(saved);
          }
        };
    Path kept = Files.createTempDirectory("loupe-test");
    kept.toFile().deleteOnExit();
    return new MainWindow(service, saving, new UserFolder(kept), silent, () -> {});
  }

  private Command find(String id) {
    return window.commands().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private ViewState state() {
    return pane(0).stateProperty().get();
  }

  /** Pixels of the label's colour in the lower part of a picture. */
  private static int labelled(BufferedImage image) {
    return labelled(image, 40);
  }

  private static int labelled(BufferedImage image, int rows) {
    int n = 0;
    for (int y = image.getHeight() - rows; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += (image.getRGB(x, y) & 0xffffff) == 0xe3b341 ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void picturesWithResolvedPixelsSaySo(FxRobot robot) throws Exception {
    resolved(robot, "3");
    saved = folder.resolve("resolved.png");
    command(robot, "exportPlain");
    BufferedImage resolvedImage = ImageIO.read(saved.toFile());
    assertEquals(onFx(() -> pane(0).pixelWidth()), resolvedImage.getWidth());
    assertTrue(labelled(resolvedImage) > 100, labelled(resolvedImage) + " pixels");
    saved = folder.resolve("original.tif");
    robot.push(KeyCode.S);
    command(robot, "exportPlain");
    BufferedImage original = ImageIO.read(saved.toFile());
    assertEquals(0, labelled(original));
    // Without texts: the grey values of the pane.
    int x = original.getWidth() / 2;
    int y = original.getHeight() / 2;
    int pixel = onFx(() -> pane(0).pixels()[y * pane(0).pixelWidth() + x]);
    assertEquals(pixel & 0xffffff, original.getRGB(x, y) & 0xffffff);
    robot.push(KeyCode.S);
    command(robot, "copyPicture");
    Image copied = onFx(() -> Clipboard.getSystemClipboard().getImage());
    assertEquals(resolvedImage.getWidth(), copied.getWidth());
    saved = folder.resolve("picture.bmp");
    command(robot, "export");
    assertFalse(Files.exists(saved));
  }

  @Test
  void theSlicesBecomeAMovie(FxRobot robot) throws Exception {
    saved = folder.resolve("slices.gif");
    ViewState before = state();
    command(robot, "movie");
    until(() -> robot.lookup("#slices-movie").tryQuery().isEmpty());
    assertEquals(before, state());
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(saved.toFile())) {
      reader.setInput(in);
      assertEquals(6, reader.getNumImages(true));
      assertNotEquals(reader.read(0).getRGB(200, 300), reader.read(5).getRGB(200, 300));
    } finally {
      reader.dispose();
    }
  }

  @Test
  void cineRunsThroughTheSlices(FxRobot robot) throws Exception {
    int slice = state().slice();
    robot.push(KeyCode.Y);
    until(() -> state().slice() != slice);
    robot.push(KeyCode.ESCAPE);
    assertFalse(window.tools().cine().running());
  }

  @Test
  void onlyTheLensIsSuperResolved(FxRobot robot) throws Exception {
    robot.interact(() -> pane(0).comparisonProperty().set(Comparison.ORIGINAL));
    robot.push(KeyCode.SHIFT, KeyCode.G);
    robot.moveTo(pane(0));
    Node lens = robot.from(pane(0)).lookup("#lens").query();
    until(lens::isVisible);
    until(() -> window.tools().lenses().lens(0).status().phase() == SrStatus.Phase.DONE);
    assertEquals(Comparison.ORIGINAL, pane(0).comparisonProperty().get());
    // The badge of the pane tells of the original: the lens has one of its own.
    Label name = robot.from(pane(0)).lookup("#lens-badge").queryAs(Label.class);
    until(name::isVisible);
    assertEquals(Texts.of("badge.resolved"), name.getText());
    // A picture with the lens says what is in it; one of the image alone has nothing to say.
    until(() -> pane(0).showsResolvedAnywhere());
    assertFalse(pane(0).showsResolved());
    int with = onFx(() -> labelled(PanePicture.of(pane(0), true), 100));
    assertEquals(0, onFx(() -> labelled(PanePicture.of(pane(0), false))));
    command(robot, "escape");
    until(() -> !lens.isVisible());
    assertFalse(pane(0).showsResolvedAnywhere());
    // The letters of the patient's directions have that colour too.
    int without = onFx(() -> labelled(PanePicture.of(pane(0), true), 100));
    assertTrue(with > without + 50, with + " and " + without);
  }

  @Test
  void aMovieOfAZoomStopsCine(FxRobot robot) {
    command(robot, "cine");
    assertTrue(window.tools().cine().running());
    command(robot, "zoomMovie");
    assertFalse(window.tools().cine().running());
    command(robot, "escape");
  }

  @Test
  void theNavigatorMovesTheView(FxRobot robot) throws Exception {
    robot.interact(
        () -> {
          pane(0).comparisonProperty().set(Comparison.ORIGINAL);
          pane(0).change(s -> s.withZoom(pane(0).plane(), 9));
        });
    WaitForAsyncUtils.waitForFxEvents();
    Node navigator = robot.from(pane(0)).lookup("#navigator").query();
    assertTrue(navigator.isVisible());
    ViewState before = state();
    var bounds = onFx(() -> navigator.localToScreen(navigator.getBoundsInLocal()));
    robot.clickOn(
        new Point2D(bounds.getMinX() + 25, bounds.getMinY() + 25),
        javafx.scene.input.MouseButton.PRIMARY);
    assertTrue(state().centre().column() < before.centre().column() - 10, state().toString());
    robot.push(KeyCode.DIGIT0);
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(navigator.isVisible());
  }

  @Test
  void placesAreGoneBackTo(FxRobot robot) {
    robot.interact(() -> window.tools().history().keep());
    ViewState first = state();
    robot.interact(() -> pane(0).change(s -> s.withZoom(pane(0).plane(), 0.9).withSlice(1)));
    robot.interact(() -> window.tools().history().keep());
    ViewState second = state();
    command(robot, "back");
    assertEquals(first.centre(), state().centre());
    assertEquals(first.slice(), state().slice());
    command(robot, "forward");
    assertEquals(second.mmPerPixel(), state().mmPerPixel());
    assertEquals(1, state().slice());
  }

  @Test
  void placesAreFoundInOtherSeriesOfTheFrameAndInNoOther(FxRobot robot) {
    Series t2 = pane(0).seriesProperty().get();
    robot.interact(() -> window.tools().history().keep());
    robot.interact(() -> pane(0).change(s -> s.withZoom(pane(0).plane(), 0.9).withSlice(4)));
    robot.interact(() -> window.tools().history().keep());
    ViewState left = state();
    robot.interact(() -> pane(0).change(s -> s.withSlice(5)));
    // Its slice 2 is the other one's slice 4.
    robot.interact(() -> window.link().show(pane(0), TestStudy.moved(t2, "pd", 2, 0), ""));
    command(robot, "back");
    assertEquals(2, state().slice());
    assertEquals(left.centre(), state().centre());
    assertEquals(left.mmPerPixel(), state().mmPerPixel());
    assertEquals(2, onFx(() -> window.tools().history().of(pane(0))).size());

    Series elsewhere = TestStudy.earlier().allSeries().get(0);
    robot.interact(() -> window.link().show(pane(0), elsewhere, ""));
    ViewState before = state();
    command(robot, "back");
    assertEquals(before, state());
    robot.interact(() -> window.tools().history().keep());
    assertEquals(1, onFx(() -> window.tools().history().of(pane(0))).size());
  }

  @Test
  void aViewIsSentAsAFile(FxRobot robot) throws Exception {
    robot.interact(
        () -> {
          pane(0).change(s -> s.withZoom(pane(0).plane(), 0.8).withSlice(4));
          pane(0).comparisonProperty().set(Comparison.DIFFERENCE);
          pane(0).settings().invertedProperty().set(true);
        });
    ViewState sent = state();
    saved = folder.resolve("view.json");
    command(robot, "saveView");
    assertFalse(Files.readString(saved).contains("Test Person"));
    command(robot, "close");
    robot.interact(
        () -> {
          pane(0).settings().invertedProperty().set(false);
          pane(0).comparisonProperty().set(Comparison.ORIGINAL);
          window.opened(TestStudy.loaded());
        });
    chosen = List.of(saved);
    command(robot, "openView");
    assertEquals(sent.slice(), state().slice());
    assertEquals(sent.mmPerPixel(), state().mmPerPixel());
    assertEquals(sent.centre().column(), state().centre().column(), 1e-9);
    assertEquals(Comparison.DIFFERENCE, pane(0).comparisonProperty().get());
    assertTrue(pane(0).settings().invertedProperty().get());
    Files.writeString(saved, "{}");
    command(robot, "openView");
    String said = robot.lookup("#status-text").queryAs(Label.class).getText();
    assertTrue(said.startsWith("That is no saved view"), said);
  }

  @Test
  void aSessionThatCrashedIsRestored(FxRobot robot) throws Exception {
    Path demo = ViewerCommands.demo().orElseThrow();
    command(robot, "close");
    robot.interact(() -> window.open(List.of(demo)));
    until(() -> window.studies().series().size() == 3);
    robot.interact(() -> pane(0).change(s -> s.withZoom(pane(0).plane(), 0.7).withSlice(3)));
    ViewState left = state();
    Path session = window.folder().resolve("session.json");
    until(() -> Files.exists(session) && Files.readString(session).contains("demo"));
    robot.interact(() -> window.tools().sessions().write());
    // Another window starts where the first one was killed.
    MainWindow next = started(window.folder());
    robot.interact(() -> assertTrue(next.restoreSession()));
    until(() -> !next.opening() && next.studies().series().size() == 3);
    ViewState restored = next.grid().all().get(0).stateProperty().get();
    assertEquals(left.slice(), restored.slice());
    assertEquals(left.mmPerPixel(), restored.mmPerPixel(), 1e-12);
    ended(robot, next);
    assertFalse(Files.exists(session));
  }

  /** A window as the next start of the application makes it. */
  private MainWindow started(UserFolder kept) {
    return onFx(
        () -> {
          MainWindow next = new MainWindow(engine, noFiles(), kept, new Milestones(null), () -> {});
          next.scene(960, 720);
          return next;
        });
  }

  private static void ended(FxRobot robot, MainWindow next) {
    robot.interact(
        () -> {
          next.endSession();
          next.close();
        });
  }

  @Test
  void aReformattedPaneIsRestoredWithTheOthers(FxRobot robot) throws Exception {
    Path demo = ViewerCommands.demo().orElseThrow();
    command(robot, "close");
    robot.interact(() -> window.open(List.of(demo)));
    until(() -> !window.opening() && window.studies().series().size() == 3);
    command(robot, "plane.coronal");
    until(() -> window.studies().series().size() == 4);
    robot.interact(
        () -> {
          window.link().onProperty().set(false);
          // On a slice of the other pane, not half way between two of them.
          Pixel on = pane(0).plane().toPixel(pane(1).plane().origin());
          pane(0)
              .change(
                  s ->
                      s.withZoom(pane(0).plane(), 0.7)
                          .withSlice(40)
                          .withCentre(new Pixel(s.centre().column(), on.row())));
          pane(1).change(s -> s.withZoom(pane(1).plane(), 0.9));
          window.link().onProperty().set(true);
          window.tools().sessions().write();
        });
    MainWindow next = started(window.folder());
    robot.interact(() -> assertTrue(next.restoreSession()));
    until(() -> !next.opening() && !next.busy() && next.studies().series().size() == 4);
    assertTrue(onFx(() -> next.link().onProperty().get()));
    for (int i = 0; i < 2; i++) {
      ImagePane before = pane(i);
      ImagePane restored = next.grid().all().get(i);
      assertEquals(
          onFx(() -> before.seriesProperty().get().id()),
          onFx(() -> restored.seriesProperty().get().id()));
      ViewState was = onFx(() -> before.stateProperty().get());
      ViewState now = onFx(() -> restored.stateProperty().get());
      assertEquals(was.slice(), now.slice());
      assertEquals(was.mmPerPixel(), now.mmPerPixel(), 1e-12);
      assertEquals(was.centre().column(), now.centre().column(), 1e-6);
      assertEquals(was.centre().row(), now.centre().row(), 1e-6);
      assertEquals(was.window(), now.window());
    }
    ended(robot, next);
  }

  @Test
  void whatCannotBeReadAtTheStartIsStillSaidWhenAStudyIsOpen(FxRobot robot) throws Exception {
    Path user = Files.createDirectories(folder.resolve("user"));
    Files.writeString(user.resolve(Preferences.FILE), "not json");
    Files.writeString(user.resolve(HangingProtocols.FILE), "not json");
    MainWindow next = started(new UserFolder(user));
    robot.interact(() -> next.opened(TestStudy.loaded()));
    String said = onFx(() -> ((Button) next.root().lookup("#status-warning")).getText());
    assertTrue(said.contains(Texts.of("preferences.unreadable", "").strip()), said);
    assertTrue(said.contains(Texts.of("protocol.unreadable", "").strip()), said);
    ended(robot, next);
  }

  /** A crash leaves nine panes, and a folder that holds no images any more. */
  private UserFolder crashed(FxRobot robot) throws Exception {
    robot.interact(() -> window.grid().layoutProperty().set(PaneLayout.NINE));
    Workspace left = onFx(() -> Workspace.of(window.grid(), window.link(), window.studies()));
    Path images = Files.createDirectories(folder.resolve("images"));
    Path user = Files.createDirectories(folder.resolve("user"));
    new SessionFile(user.resolve("session.json"))
        .write(new SessionFile.Session(List.of(images.toString()), left));
    return new UserFolder(user);
  }

  @Test
  void aSessionOfWhichNothingIsLeftIsNoNextStudys(FxRobot robot) throws Exception {
    UserFolder user = crashed(robot);
    MainWindow next = started(user);
    robot.interact(() -> assertTrue(next.restoreSession()));
    until(() -> !next.opening());
    robot.interact(
        () -> {
          next.opened(TestStudy.loaded());
          next.tools().sessions().write();
        });
    assertEquals(PaneLayout.TWO, onFx(() -> next.grid().layoutProperty().get()));
    // What is looked at now is kept again.
    Workspace kept = new SessionFile(user.resolve("session.json")).left().orElseThrow().workspace();
    assertEquals(PaneLayout.TWO.text(), kept.layout());
    ended(robot, next);
  }

  @Test
  void aRestoringThatIsStoppedIsNoNextStudys(FxRobot robot) throws Exception {
    Path demo = ViewerCommands.demo().orElseThrow();
    MainWindow next = started(crashed(robot));
    robot.interact(
        () -> {
          assertTrue(next.restoreSession());
          next.open(List.of(demo));
        });
    until(() -> !next.opening() && next.studies().series().size() == 3);
    assertEquals(PaneLayout.TWO, onFx(() -> next.grid().layoutProperty().get()));
    ended(robot, next);
  }

  private static FileChoosing noFiles() {
    return new FileChoosing() {
      @Override
      public List<Path> files(javafx.stage.Window owner) {
        return List.of();
      }

      @Override
      public List<Path> folder(javafx.stage.Window owner) {
        return List.of();
      }
    };
  }

  @Test
  void tagsAreListedAndSearched(FxRobot robot) throws Exception {
    Path demo = ViewerCommands.demo().orElseThrow();
    command(robot, "close");
    robot.interact(() -> window.open(List.of(demo)));
    until(() -> window.studies().series().size() == 3);
    robot.push(KeyCode.F7);
    TableView<?> table = robot.lookup("#tag-table").queryAs(TableView.class);
    until(() -> table.getItems().size() > 20);
    int all = table.getItems().size();
    robot.interact(
        () -> robot.lookup("#tag-search").queryAs(TextField.class).setText("pixelspacing"));
    assertTrue(table.getItems().size() >= 1 && table.getItems().size() < all / 4);
    assertTrue(table.getItems().get(0).toString().contains("(0028,0030)"));
    robot.push(KeyCode.F7);
    assertTrue(robot.lookup("#tag-table").tryQuery().isEmpty());
  }

  @Test
  void theModelCardTellsItsLimits(FxRobot robot) throws Exception {
    resolved(robot, "2.5");
    robot.push(KeyCode.F6);
    WaitForAsyncUtils.waitForFxEvents();
    String card =
        robot.lookup("#model-card .label").queryAllAs(Label.class).stream()
            .map(Label::getText)
            .reduce("", (a, b) -> a + "\n" + b);
    assertTrue(card.contains(engine.model().get().version()), card);
    assertTrue(card.contains("Limits"), card);
  }

  @Test
  void keysCanBeChangedAndAreKept(FxRobot robot) throws Exception {
    command(robot, "preferences");
    ListView<?> keys = robot.lookup("#preferences-keys").queryAs(ListView.class);
    robot.interact(
        () -> {
          keys.getSelectionModel().select(window.commands().indexOf(find("invert")));
          keys.requestFocus();
        });
    robot.push(KeyCode.F12);
    assertEquals("F12", find("invert").keyText());
    // A key that another command has is refused.
    robot.push(KeyCode.W);
    assertEquals("F12", find("invert").keyText());
    robot.push(KeyCode.ESCAPE);
    until(() -> robot.lookup("#preferences-keys").tryQuery().isEmpty());
    robot.push(KeyCode.F12);
    until(() -> pane(0).settings().invertedProperty().get());
    robot.push(KeyCode.I);
    assertTrue(pane(0).settings().invertedProperty().get());
    Preferences kept = Preferences.read(window.folder().resolve(Preferences.FILE));
    assertEquals(List.of("F12"), kept.keys().get("invert"));
  }

  @Test
  void everyTextIsThereInChinese() throws Exception {
    var english = properties("texts.properties");
    var chinese = properties("texts_zh.properties");
    assertEquals(english.stringPropertyNames(), chinese.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertEquals(holes(english.getProperty(key)), holes(chinese.getProperty(key)), key);
    }
  }

  private static java.util.Properties properties(String name) throws Exception {
    var out = new java.util.Properties();
    try (var in =
        new java.io.InputStreamReader(
            Texts.class.getResourceAsStream("/org/loupe/viewer/" + name),
            java.nio.charset.StandardCharsets.UTF_8)) {
      out.load(in);
    }
    return out;
  }

  /** The numbers of the values that a text takes. */
  private static java.util.Set<String> holes(String text) {
    return java.util.regex.Pattern.compile("\\{(\\d)")
        .matcher(text)
        .results()
        .map(m -> m.group(1))
        .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
  }
}
