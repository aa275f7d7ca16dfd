package org.loupe.viewer.panel;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

/**
 * Room for one sheet over the window. A click beside the sheet, or Esc, closes it. It is no window
 * of its own, so nothing is left behind when the application ends.
 */
public final class Sheets extends StackPane {

  private Node before;

  public Sheets() {
    setId("sheets");
    getStyleClass().add("sheets");
    setVisible(false);
    setOnMouseClicked(
        e -> {
          if (e.getTarget() == this) {
            hide();
          }
          e.consume();
        });
    setOnScroll(e -> e.consume());
    // Commands have no keys while a text is typed; a sheet is left from there too.
    addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ESCAPE) {
            hide();
            e.consume();
          }
        });
  }

  /** Shows a sheet in place of the one before. */
  public void show(Node sheet) {
    if (!isVisible()) {
      before = getScene().getFocusOwner();
    }
    getChildren().setAll(sheet);
    setVisible(true);
    sheet.requestFocus();
  }

  /** Closes the sheet and gives the focus back; false when there was none. */
  public boolean hide() {
    boolean shown = isVisible();
    setVisible(false);
    getChildren().clear();
    if (shown && before != null) {
      before.requestFocus();
    }
    return shown;
  }
}
