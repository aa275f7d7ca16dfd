package org.loupe.viewer.panel;

import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.loupe.viewer.Texts;
import org.loupe.viewer.measure.MeasureTools;
import org.loupe.viewer.measure.MeasurementKind;

/** Puts a measuring tool into the hand; its text says which one is there. */
public final class MeasureMenu extends MenuButton {

  public MeasureMenu(MeasureTools tools) {
    setId("measure");
    // Made when first shown; without an item the menu would not open.
    MenuItem later = new MenuItem();
    getItems().add(later);
    setOnShowing(
        e -> {
          if (getItems().remove(later)) {
            for (MeasurementKind kind : MeasurementKind.values()) {
              MenuItem item = new MenuItem(Texts.of("command.measure." + kind));
              item.setOnAction(a -> tools.kindProperty().set(kind));
              getItems().add(item);
            }
          }
        });
    tools
        .kindProperty()
        .subscribe(
            kind -> setText(Texts.of(kind == null ? "tool.measure" : "command.measure." + kind)));
  }
}
