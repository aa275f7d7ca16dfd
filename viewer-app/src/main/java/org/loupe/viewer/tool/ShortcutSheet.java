package org.loupe.viewer.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;

/** All keys and mouse gestures on one sheet. */
public final class ShortcutSheet extends VBox {

  private static final List<String> GESTURES =
      List.of("scroll", "zoom", "pan", "window", "fit", "wipe", "turn", "drop");

  /** Room around the sheet, units of the scene. */
  private static final double MARGIN = 24;

  /** Height of the title with the sheet's padding and a scroll bar. */
  private static final double HEADING = 130;

  public ShortcutSheet(List<Command> commands) {
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    setId("shortcut-sheet");
    getStyleClass().add("sheet");
    Label title = new Label(Texts.of("sheet.title"));
    title.getStyleClass().add("sheet-title");
    Map<String, GridPane> groups = new LinkedHashMap<>();
    for (Command c : commands) {
      if (!c.keys().isEmpty()) {
        row(groups.computeIfAbsent(c.group(), ShortcutSheet::group), c.keyText(), c.text());
      }
    }
    GridPane mouse = group("mouse");
    for (String gesture : GESTURES) {
      row(mouse, Texts.of("gesture." + gesture + ".how"), Texts.of("gesture." + gesture));
    }
    groups.put("mouse", mouse);
    FlowPane columns = new FlowPane(javafx.geometry.Orientation.VERTICAL, 24, 14);
    columns.getChildren().addAll(groups.values());
    ScrollPane scroll = new ScrollPane(columns);
    scroll.setFocusTraversable(false);
    getChildren().addAll(title, scroll);
    // As tall as the window allows, so that fewer columns are needed; what is left is scrolled to.
    sceneProperty()
        .subscribe(
            scene -> {
              if (scene != null) {
                maxWidthProperty().bind(scene.widthProperty().subtract(2 * MARGIN));
                columns
                    .prefWrapLengthProperty()
                    .bind(scene.heightProperty().subtract(2 * MARGIN + HEADING));
              }
            });
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
