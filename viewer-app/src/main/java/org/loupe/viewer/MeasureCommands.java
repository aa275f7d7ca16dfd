package org.loupe.viewer;

import java.util.Map;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.MeasureTools;
import org.loupe.viewer.measure.MeasurementKind;
import org.loupe.viewer.viewport.ImagePane;

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

  static void to(CommandList list, MeasureTools tools, Annotations annotations) {
    for (MeasurementKind kind : MeasurementKind.values()) {
      list.add("measure", "measure." + kind, () -> tools.kindProperty().set(kind), KEYS.get(kind));
    }
    list.add("measure", "undo", annotations::undo, "Shortcut+Z");
    list.add("measure", "redo", annotations::redo, "Shortcut+Y", "Shortcut+Shift+Z");
    list.add("measure", "copyMeasurement", tools::copy, "Shortcut+C");
    list.add("measure", "pasteMeasurement", tools::paste, "Shortcut+V");
    list.add("measure", "deleteMeasurement", annotations::removeSelected, "Delete", "Backspace");
    list.pane("measure", "keyImage", p -> toggleKey(p, annotations), "Space");
  }

  private static void toggleKey(ImagePane pane, Annotations annotations) {
    if (pane.seriesProperty().get() != null) {
      int slice = pane.stateProperty().get().slice();
      annotations.toggleKeyImage(pane.seriesProperty().get().instanceIds().get(slice));
    }
  }
}
