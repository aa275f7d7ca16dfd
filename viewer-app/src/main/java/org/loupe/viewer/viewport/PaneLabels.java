package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;

/** The texts and marks over a pane's image: corners, edges, the badge and messages. */
final class PaneLabels extends StackPane {

  /** Least distance of texts, units of the scene. */
  private static final double GAP = 6;

  /** Narrowest that a corner becomes. */
  private static final double LEAST_WIDTH = 70;

  /** Width that the navigator takes at the right, with its margin. */
  private static final double NAVIGATOR = 116;

  private final Label title = label("pane-title");
  private final Label patient = label("pane-text");
  private final Label mark = label("pane-mark");
  private final Label place = label("pane-text");
  private final Label window = label("pane-text");
  private final Label probe = label("pane-text");
  private final Label headline = label("badge-headline");
  private final Label details = label("badge-details");
  private final Label message = label("pane-message");
  private final Label notes = label("pane-note");
  private final Label[] edges = new Label[4];
  private final Button confirm = new Button();
  private final Button retry = new Button(Texts.of("badge.retry"));
  private final VBox badge = new VBox(headline, details, confirm, retry);
  private final Legend legend = new Legend();
  private final ColourBar colours = new ColourBar();
  private final ScaleBar scale = new ScaleBar();
  private final List<VBox> corners = new ArrayList<>();
  private final VBox topLeft;
  private final VBox topRight;
  private final VBox bottomLeft;
  private final VBox bottomRight;
  private Badge shown;

  PaneLabels() {
    setPickOnBounds(false);
    getStyleClass().add("pane-labels");
    headline.setId("badge-headline");
    details.setId("badge-details");
    message.setId("pane-message");
    probe.setId("probe");
    mark.setId("pane-mark");
    confirm.setId("confirm-pair");
    confirm.getStyleClass().add("small");
    retry.getStyleClass().add("small");
    confirm.setFocusTraversable(false);
    confirm.setMnemonicParsing(false); // it names a series
    retry.setFocusTraversable(false);
    message.setWrapText(true);
    message.setAlignment(Pos.CENTER);
    message.setMaxWidth(520);
    notes.setWrapText(true);
    headline.setWrapText(true);
    details.setWrapText(true);
    probe.setWrapText(true);
    badge.getStyleClass().add("badge");
    badge.setPickOnBounds(false);
    show(confirm, false);
    show(retry, false);
    patient.setId("pane-patient");
    topLeft = corner(Pos.TOP_LEFT, title, patient, notes);
    topRight = corner(Pos.TOP_RIGHT, badge, legend, colours);
    bottomLeft = corner(Pos.BOTTOM_LEFT, probe, mark, place, window);
    bottomRight = corner(Pos.BOTTOM_RIGHT, scale);
    corners.addAll(List.of(topLeft, bottomLeft, bottomRight));
    Pos[] sides = {Pos.CENTER_LEFT, Pos.CENTER_RIGHT, Pos.TOP_CENTER, Pos.BOTTOM_CENTER};
    for (int i = 0; i < 4; i++) {
      edges[i] = label("pane-orientation");
      setAlignment(edges[i], sides[i]);
      getChildren().add(edges[i]);
    }
    getChildren().add(message);
  }

  private static Label label(String style) {
    Label label = new Label();
    label.getStyleClass().add(style);
    label.setMouseTransparent(true);
    show(label, false);
    return label;
  }

  private VBox corner(Pos position, Region... parts) {
    VBox box = new VBox(2, parts);
    box.setAlignment(position);
    box.setFillWidth(false);
    box.setPickOnBounds(false);
    box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    setAlignment(box, position);
    getChildren().add(box);
    return box;
  }

  /** Corners share the pane's width without overlapping; the edges' letters keep clear of them. */
  @Override
  protected void layoutChildren() {
    double free = getWidth() - snappedLeftInset() - snappedRightInset() - GAP;
    colours.fit(getHeight());
    double most = Math.max(LEAST_WIDTH, Math.floor(free - LEAST_WIDTH));
    if (badge.getMaxWidth() != most) {
      badge.setMaxWidth(most);
    }
    narrow(topLeft, free - Math.min(most, topRight.prefWidth(-1)));
    narrow(bottomLeft, free - bottomRight.prefWidth(-1));
    probe.setMaxWidth(Math.max(LEAST_WIDTH, Math.floor(free - NAVIGATOR)));
    super.layoutChildren();
    clear(edges[2], 1);
    clear(edges[3], -1);
    if (overlap(edges[1], topRight)) {
      edges[1].setLayoutY(bottom(topRight) + GAP);
    }
  }

  private static void narrow(VBox corner, double width) {
    double most = Math.max(LEAST_WIDTH, Math.floor(width));
    if (corner.getMaxWidth() != most) {
      corner.setMaxWidth(most);
    }
  }

  /**
   * Moves a letter of the top or bottom edge into the gap between the corners, or past them.
   *
   * @param inwards 1 at the top, -1 at the bottom
   */
  private void clear(Label letter, int inwards) {
    VBox left = inwards > 0 ? topLeft : bottomLeft;
    VBox right = inwards > 0 ? topRight : bottomRight;
    if (!overlap(letter, left) && !overlap(letter, right)) {
      return;
    }
    double from = left.isVisible() ? left.getLayoutX() + used(left) : 0;
    double room = right.getLayoutX() - from - 2 * GAP;
    if (room >= letter.getWidth()) {
      letter.setLayoutX(from + GAP + (room - letter.getWidth()) / 2);
    } else if (inwards > 0) {
      letter.setLayoutY(Math.max(beside(letter, left)[1], beside(letter, right)[1]) + GAP);
    } else {
      double top = Math.min(beside(letter, left)[0], beside(letter, right)[0]);
      letter.setLayoutY(top - GAP - letter.getHeight());
    }
  }

  /** Top and bottom of those parts of a corner that share columns with a letter. */
  private double[] beside(Label letter, VBox corner) {
    double[] out = {getHeight(), 0};
    double x = letter.getLayoutX() - corner.getLayoutX();
    for (Node part : corner.getChildren()) {
      Bounds b = part.getBoundsInParent();
      if (corner.isVisible()
          && part.isVisible()
          && x < b.getMaxX() + GAP
          && x + letter.getWidth() > b.getMinX() - GAP) {
        out[0] = Math.min(out[0], corner.getLayoutY() + b.getMinY());
        out[1] = Math.max(out[1], corner.getLayoutY() + b.getMaxY());
      }
    }
    return out;
  }

  /** Width of what is in a corner: the corner itself may be wider. */
  private static double used(VBox corner) {
    return corner.getChildren().stream()
        .filter(Node::isVisible)
        .mapToDouble(n -> n.getLayoutX() + n.getLayoutBounds().getWidth())
        .max()
        .orElse(0);
  }

  private static double bottom(VBox corner) {
    return corner.getLayoutY() + corner.getHeight();
  }

  private static boolean overlap(Label letter, VBox corner) {
    double x = letter.getLayoutX();
    double y = letter.getLayoutY();
    double from = corner.getLayoutX();
    double end = from + used(corner);
    return letter.isVisible()
        && corner.isVisible()
        && x < end + GAP
        && x + letter.getWidth() > from - GAP
        && y < bottom(corner)
        && y + letter.getHeight() > corner.getLayoutY();
  }

  /** Shows or hides all but the badge, the scales of colours and messages. */
  void annotated(boolean on) {
    corners.forEach(corner -> corner.setVisible(on));
    for (Label edge : edges) {
      edge.setVisible(on && !edge.getText().isEmpty());
    }
  }

  static void show(Region node, boolean on) {
    node.setVisible(on);
    node.setManaged(on);
  }

  private static void set(Label label, String text) {
    if (!text.equals(label.getText())) {
      label.setText(text);
      show(label, !text.isEmpty());
    }
  }

  /** Says in the middle of the pane what is wrong or missing; empty for nothing. */
  void message(String text) {
    set(message, text);
  }

  /** The series: description, patient line and notes of the reader. */
  void series(String name, String patientLines, String noteLines) {
    set(title, name);
    set(patient, patientLines);
    set(notes, noteLines);
  }

  void place(String slice, String windowText) {
    set(place, slice);
    set(window, windowText);
  }

  /** By what the slice is marked; empty for nothing. */
  void mark(String text) {
    set(mark, text);
  }

  void probe(String text) {
    set(probe, text);
  }

  /** Letters of the patient's directions: left, right, top and bottom of the pane. */
  void orientation(String left, String right, String top, String bottom) {
    set(edges[0], left);
    set(edges[1], right);
    set(edges[2], top);
    set(edges[3], bottom);
  }

  /** A bar of whole millimetres that takes at most a part of the pane's width. */
  void scale(double mmPerUnit, double paneWidth) {
    scale.update(mmPerUnit, paneWidth);
  }

  /** A colour bar; null for none. */
  void colours(ColourBar.Scale shownScale) {
    colours.show(shownScale);
  }

  /** The colour bar on the pane; null where there is none. */
  ColourBar.Scale colours() {
    return colours.shown();
  }

  void legend(boolean on, boolean waiting) {
    legend.update(on, waiting);
  }

  void badge(Badge next) {
    show(badge, next != null);
    if (next == null || next.equals(shown)) {
      return;
    }
    if (shown == null || shown.tone() != next.tone()) {
      // Only then, and in one change: each has all of the badge styled anew.
      badge.getStyleClass().setAll("badge", style(next));
    }
    shown = next;
    set(headline, next.headline());
    set(details, String.join("\n", next.lines()));
  }

  private static String style(Badge b) {
    return "badge-" + b.tone().name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Offers to pair with a series of another frame of reference; null for no offer. */
  void offerPair(String series, Runnable accept) {
    show(confirm, series != null);
    if (series != null) {
      confirm.setText(Texts.of("pair.offer", series));
      confirm.setOnAction(e -> accept.run());
    }
  }

  void offerRetry(boolean on, Runnable accept) {
    show(retry, on);
    retry.setOnAction(e -> accept.run());
  }

  /** What the colours of the prior mean. */
  private static final class Legend extends HBox {
    private final Label waiting = label("pane-note");

    Legend() {
      super(8);
      getStyleClass().add("prior-legend");
      setMouseTransparent(true);
      set(waiting, Texts.of("prior.waiting"));
      getChildren().add(waiting);
      add("prior.csf", Tint.CSF);
      add("prior.gm", Tint.GM);
      add("prior.wm", Tint.WM);
      show(this, false);
    }

    private void add(String key, int colour) {
      Label entry = label("pane-text");
      set(entry, Texts.of(key));
      Region chip = new Region();
      chip.setMinSize(10, 10);
      chip.setMaxSize(10, 10);
      chip.setStyle("-fx-background-color: #%06x;".formatted(colour));
      entry.setGraphic(chip);
      getChildren().add(entry);
    }

    void update(boolean on, boolean wait) {
      show(this, on);
      show(waiting, wait);
    }
  }
}
