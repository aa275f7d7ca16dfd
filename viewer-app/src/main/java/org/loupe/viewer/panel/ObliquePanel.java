package org.loupe.viewer.panel;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.loupe.viewer.Texts;

/** Asks for the angles of oblique planes. */
public final class ObliquePanel extends Sheet {

  /** Takes two angles, degrees. */
  public interface Taker {
    void angles(double aboutRight, double aboutDown);
  }

  public ObliquePanel(Taker taker) {
    super("oblique", Texts.of("plane.title"), 8);
    TextField right = new TextField("20");
    right.setId("oblique-right");
    right.setAccessibleText(Texts.of("plane.aboutRight"));
    TextField down = new TextField("0");
    down.setId("oblique-down");
    down.setAccessibleText(Texts.of("plane.aboutDown"));
    Label wrong = new Label();
    wrong.getStyleClass().add("pane-note");
    Button show = new Button(Texts.of("plane.show"));
    show.setId("oblique-show");
    show.setDefaultButton(true);
    show.setOnAction(
        e -> {
          try {
            double a = angle(right);
            double b = angle(down);
            taker.angles(a, b);
          } catch (NumberFormatException x) {
            wrong.setText(Texts.of("plane.wrong"));
          }
        });
    getChildren()
        .addAll(
            new Label(Texts.of("plane.aboutRight")),
            right,
            new Label(Texts.of("plane.aboutDown")),
            down,
            wrong,
            show);
  }

  private static double angle(TextField field) {
    double value = Double.parseDouble(field.getText().strip().replace(',', '.'));
    if (!(Math.abs(value) <= 90)) {
      throw new NumberFormatException(field.getText());
    }
    return value;
  }
}
