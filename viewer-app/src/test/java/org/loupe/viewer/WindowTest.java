package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.TextField;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.loupe.sr.model.ModelRegistry;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.SrService;
import org.loupe.viewer.viewport.SrStatus;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A test in the real window, with the model that ships and the small study of {@link TestStudy}.
 */
@ExtendWith(ApplicationExtension.class)
abstract class WindowTest {

  Models engine;
  MainWindow window;
  Stage stage;

  /** What the file dialogs answer. */
  List<Path> chosen = List.of();

  /** To be overridden with {@code @Start}, which TestFX looks for in the class itself. */
  void start(Stage primary) throws Exception {
    stage = primary;
    Themes.dark();
    Milestones silent = new Milestones(null);
    engine = models(silent);
    FileChoosing files =
        new FileChoosing() {
          @Override
          public List<Path> files(javafx.stage.Window owner) {
            return chosen;
          }

          @Override
          public List<Path> folder(javafx.stage.Window owner) {
            return chosen;
          }
        };
    window = make(engine, files, silent);
    stage.setScene(window.scene(960, 720));
    stage.show();
    stage.toFront();
    opened();
  }

  /** The models at hand, the one that ships at work. */
  Models models(Milestones silent) throws Exception {
    return Engines.models(ModelRegistry.DEFAULT, silent);
  }

  /** What is open when a test begins. */
  void opened() {
    window.opened(TestStudy.loaded());
  }

  MainWindow make(SrService service, FileChoosing files, Milestones silent) throws Exception {
    return new MainWindow(service, files, silent, () -> {});
  }

  @AfterEach
  void close() {
    onFx(
        () -> {
          stage.close();
          window.close();
          return null;
        });
    engine.close();
  }

  static <T> T onFx(Callable<T> action) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, action);
  }

  static void until(Callable<Boolean> condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(120, TimeUnit.SECONDS, () -> onFx(condition));
  }

  ImagePane pane(int i) {
    return window.grid().all().get(i);
  }

  /** Runs a command of the window as its menu entry does. */
  void command(FxRobot robot, String id) {
    robot.interact(
        () ->
            window.commands().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow()
                .action()
                .run());
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Zooms the active pane and waits until the first one is super-resolved. */
  void resolved(FxRobot robot, String factor) throws TimeoutException {
    robot.push(KeyCode.Z);
    robot.interact(() -> robot.lookup("#zoom-field").queryAs(TextField.class).setText(factor));
    robot.push(KeyCode.ENTER);
    untilResolved();
  }

  void untilResolved() throws TimeoutException {
    until(
        () -> {
          SrStatus status = pane(0).status();
          assertNotEquals(SrStatus.Phase.FAILED, status.phase(), status.message());
          return pane(0).settled() && status.phase() == SrStatus.Phase.DONE;
        });
  }

  /** ARGB of a square around a point of a pane, 0 to 1 along width and height. */
  int[] pixels(ImagePane pane, double right, double down, int size) {
    WaitForAsyncUtils.waitForFxEvents();
    return onFx(
        () -> {
          WritableImage image = pane.snapshot(null, null);
          int x = (int) (image.getWidth() * right) - size / 2;
          int y = (int) (image.getHeight() * down) - size / 2;
          int[] argb = new int[size * size];
          image
              .getPixelReader()
              .getPixels(x, y, size, size, PixelFormat.getIntArgbInstance(), argb, 0, size);
          return argb;
        });
  }
}
