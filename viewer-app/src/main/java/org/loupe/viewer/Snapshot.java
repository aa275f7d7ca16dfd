package org.loupe.viewer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.loupe.image.AtomicFile;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.study.SystemFileChoosing;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.SrStatus;
import org.loupe.viewer.viewport.ViewState;

/** The real window on JavaFX's headless platform, photographed when nothing is left to be done. */
final class Snapshot {

  /**
   * What the picture is to show.
   *
   * @param width of the window's content, pixels
   * @param height of the window's content, pixels
   * @param zoom device pixels per acquired pixel; null for the whole slice
   * @param at patient position in the middle of the panes, LPS mm; null for the series' middle
   * @param overlay trust map over the first pane
   * @param prior whether the tissue prior is laid over the image
   */
  record Wish(
      int width,
      int height,
      Double zoom,
      Vec3 at,
      PaneLayout layout,
      Comparison comparison,
      Overlay overlay,
      boolean prior) {}

  private final Wish wish;
  private final String model;
  private EngineService engine;
  private MainWindow window;
  private Stage stage;

  /**
   * @param model a model's name, or the folder of its package
   */
  Snapshot(Wish wish, String model) {
    this.wish = wish;
    this.model = model;
  }

  /**
   * Opens a study and writes the picture, whole or not at all.
   *
   * @throws CommandFailure when nothing can be opened, super-resolution fails or takes too long
   */
  void write(Path study, Path out, Duration timeout) throws CommandFailure, IOException {
    long end = System.nanoTime() + timeout.toNanos();
    setDefault("glass.platform", "Headless");
    setDefault("prism.order", "sw");
    CompletableFuture<Void> up = new CompletableFuture<>();
    Platform.startup(() -> up.complete(null));
    try {
      await(up, end);
      await(onFx(() -> open(study)), end);
      awaitTrue(this::opened, end);
      await(onFx(this::arrange), end);
      awaitTrue(this::settled, end);
      CompletableFuture<BufferedImage> image = new CompletableFuture<>();
      await(onFx(() -> photograph(image)), end);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(await(image, end), "png", png);
      AtomicFile.write(out, png.toByteArray());
    } finally {
      end();
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private void open(Path study) {
    Themes.dark();
    Milestones silent = new Milestones(null);
    engine = Engines.with(model, silent);
    FileChoosing unused = new SystemFileChoosing();
    window = new MainWindow(engine, unused, silent, () -> {});
    Scene scene = window.scene(wish.width(), wish.height());
    stage = new Stage();
    stage.setScene(scene);
    stage.show();
    window.open(List.of(study));
  }

  /** Whether the loading has ended, one way or the other. */
  private boolean opened() {
    return !window.opening();
  }

  private void arrange() throws CommandFailure {
    if (window.studies().series().isEmpty()) {
      String why =
          window.studies().problems().isEmpty()
              ? Texts.of("open.nothing")
              : window.studies().problems().get(0).source()
                  + ": "
                  + window.studies().problems().get(0).reason();
      throw new CommandFailure(ExitStatus.UNREADABLE_INPUT, why);
    }
    window.grid().layoutProperty().set(wish.layout());
    for (ImagePane pane : window.grid().all()) {
      pane.comparisonProperty().set(wish.comparison());
    }
    ImagePane first = window.active();
    first.settings().overlayProperty().set(wish.overlay());
    first.settings().priorShownProperty().set(wish.prior());
    window.root().applyCss();
    window.root().layout();
    if (wish.at() != null) {
      Volume volume = first.seriesProperty().get().volume();
      int slice = volume.nearestSlice(wish.at());
      SlicePlane plane = volume.plane(slice);
      Pixel centre = plane.toPixel(wish.at());
      first.change(s -> s.withSlice(slice).withCentre(centre).kept(plane));
    }
    if (wish.zoom() != null) {
      PaneActions.zoomTo(first, wish.zoom());
    }
    ViewState state = first.stateProperty().get();
    first.pointAtPatient(first.plane().toPatient(state.centre().column(), state.centre().row()));
  }

  private boolean settled() throws CommandFailure {
    boolean all = true;
    for (ImagePane pane : window.grid().visible()) {
      if (pane.status().phase() == SrStatus.Phase.FAILED) {
        throw new CommandFailure(ExitStatus.ENGINE_FAILURE, pane.status().message());
      }
      all &= pane.settled();
    }
    return all;
  }

  private void photograph(CompletableFuture<BufferedImage> taker) {
    WritableImage image = stage.getScene().snapshot(null);
    int w = (int) image.getWidth();
    int h = (int) image.getHeight();
    int[] argb = new int[w * h];
    image.getPixelReader().getPixels(0, 0, w, h, PixelFormat.getIntArgbInstance(), argb, 0, w);
    BufferedImage picture = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, w, h, argb, 0, w);
    taker.complete(picture);
  }

  private void end() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          if (stage != null) {
            stage.close();
            window.close();
          }
          closed.complete(null);
        });
    closed.join();
    if (engine != null) {
      engine.close();
    }
    Platform.exit();
  }

  /** Something done on the FX thread. */
  private interface Step {
    void run() throws CommandFailure;
  }

  /** A condition seen on the FX thread. */
  private interface Condition {
    boolean holds() throws CommandFailure;
  }

  private static CompletableFuture<Void> onFx(Step step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Platform.runLater(() -> complete(done, step));
    return done;
  }

  private static void complete(CompletableFuture<Void> done, Step step) {
    try {
      step.run();
      done.complete(null);
    } catch (CommandFailure | RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  /** Waits until a condition holds, looked at in every pulse. */
  private static void awaitTrue(Condition condition, long end) throws CommandFailure {
    CompletableFuture<Void> done = new CompletableFuture<>();
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            try {
              if (condition.holds()) {
                done.complete(null);
              }
            } catch (CommandFailure | RuntimeException e) {
              done.completeExceptionally(e);
            }
          }
        };
    Platform.runLater(timer::start);
    try {
      await(done, end);
    } finally {
      Platform.runLater(timer::stop);
    }
  }

  private static <T> T await(CompletableFuture<T> future, long end) throws CommandFailure {
    try {
      return future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailure(ExitStatus.ENGINE_FAILURE, Texts.of("snapshot.timeout"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitStatus.ENGINE_FAILURE, Texts.of("snapshot.interrupted"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
