package org.loupe.viewer.measure;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.study.Series;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.viewport.ImagePane;

/** The measuring tools of all panes: which one is in hand, and what keys do to the selection. */
public final class MeasureTools {

  /** Shift of a pasted copy on the slice of its original, mm. */
  private static final double PASTE_SHIFT = 4;

  private final PaneGrid grid;
  private final Annotations annotations;
  private final ObjectProperty<MeasurementKind> kind = new SimpleObjectProperty<>(this, "kind");
  private final List<MeasureMouse> mice = new ArrayList<>();
  private Measurement copied;

  public MeasureTools(PaneGrid grid, Annotations annotations) {
    this.grid = grid;
    this.annotations = annotations;
    for (ImagePane pane : grid.all()) {
      MeasurementLayer layer = new MeasurementLayer(pane, annotations);
      pane.decorate(layer);
      mice.add(new MeasureMouse(pane, layer, annotations, kind));
    }
  }

  /** What the next drag draws; null for none: the mouse moves the image. */
  public ObjectProperty<MeasurementKind> kindProperty() {
    return kind;
  }

  /** Gives up what is being drawn and puts the tool away; false when there was neither. */
  public boolean cancel() {
    boolean any = kind.get() != null;
    for (MeasureMouse mouse : mice) {
      any |= mouse.cancel();
    }
    kind.set(null);
    if (!any && annotations.selectedProperty().get() != null) {
      annotations.selectedProperty().set(null);
      return true;
    }
    return any;
  }

  /** Removes the selected measurement, where a pane shows it. */
  public void removeSelected() {
    Measurement m = annotations.selected();
    boolean seen =
        m != null
            && grid.visible().stream()
                .anyMatch(pane -> VisibleMeasurements.of(annotations, pane).contains(m));
    if (seen) {
      annotations.removeSelected();
    }
  }

  /** Remembers the selected measurement. */
  public void copy() {
    Measurement m = annotations.selected();
    if (m != null) {
      copied = m;
    }
  }

  /** Puts a copy of the remembered measurement on the slice of the active pane. */
  public void paste() {
    ImagePane pane = grid.activeProperty().get();
    Series series = pane.seriesProperty().get();
    if (copied == null || series == null) {
      return;
    }
    SlicePlane plane = pane.plane();
    double away = plane.distance(copied.centre());
    Vec3 shift = plane.normal().times(-away);
    if (Math.abs(away) < 1e-6) {
      Vec3 right = plane.columnStep().unit().times(PASTE_SHIFT);
      shift = right.plus(plane.rowStep().unit().times(PASTE_SHIFT));
    }
    Vec3 by = shift;
    // Onto the plane exactly, however the slices are tilted against one another.
    List<Vec3> points =
        copied.points().stream()
            .map(p -> p.plus(by))
            .map(p -> p.minus(plane.normal().times(plane.distance(p))))
            .toList();
    annotations.add(Measurement.of(copied.kind(), series.id(), series.frameOfReference(), points));
  }
}
