package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.viewer.panel.MoviePanel.Way;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.SrService;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Movies of zooms and of slices, recorded from the menu and read back. */
class MovieTest extends WindowTest {

  @TempDir Path folder;

  private Path saved;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) {
    FileChoosing saving =
        new FileChoosing() {
          @Override
          public List<Path> files(javafx.stage.Window owner) {
            return List.of();
          }

          @Override
          public List<Path> folder(javafx.stage.Window owner) {
            return List.of();
          }

          @Override
          public Optional<Path> save(javafx.stage.Window owner, String name) {
            return Optional.ofNullable(saved);
          }
        };
    return new MainWindow(service, saving, silent, () -> {});
  }

  private ViewState state() {
    return onFx(() -> pane(0).stateProperty().get());
  }

  private void ask(FxRobot robot, Way way, String seconds) {
    command(robot, "zoomMovie");
    robot.interact(
        () -> {
          choice(robot, "#movie-way").setValue(way);
          choice(robot, "#movie-speed").setValue(10);
          robot.lookup("#movie-seconds").queryAs(TextField.class).setText(seconds);
        });
  }

  @SuppressWarnings("unchecked")
  private static ChoiceBox<Object> choice(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(ChoiceBox.class);
  }

  /** Records and waits until the panel has closed itself. */
  private void record(FxRobot robot) throws Exception {
    robot.clickOn("#movie-record");
    until(() -> robot.lookup("#movie").tryQuery().isEmpty());
  }

  private static String said(FxRobot robot) {
    return robot.lookup("#status-text").queryAs(Label.class).getText();
  }

  private static List<Picture> decode(Path file) throws Exception {
    List<Picture> out = new ArrayList<>();
    try (var in = NIOUtils.readableChannel(file.toFile())) {
      FrameGrab grab = FrameGrab.createFrameGrab(in);
      for (Picture p = grab.getNativeFrame(); p != null; p = grab.getNativeFrame()) {
        out.add(p.cloneCropped());
      }
    }
    return out;
  }

  /** Mean difference of luma, grey levels of 219. */
  private static double difference(Picture a, Picture b) {
    byte[] one = a.getPlaneData(0);
    byte[] two = b.getPlaneData(0);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - two[i]);
    }
    return sum / one.length;
  }

  @Test
  void aZoomIntoTheViewIsAnMp4OfSuperResolvedFrames(FxRobot robot) throws Exception {
    resolved(robot, "4");
    ViewState before = state();
    int[] shown = onFx(() -> pane(0).pixels());
    int width = onFx(() -> pane(0).pixelWidth());
    int height = onFx(() -> pane(0).pixelHeight());
    saved = folder.resolve("zoom.mp4");
    ask(robot, Way.INTO_VIEW, "0.6");
    record(robot);
    assertEquals(Texts.of("export.done", saved.getFileName()), said(robot));
    assertEquals(before, state());
    List<Picture> frames = decode(saved);
    assertEquals(7, frames.size());
    for (int i = 0; i < frames.size(); i++) {
      assertEquals(width & ~1, frames.get(i).getWidth());
      assertEquals(height & ~1, frames.get(i).getHeight());
      if (i > 0) {
        assertTrue(difference(frames.get(i - 1), frames.get(i)) > 0.5, "frame " + i + " stands");
      }
    }
    // The last frame is the view that the pane shows, as far as its label does not cover it.
    Picture last = frames.get(6);
    assertTrue(
        error(last, shown, width) < 2, "grey levels are off by " + error(last, shown, width));
    assertTrue(amber(last) > 20, amber(last) + " pixels of the label");
  }

  /**
   * Mean difference of a frame's luma to a pane's pixels above the label, grey levels of 219.
   *
   * @param width of the pane
   */
  private static double error(Picture frame, int[] shown, int width) {
    double error = 0;
    int counted = 0;
    for (int y = 0; y < frame.getHeight() - 48; y++) {
      for (int x = 0; x < frame.getWidth(); x++) {
        double luma = 16 + (shown[y * width + x] & 255) * 219 / 255.0;
        error += Math.abs(frame.getPlaneData(0)[y * frame.getWidth() + x] + 128 - luma);
        counted++;
      }
    }
    return error / counted;
  }

  @Test
  void everySliceOfAMovieIsSuperResolved(FxRobot robot) throws Exception {
    resolved(robot, "4");
    ViewState before = state();
    ViewState beside = onFx(() -> pane(1).stateProperty().get());
    saved = folder.resolve("slices.mp4");
    command(robot, "movie");
    until(() -> robot.lookup("#slices-movie").tryQuery().isEmpty());
    assertEquals(Texts.of("export.done", saved.getFileName()), said(robot));
    assertEquals(before, state());
    assertEquals(beside, onFx(() -> pane(1).stateProperty().get()));
    List<Picture> frames = decode(saved);
    assertEquals(6, frames.size());
    for (int i = 0; i < frames.size(); i++) {
      assertTrue(amber(frames.get(i)) > 20, "slice " + i + " is not super-resolved");
    }
    // A slice that had not been shown before is in the movie as the pane shows it.
    robot.interact(() -> pane(0).change(s -> s.withSlice(0)));
    untilResolved();
    int[] shown = onFx(() -> pane(0).pixels());
    double error = error(frames.get(0), shown, onFx(() -> pane(0).pixelWidth()));
    assertTrue(error < 2, "grey levels are off by " + error);
  }

  @Test
  void aMovieOfTheSlicesIsGivenUpWithItsPanel(FxRobot robot) throws Exception {
    saved = folder.resolve("slices.avi");
    command(robot, "movie");
    assertEquals(Texts.of("export.failed", Texts.of("movie.format", "slices.avi")), said(robot));
    ViewState before = state();
    saved = folder.resolve("slices.mp4");
    robot.interact(
        () -> {
          window.sheet(window.tools().movies().slices(stage, window::closeSheet));
          // There is one at a time.
          assertNull(window.tools().movies().slices(stage, window::closeSheet));
          window.closeSheet();
        });
    until(() -> said(robot).contains(Texts.of("movie.cancelled")));
    assertEquals(before, state());
    assertTrue(onFx(() -> window.link().onProperty().get()));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** Pixels of the label's colour, which has less blue than grey, in the lower part. */
  private static int amber(Picture p) {
    int w = p.getPlaneWidth(1);
    int n = 0;
    for (int y = p.getPlaneHeight(1) - 20; y < p.getPlaneHeight(1); y++) {
      for (int x = 0; x < w; x++) {
        n += p.getPlaneData(1)[y * w + x] < -40 ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void theViewsGoneThroughAreAGifWithTexts(FxRobot robot) throws Exception {
    robot.interact(() -> window.tools().history().keep());
    robot.interact(() -> pane(0).change(s -> s.withZoom(pane(0).plane(), 0.9).withSlice(1)));
    robot.interact(() -> window.tools().history().keep());
    robot.interact(() -> pane(0).change(s -> s.withZoom(pane(0).plane(), 0.6)));
    ViewState before = state();
    saved = folder.resolve("zoom.gif");
    ask(robot, Way.HISTORY, "0.5");
    robot.clickOn("#movie-annotated");
    record(robot);
    assertEquals(before, state());
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(saved.toFile())) {
      reader.setInput(in);
      assertEquals(1 + 2 * 5, reader.getNumImages(true));
      BufferedImage first = reader.read(0);
      assertEquals(onFx(() -> pane(0).pixelWidth()), first.getWidth());
      assertTrue(different(first, reader.read(5)) > 500);
      assertTrue(different(reader.read(5), reader.read(10)) > 500);
    } finally {
      reader.dispose();
    }
    // The way of the movie is none that the user went.
    command(robot, "back");
    assertEquals(1, state().slice());
    assertEquals(0.9, state().zoom(onFx(() -> pane(0).plane())), 1e-9);
  }

  private static int different(BufferedImage a, BufferedImage b) {
    int n = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        n += a.getRGB(x, y) != b.getRGB(x, y) ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void aCancelledMovieLeavesNoFile(FxRobot robot) throws Exception {
    ViewState before = state();
    saved = folder.resolve("zoom.mp4");
    ask(robot, Way.TO_FACTOR, "60");
    robot.clickOn("#movie-record");
    until(() -> !before.equals(pane(0).stateProperty().get()));
    robot.clickOn("#movie-cancel");
    until(() -> robot.lookup("#movie").tryQuery().isEmpty());
    until(() -> before.equals(pane(0).stateProperty().get()));
    assertTrue(said(robot).contains(Texts.of("movie.cancelled")), said(robot));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
    assertTrue(onFx(() -> window.link().onProperty().get()));
  }

  @Test
  void whatCannotBeMadeIsSaid(FxRobot robot) throws Exception {
    saved = folder.resolve("zoom.avi");
    ask(robot, Way.TO_FACTOR, "1");
    Label note = robot.lookup("#movie-note").queryAs(Label.class);
    robot.clickOn("#movie-record");
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(Texts.of("movie.format", "zoom.avi"), note.getText());
    robot.interact(() -> robot.lookup("#movie-factor").queryAs(TextField.class).setText("99"));
    robot.clickOn("#movie-record");
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(note.getText().startsWith("A factor from"), note.getText());
    assertFalse(Files.exists(saved));
  }
}
