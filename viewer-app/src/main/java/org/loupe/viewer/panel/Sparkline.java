package org.loupe.viewer.panel;

import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;

/** The course of a figure in small, the newest value at the right, with a line at its goal. */
final class Sparkline extends Region {

  private static final double HEIGHT = 54;

  private final double goal;
  private final int room;
  private final Polyline course = new Polyline();
  private final Line mark = new Line();
  private List<Double> values = List.of();

  /**
   * @param goal value that the line marks, in the unit of the values
   * @param room most values
   */
  Sparkline(double goal, int room) {
    this.goal = goal;
    this.room = room;
    getStyleClass().add("sparkline");
    course.getStyleClass().add("sparkline-course");
    mark.getStyleClass().add("sparkline-goal");
    getChildren().addAll(mark, course);
    setMinHeight(HEIGHT);
    setPrefHeight(HEIGHT);
    setMaxHeight(HEIGHT);
  }

  void show(List<Double> next) {
    values = next;
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double top = Math.max(1.25 * goal, values.stream().mapToDouble(v -> v).max().orElse(0));
    double width = getWidth() - 2;
    double height = getHeight() - 4;
    double y = 2 + height * (1 - goal / top);
    mark.setStartX(1);
    mark.setEndX(1 + width);
    mark.setStartY(y);
    mark.setEndY(y);
    course.getPoints().clear();
    for (int i = 0; i < values.size(); i++) {
      double x = 1 + width * (room - values.size() + i) / Math.max(1, room - 1);
      course.getPoints().addAll(x, 2 + height * (1 - values.get(i) / top));
    }
  }
}
