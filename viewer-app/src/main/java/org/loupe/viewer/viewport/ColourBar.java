package org.loupe.viewer.viewport;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A colour map with its values: the highest at the top. */
final class ColourBar extends VBox {

  private static final int HEIGHT = 150;
  private static final int LEAST_HEIGHT = 54;

  /** Most of a pane's height that the bar takes. */
  private static final double PART = 0.3;

  private static final int WIDTH = 12;

  /**
   * What a bar says.
   *
   * @param title what the values are
   * @param colours ARGB from the lowest to the highest value
   * @param unit of the values
   */
  record Scale(String title, int[] colours, double low, double high, String unit) {

    boolean same(Scale o) {
      return o != null
          && title.equals(o.title)
          && java.util.Arrays.equals(colours, o.colours)
          && low == o.low
          && high == o.high
          && unit.equals(o.unit);
    }
  }

  private final Label title = new Label();
  private final Label[] values = {new Label(), new Label(), new Label()};
  private final ImageView bar = new ImageView();
  private final VBox numbers = new VBox();
  private Scale shown;
  private int height = HEIGHT;

  ColourBar() {
    super(3);
    setId("colour-bar");
    getStyleClass().add("colour-bar");
    setMouseTransparent(true);
    setAlignment(Pos.TOP_RIGHT);
    title.getStyleClass().add("pane-text");
    numbers.setAlignment(Pos.TOP_RIGHT);
    numbers.setMinHeight(HEIGHT);
    numbers.setMaxHeight(HEIGHT);
    bar.setFitHeight(HEIGHT);
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        Region space = new Region();
        VBox.setVgrow(space, javafx.scene.layout.Priority.ALWAYS);
        numbers.getChildren().add(space);
      }
      values[i].getStyleClass().add("pane-text");
      numbers.getChildren().add(values[i]);
    }
    HBox box = new HBox(5, numbers, bar);
    box.setAlignment(Pos.TOP_RIGHT);
    box.setMaxWidth(USE_PREF_SIZE);
    box.getStyleClass().add("colour-bar-box");
    getChildren().addAll(title, box);
    PaneLabels.show(this, false);
  }

  /** Takes no more than its part of a pane's height. */
  void fit(double paneHeight) {
    int next = (int) Math.clamp(paneHeight * PART, LEAST_HEIGHT, HEIGHT);
    if (next != height) {
      height = next;
      numbers.setMinHeight(height);
      numbers.setMaxHeight(height);
      bar.setFitHeight(height);
    }
  }

  /** Shows a scale; null for none. */
  void show(Scale scale) {
    PaneLabels.show(this, scale != null);
    if (scale == null || scale.same(shown)) {
      return;
    }
    shown = scale;
    title.setText(scale.title() + (scale.unit().isEmpty() ? "" : " (" + scale.unit() + ")"));
    boolean signed = scale.low() < 0 && scale.high() > 0;
    for (int i = 0; i < 3; i++) {
      double value = scale.high() + (scale.low() - scale.high()) * i / 2;
      values[i].setText((signed && value > 0 ? "+" : "") + Badge.number(value));
    }
    WritableImage image = new WritableImage(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      int colour = scale.colours()[(int) Math.round((HEIGHT - 1 - y) * 255.0 / (HEIGHT - 1))];
      for (int x = 0; x < WIDTH; x++) {
        image.getPixelWriter().setArgb(x, y, colour);
      }
    }
    bar.setImage(image);
  }

  /** What is shown; null for nothing. */
  Scale shown() {
    return isVisible() ? shown : null;
  }
}
