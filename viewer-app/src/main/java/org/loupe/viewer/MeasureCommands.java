package org.loupe.viewer;

import java.util.Map;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.KeyImages;
import org.loupe.viewer.measure.MeasureTools;
import org.loupe.viewer.measure.MeasurementKind;

/** Keys and menu items for measuring, and for undoing. */
final class MeasureCommands {

  private static final Map<MeasurementKind, String> KEYS =
      Map.of(
          MeasurementKind.LENGTH, "Shift+L",
          MeasurementKind.ANGLE, "Shift+A",
          MeasurementKind.COBB, "Shift+C",
          MeasurementKind.RECTANGLE, "Shift+R",
          MeasurementKind.ELLIPSE, "Shift+E",
          MeasurementKind.FREEHAND, "Shift+F",
          MeasurementKind.PROBE, "Shift+P");

  private MeasureCommands() {}

  static void to(CommandList list, Workbench bench) {
    MeasureTools tools = bench.measures();
    Annotations annotations = bench.annotations();
    for (MeasurementKind kind : MeasurementKind.values()) {
      list.add("measure", "measure." + kind, () -> tools.kindProperty().set(kind), KEYS.get(kind));
    }
    list.add("measure", "undo", annotations::undo, "Shortcut+Z");
    list.add("measure", "redo", annotations::redo, "Shortcut+Y", "Shortcut+Shift+Z");
    list.add("measure", "copyMeasurement", tools::copy, "Shortcut+C");
    list.add("measure", "pasteMeasurement", tools::paste, "Shortcut+V");
    list.add("measure", "deleteMeasurement", tools::removeSelected, "Delete", "Backspace");
    KeyImages keys = bench.keyImages();
    list.pane("measure", "keyImage", keys::toggle, "Space");
    list.pane("measure", "nextKeyImage", p -> keys.go(p, 1), "Shift+Page Down");
    list.pane("measure", "previousKeyImage", p -> keys.go(p, -1), "Shift+Page Up");
  }
}
