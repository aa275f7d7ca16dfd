package org.loupe.viewer.panel;

import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** A histogram as bars; the highest class fills the height. */
final class HistogramView extends Region {

  private int[] counts = new int[0];

  HistogramView() {
    setId("histogram");
    getStyleClass().add("histogram");
    setMinHeight(70);
    setPrefHeight(70);
    setMaxHeight(70);
  }

  void show(int[] classes) {
    counts = classes.clone();
    getChildren().clear();
    for (int i = 0; i < counts.length; i++) {
      Rectangle bar = new Rectangle();
      bar.setManaged(false);
      bar.getStyleClass().add("histogram-bar");
      getChildren().add(bar);
    }
    requestLayout();
  }

  /** The classes shown. */
  int[] counts() {
    return counts.clone();
  }

  @Override
  protected void layoutChildren() {
    int most = 1;
    for (int c : counts) {
      most = Math.max(most, c);
    }
    double w = getWidth() / Math.max(1, counts.length);
    for (int i = 0; i < counts.length; i++) {
      Rectangle bar = (Rectangle) getChildren().get(i);
      double h = getHeight() * counts[i] / most;
      bar.setX(i * w);
      bar.setY(getHeight() - h);
      bar.setWidth(Math.max(1, w - 1));
      bar.setHeight(h);
    }
  }
}
