package org.loupe.viewer.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import org.loupe.study.Series;
import org.loupe.viewer.viewport.ImagePane;

/** The image panes. Panes that a layout has no place for keep their series for when they return. */
public final class PaneGrid extends GridPane {

  /** Width of the first pane where two lie side by side, percent. */
  private static final double FIRST_PERCENT = 60;

  private final List<ImagePane> panes = new ArrayList<>();
  private final ObjectProperty<ImagePane> active = new SimpleObjectProperty<>(this, "active");
  private final ObjectProperty<PaneLayout> layout =
      new SimpleObjectProperty<>(this, "layout", PaneLayout.TWO);

  private final ObjectProperty<ImagePane> maximised = new SimpleObjectProperty<>(this, "maximised");

  public PaneGrid(Supplier<ImagePane> maker) {
    getStyleClass().add("pane-grid");
    setMinSize(0, 0);
    for (int i = 0; i < PaneLayout.NINE.panes(); i++) {
      ImagePane pane = maker.get();
      pane.setId("pane-" + i);
      pane.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> activate(pane));
      panes.add(pane);
    }
    active.subscribe(
        (before, now) -> {
          if (before != null) {
            before.activeProperty().set(false);
          }
          now.activeProperty().set(true);
        });
    active.set(panes.get(0));
    panes.get(0).activeProperty().set(true);
    layout.subscribe(
        () -> {
          maximised.set(null);
          arrange();
        });
    maximised.subscribe(() -> arrange());
    arrange();
  }

  private void arrange() {
    if (maximised.get() == null) {
      arrange(layout.get(), panes.subList(0, layout.get().panes()));
    } else {
      arrange(PaneLayout.ONE, List.of(maximised.get()));
    }
  }

  private void arrange(PaneLayout next, List<ImagePane> shown) {
    getChildren().clear();
    getColumnConstraints().clear();
    getRowConstraints().clear();
    for (int c = 0; c < next.columns(); c++) {
      ColumnConstraints column = new ColumnConstraints();
      boolean uneven = next.rows() == 1 && next.columns() == 2;
      double part = c == 0 ? FIRST_PERCENT : 100 - FIRST_PERCENT;
      column.setPercentWidth(uneven ? part : 100.0 / next.columns());
      column.setHgrow(Priority.ALWAYS);
      getColumnConstraints().add(column);
    }
    for (int r = 0; r < next.rows(); r++) {
      RowConstraints row = new RowConstraints();
      row.setPercentHeight(100.0 / next.rows());
      row.setVgrow(Priority.ALWAYS);
      getRowConstraints().add(row);
    }
    for (int i = 0; i < next.panes(); i++) {
      add(shown.get(i), i % next.columns(), i / next.columns());
    }
    if (!visible().contains(active.get())) {
      active.set(shown.get(0));
    }
  }

  /** Shows all panes of a layout: none has the window for itself any more. */
  public void show(PaneLayout next) {
    maximised.set(null);
    layout.set(next);
  }

  /** The active pane alone in the window, and back. */
  public void toggleMaximised() {
    ImagePane pane = active.get();
    maximised.set(maximised.get() == null ? pane : null);
    activate(pane);
  }

  /** The pane that has the window for itself; null for none. */
  public ObjectProperty<ImagePane> maximisedProperty() {
    return maximised;
  }

  /** Makes a pane the one that keys and the tool bar work on. */
  public void activate(ImagePane pane) {
    active.set(pane);
    pane.requestFocus();
  }

  /** The next visible pane becomes active, the first one after the last. */
  public void activateNext() {
    List<ImagePane> visible = visible();
    activate(visible.get((visible.indexOf(active.get()) + 1) % visible.size()));
  }

  /** The panes that the layout shows, row by row. */
  public List<ImagePane> visible() {
    return maximised.get() != null
        ? List.of(maximised.get())
        : panes.subList(0, layout.get().panes());
  }

  /** The active pane where it shows such a series, or else the first visible one that does. */
  public Optional<ImagePane> showing(Predicate<Series> wanted) {
    return Stream.concat(Stream.of(active.get()), visible().stream())
        .filter(pane -> pane.seriesProperty().get() != null)
        .filter(pane -> wanted.test(pane.seriesProperty().get()))
        .findFirst();
  }

  /** Every pane, shown or not. */
  public List<ImagePane> all() {
    return List.copyOf(panes);
  }

  public ObjectProperty<ImagePane> activeProperty() {
    return active;
  }

  public ObjectProperty<PaneLayout> layoutProperty() {
    return layout;
  }
}
