package org.loupe.viewer.panel;

import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A panel that is shown over the window ({@link Sheets}): a title, and below it what it holds. */
public abstract class Sheet extends VBox {

  /** A sheet that is as large as what it holds. */
  @SuppressWarnings("this-escape") // a VBox asks its subclass nothing while it is made
  protected Sheet(String id, String title, double spacing) {
    super(spacing);
    setId(id);
    getStyleClass().add("sheet");
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    Label label = new Label(title);
    label.getStyleClass().add("sheet-title");
    label.setWrapText(true);
    getChildren().add(label);
  }

  /** A value as long as the sheet is shown: what outlives the sheet does not hold it. */
  protected final <T> ObservableValue<T> whileShown(ObservableValue<T> value) {
    return value.when(sceneProperty().map(Objects::nonNull).orElse(false));
  }
}
