package org.loupe.viewer.panel;

import javafx.scene.control.Label;
import org.loupe.viewer.Texts;

/** Tells how far a movie of the slices is. */
public final class SlicesPanel extends RecordingSheet {

  /**
   * @param giveUp gives up the movie; the panel has been closed or its button was pressed
   */
  public SlicesPanel(Runnable giveUp) {
    super("slices-movie", Texts.of("movie.slices"), giveUp);
    setMaxSize(560, USE_PREF_SIZE);
    Label note = new Label(Texts.of("movie.slicesRunning"));
    note.setWrapText(true);
    getChildren().addAll(note, bar(), cancel());
  }
}
