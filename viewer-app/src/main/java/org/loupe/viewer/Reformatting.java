package org.loupe.viewer;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.loupe.study.Series;
import org.loupe.threads.Background;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.layout.Workspace;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.Reformat;
import org.loupe.viewer.viewport.ImagePane;

/** Cuts the series of a pane along other planes, in the background, and shows the result there. */
final class Reformatting implements Workspace.Cutter, AutoCloseable {

  private final ExecutorService thread = Background.single("reformat");
  private final OpenStudies studies;
  private final PaneLink link;
  private final Consumer<String> say;

  /** Series that are being cut. FX thread. */
  private int running;

  /**
   * @param say tells the user what went wrong
   */
  Reformatting(OpenStudies studies, PaneLink link, Consumer<String> say) {
    this.studies = studies;
    this.link = link;
    this.say = say;
  }

  /** Whether a series is being cut. */
  boolean busy() {
    return running > 0;
  }

  /** Shows the pane's series, or the series that it was itself cut from, along other planes. */
  void show(ImagePane pane, Reformat planes) {
    if (pane.seriesProperty().get() == null) {
      return;
    }
    studies
        .source(pane.seriesProperty().get())
        .ifPresent(
            source ->
                cut(
                    pane,
                    source,
                    planes,
                    made ->
                        made.ifPresent(
                            open -> link.show(pane, open.series(), open.patientLines()))));
  }

  @Override
  public void cut(
      ImagePane pane, OpenSeries source, Reformat planes, Consumer<Optional<OpenSeries>> taker) {
    Series shown = pane.seriesProperty().get();
    running++;
    thread.execute(
        () -> {
          try {
            Series made = planes.of(source.series());
            Platform.runLater(
                () -> {
                  running--;
                  // The study may have been closed, or the pane given to another series, meanwhile.
                  boolean stands =
                      studies.find(source.series().id()).isPresent()
                          && shown.equals(pane.seriesProperty().get());
                  taker.accept(
                      stands
                          ? Optional.of(studies.addReformat(source, planes, made))
                          : Optional.empty());
                });
          } catch (UncheckedIOException e) {
            failed(Texts.of("pane.unreadable", e.getMessage()), taker);
          } catch (OutOfMemoryError e) {
            failed(Texts.of("plane.memory"), taker);
          }
        });
  }

  /** On the thread that cuts. */
  private void failed(String sentence, Consumer<Optional<OpenSeries>> taker) {
    Platform.runLater(
        () -> {
          running--;
          say.accept(sentence);
          taker.accept(Optional.empty());
        });
  }

  /** Goes back to the series that the pane's was cut from. */
  void back(ImagePane pane) {
    if (pane.seriesProperty().get() != null) {
      studies
          .source(pane.seriesProperty().get())
          .ifPresent(open -> link.show(pane, open.series(), open.patientLines()));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
