package org.loupe.viewer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import org.loupe.image.AtomicFile;
import org.loupe.image.Vec3;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.model.ModelException;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.study.SystemFileChoosing;
import org.loupe.viewer.tool.Command;
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
   * @param commands ids of commands of the window that are run then, one after another
   */
  record Wish(
      int width,
      int height,
      Double zoom,
      Vec3 at,
      PaneLayout layout,
      Comparison comparison,
      Overlay overlay,
      boolean prior,
      List<String> commands) {}

  /** Pulses without anything to do after which the window is taken to be ready. */
  private static final int QUIET_PULSES = 20;

  private final Wish wish;
  private final String model;
  private Models engine;
  private MainWindow window;
  private HeadlessStage stage;
  private int quietPulses;

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
    String late = Texts.of("snapshot.timeout");
    try (HeadlessStage headless = new HeadlessStage(timeout.toSeconds(), late)) {
      stage = headless;
      stage.run(() -> open(study));
      stage.until(() -> !window.opening());
      stage.run(this::arrange);
      stage.until(this::quiet);
      for (String command : wish.commands()) {
        stage.run(() -> command(command));
        stage.until(this::quiet);
      }
      CompletableFuture<BufferedImage> image = new CompletableFuture<>();
      stage.run(() -> image.complete(photograph()));
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(stage.await(image), "png", png);
      AtomicFile.write(out, png.toByteArray());
    } finally {
      if (engine != null) {
        engine.close();
      }
    }
  }

  private void open(Path study) throws CommandFailure {
    Themes.dark();
    Milestones silent = new Milestones(null);
    try {
      engine = Engines.models(model, silent);
    } catch (ModelException e) {
      throw new CommandFailure(ExitStatus.ENGINE_FAILURE, e.getMessage());
    }
    window = new MainWindow(engine, new SystemFileChoosing(), silent, () -> {});
    stage.show(window.scene(wish.width(), wish.height()), window::close);
    window.open(List.of(study));
  }

  /** Does what a menu entry does. */
  private void command(String id) throws CommandFailure {
    Optional<Command> command =
        window.commands().stream().filter(c -> c.id().equals(id)).findFirst();
    command
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitStatus.WRONG_ARGUMENTS,
                    "--do: "
                        + id
                        + " is none of "
                        + String.join(" ", window.commands().stream().map(Command::id).toList())))
        .action()
        .run();
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
      PaneActions.goTo(first, wish.at());
    }
    if (wish.zoom() != null) {
      PaneActions.zoomTo(first, wish.zoom());
    }
    ViewState state = first.stateProperty().get();
    first.pointAtPatient(first.plane().toPatient(state.centre().column(), state.centre().row()));
  }

  /** Whether nothing has been going on for a while: panels and other planes fill in later. */
  private boolean quiet() throws CommandFailure {
    quietPulses = settled() ? quietPulses + 1 : 0;
    boolean enough = quietPulses > QUIET_PULSES;
    quietPulses = enough ? 0 : quietPulses;
    return enough;
  }

  private boolean settled() throws CommandFailure {
    boolean all = !window.busy();
    for (ImagePane pane : window.grid().visible()) {
      if (pane.status().phase() == SrStatus.Phase.FAILED) {
        throw new CommandFailure(ExitStatus.ENGINE_FAILURE, pane.status().message());
      }
      all &= pane.settled();
    }
    return all;
  }

  private BufferedImage photograph() {
    WritableImage image = window.root().getScene().snapshot(null);
    int w = (int) image.getWidth();
    int h = (int) image.getHeight();
    int[] argb = new int[w * h];
    image.getPixelReader().getPixels(0, 0, w, h, PixelFormat.getIntArgbInstance(), argb, 0, w);
    BufferedImage picture = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, w, h, argb, 0, w);
    return picture;
  }
}
