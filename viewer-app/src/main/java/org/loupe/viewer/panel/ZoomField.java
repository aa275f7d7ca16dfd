package org.loupe.viewer.panel;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.Badge;
import org.loupe.viewer.viewport.ViewState;

/** A field for any zoom factor: "3.37", "3,37", "x3.37", "337 %". */
public final class ZoomField extends TextField {

  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("error");

  private double shown = Double.NaN;

  /**
   * @param taker takes a factor within the limits of {@link ViewState}
   */
  public ZoomField(DoubleConsumer taker) {
    setId("zoom-field");
    setAccessibleText(Texts.of("tool.zoom"));
    getStyleClass().add("zoom-field");
    setPrefColumnCount(5);
    setTooltip(
        new Tooltip(
            Texts.of(
                "zoom.tip", Badge.number(ViewState.MIN_ZOOM), Badge.number(ViewState.MAX_ZOOM))));
    setOnAction(
        e -> {
          OptionalDouble factor = parse(getText());
          pseudoClassStateChanged(WRONG, factor.isEmpty());
          if (factor.isPresent()) {
            taker.accept(factor.getAsDouble());
            getParent().requestFocus();
          }
        });
    setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ESCAPE) {
            write();
            getParent().requestFocus();
            e.consume();
          }
        });
    textProperty().subscribe(() -> pseudoClassStateChanged(WRONG, false));
    focusedProperty()
        .subscribe(
            on -> {
              if (!on) {
                write();
              }
            });
  }

  /** Shows a factor, unless the user is typing another one; NaN for none. */
  public void show(double factor) {
    shown = factor;
    if (!isFocused()) {
      write();
    }
  }

  private void write() {
    setText(Double.isNaN(shown) ? "" : "×" + Badge.number(shown));
  }

  /** The factor that a text means; empty when it means none within the limits. */
  static OptionalDouble parse(String text) {
    String t = text.strip().toLowerCase(Locale.ROOT).replace(',', '.');
    double unit = 1;
    if (t.endsWith("%")) {
      unit = 0.01;
      t = t.substring(0, t.length() - 1).strip();
    }
    t = t.startsWith("×") || t.startsWith("x") ? t.substring(1).strip() : t;
    t = t.endsWith("×") || t.endsWith("x") ? t.substring(0, t.length() - 1).strip() : t;
    try {
      double factor = Double.parseDouble(t) * unit;
      boolean inside = factor >= ViewState.MIN_ZOOM && factor <= ViewState.MAX_ZOOM;
      return inside ? OptionalDouble.of(factor) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
