package org.loupe.viewer.panel;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import org.loupe.viewer.Texts;

/** A sheet that tells how far a movie is. Closing it, or its button, gives the movie up. */
abstract class RecordingSheet extends Sheet {

  private final ProgressBar bar = new ProgressBar(0);
  private final Button cancel = new Button(Texts.of("status.cancel"));

  /**
   * @param giveUp gives up a movie that has begun; does nothing where there is none
   */
  RecordingSheet(String id, String title, Runnable giveUp) {
    super(id, title, 10);
    cancel.setId("movie-cancel");
    cancel.setVisible(false);
    cancel.setOnAction(e -> giveUp.run());
    bar.setId("movie-progress");
    bar.setVisible(false);
    bar.setMaxWidth(Double.MAX_VALUE);
    sceneProperty()
        .subscribe(
            (before, now) -> {
              if (now == null) {
                giveUp.run();
              }
            });
  }

  /** Invisible until a movie is followed. */
  final ProgressBar bar() {
    return bar;
  }

  /** Invisible until a movie is followed. */
  final Button cancel() {
    return cancel;
  }

  /**
   * A movie has begun; the sheet follows it until it is closed.
   *
   * @param progress the part that is done, 0 to 1
   */
  public void follow(ObservableValue<Number> progress) {
    cancel.setVisible(true);
    bar.setVisible(true);
    bar.progressProperty().bind(progress.map(Number::doubleValue));
  }
}
