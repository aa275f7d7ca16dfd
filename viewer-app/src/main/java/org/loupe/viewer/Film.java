package org.loupe.viewer;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.scene.Scene;
import org.loupe.image.Vec3;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.study.HangingOrder;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.StudyOpener;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;
import org.loupe.viewer.viewport.ZoomPath;

/**
 * A movie of a zoom without a screen: one pane of the real viewer, from the whole slice inwards.
 */
final class Film {

  /**
   * What the movie is to show.
   *
   * @param width of the pane, pixels
   * @param height of the pane, pixels
   * @param zoom device pixels per acquired pixel at the end
   * @param at patient position to zoom to, LPS mm; null for the series' middle
   * @param anonymous whether texts leave the patient's name out
   */
  record Wish(
      int width,
      int height,
      double zoom,
      Vec3 at,
      double seconds,
      int framesPerSecond,
      boolean annotated,
      boolean anonymous) {}

  private final Wish wish;
  private final String model;

  /**
   * @param model a model's name, or the folder of its package
   */
  Film(Wish wish, String model) {
    this.wish = wish;
    this.model = model;
  }

  /**
   * Writes the movie of a study's first series, which is T2 where there is one.
   *
   * @throws CommandFailure when nothing can be opened, super-resolution fails or takes too long
   */
  void write(Path study, Path out, long timeoutSeconds) throws CommandFailure {
    Loaded loaded = StudyOpener.oriented(new StudyLoader().load(List.of(study), Progress.NONE));
    EngineService engine = Engines.with(model, new Milestones(null));
    try (HeadlessStage stage = new HeadlessStage(timeoutSeconds, Texts.of("movie.timeout"))) {
      CompletableFuture<ImagePane> pane = new CompletableFuture<>();
      stage.run(() -> pane.complete(open(stage, engine, loaded)));
      ImagePane shown = stage.await(pane);
      stage.until(() -> shown.pixelWidth() > 0 && shown.painted());
      CompletableFuture<CompletableFuture<String>> begun = new CompletableFuture<>();
      stage.run(() -> begun.complete(new PaneMovie(shown, movie(shown, out)).start()));
      String why = stage.await(stage.await(begun));
      if (why != null) {
        throw new CommandFailure(ExitStatus.ENGINE_FAILURE, why);
      }
    } finally {
      engine.close();
    }
  }

  private ImagePane open(HeadlessStage stage, EngineService engine, Loaded loaded)
      throws CommandFailure {
    Themes.dark();
    OpenStudies studies = new OpenStudies();
    List<OpenSeries> order = HangingOrder.of(studies.add(loaded));
    if (order.isEmpty()) {
      throw new CommandFailure(ExitStatus.UNREADABLE_INPUT, Texts.of("open.nothing"));
    }
    ImagePane pane = new ImagePane(engine, studies);
    pane.getStylesheets().add(MainWindow.STYLE);
    pane.settings().anonymousProperty().set(wish.anonymous());
    stage.show(new Scene(pane, wish.width(), wish.height()), pane::clear);
    pane.show(order.get(0).series(), order.get(0).patientLines());
    return pane;
  }

  private PaneMovie.Wish movie(ImagePane pane, Path out) {
    if (wish.at() != null) {
      PaneActions.goTo(pane, wish.at());
    }
    PaneActions.zoomTo(pane, wish.zoom());
    ViewState end = pane.stateProperty().get();
    int frames = (int) Math.max(1, Math.round(wish.seconds() * wish.framesPerSecond()));
    return new PaneMovie.Wish(
        ZoomPath.along(List.of(Movies.whole(pane), end), frames).frames(),
        wish.framesPerSecond(),
        wish.annotated(),
        out);
  }
}
