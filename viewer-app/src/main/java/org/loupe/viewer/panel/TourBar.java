package org.loupe.viewer.panel;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;

/** The sentence of a tour's picture at the bottom of the window, with buttons. */
public final class TourBar extends VBox {

  private final Label text = new Label();
  private final Label number = new Label();
  private final Button back = new Button(Texts.of("tour.back"));
  private final Button pause = new Button();
  private final Button next = new Button(Texts.of("tour.next"));
  private final Button close = new Button(Texts.of("tour.close"));

  public TourBar() {
    super(8);
    setId("tour");
    getStyleClass().add("tour");
    setVisible(false);
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
    text.setId("tour-text");
    text.setWrapText(true);
    text.setPrefWidth(620);
    text.setMinHeight(USE_PREF_SIZE);
    number.setId("tour-number");
    next.setId("tour-next");
    pause.setId("tour-pause");
    back.setId("tour-back");
    close.setId("tour-close");
    HBox buttons = new HBox(8, number, back, pause, next, close);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    for (Button b : new Button[] {back, pause, next, close}) {
      b.getStyleClass().add("small");
      b.setFocusTraversable(false);
    }
    getChildren().addAll(text, buttons);
    paused(false);
  }

  /** What the buttons do. */
  public void setActions(Runnable onBack, Runnable onPause, Runnable onNext, Runnable onClose) {
    back.setOnAction(e -> onBack.run());
    pause.setOnAction(e -> onPause.run());
    next.setOnAction(e -> onNext.run());
    close.setOnAction(e -> onClose.run());
  }

  /** Shows a sentence, the how manieth it is, and of how many. */
  public void show(String sentence, int which, int of) {
    text.setText(sentence);
    number.setText(Texts.of("tour.number", which, of));
    back.setDisable(which == 1);
  }

  /** Whether it waits for the user. */
  public void paused(boolean on) {
    pause.setText(Texts.of(on ? "tour.goOn" : "tour.pause"));
  }
}
