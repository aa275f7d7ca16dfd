package org.loupe.viewer.panel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;
import org.loupe.viewer.tool.Command;

/** All keys and mouse gestures on one sheet. */
public final class ShortcutSheet extends Sheet {

  private static final List<String> GESTURES =
      List.of("scroll", "zoom", "pan", "window", "fit", "wipe", "turn", "drop");

  /** Room around the sheet, units of the scene. */
  private static final double MARGIN = 24;

  /** Width of the sheet's padding and scroll bar. */
  private static final double EDGES = 64;

  private static final double GAP = 14;

  private final List<GridPane> groups;
  private final HBox columns = new HBox(24);

  public ShortcutSheet(List<Command> commands) {
    super("shortcut-sheet", Texts.of("sheet.title"), 0);
    Map<String, GridPane> byName = new LinkedHashMap<>();
    for (Command c : commands) {
      if (!c.keys().isEmpty()) {
        row(byName.computeIfAbsent(c.group(), ShortcutSheet::group), c.keyText(), c.text());
      }
    }
    GridPane mouse = group("mouse");
    for (String gesture : GESTURES) {
      row(mouse, Texts.of("gesture." + gesture + ".how"), Texts.of("gesture." + gesture));
    }
    byName.put("mouse", mouse);
    groups = List.copyOf(byName.values());
    ScrollPane scroll = new ScrollPane(columns);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setFocusTraversable(false);
    getChildren().add(scroll);
    // Through the sheet's own property: the scene outlives the sheet and must not hold it.
    sceneProperty()
        .flatMap(Scene::widthProperty)
        .subscribe(
            width -> {
              if (width != null) {
                arrange(width.doubleValue());
              }
            });
  }

  /** As many columns as fit beside one another; what is too tall is scrolled to. */
  private void arrange(double sceneWidth) {
    fill(1);
    // The first time makes the scroll pane's skin, which brings the groups into the scene.
    applyCss();
    applyCss();
    double room = sceneWidth - 2 * MARGIN - EDGES;
    int count = groups.size();
    while (fill(count) > room && count > 1) {
      count--;
    }
  }

  /** Puts each group into the column that is shortest by then, and returns the columns' width. */
  private double fill(int count) {
    int[] rows = new int[count];
    double[] widths = new double[count];
    List<VBox> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(new VBox(GAP));
    }
    columns.getChildren().setAll(boxes);
    for (GridPane group : groups) {
      int shortest = 0;
      for (int i = 1; i < count; i++) {
        shortest = rows[i] < rows[shortest] ? i : shortest;
      }
      boxes.get(shortest).getChildren().add(group);
      rows[shortest] += group.getRowCount() + 1;
      widths[shortest] = Math.max(widths[shortest], group.prefWidth(-1));
    }
    return Arrays.stream(widths).sum() + (count - 1) * columns.getSpacing();
  }

  private static GridPane group(String name) {
    GridPane grid = new GridPane(12, 3);
    Label heading = new Label(Texts.of("group." + name));
    heading.getStyleClass().add("sheet-heading");
    grid.add(heading, 0, 0, 2, 1);
    return grid;
  }

  private static void row(GridPane grid, String key, String text) {
    Label keys = new Label(key);
    keys.getStyleClass().add("sheet-key");
    int row = grid.getRowCount();
    grid.add(keys, 0, row);
    grid.add(new Label(text), 1, row);
  }
}
