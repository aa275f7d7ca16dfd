package org.loupe.viewer.layout;

/** How many panes there are and how they lie; the first one has the larger part of the width. */
public enum PaneLayout {
  ONE("1x1", 1, 1),
  TWO("1x2", 1, 2),
  FOUR("2x2", 2, 2);

  private final String text;
  private final int rows;
  private final int columns;

  PaneLayout(String text, int rows, int columns) {
    this.text = text;
    this.rows = rows;
    this.columns = columns;
  }

  /** Rows x columns, as on the command line. */
  public String text() {
    return text;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public int panes() {
    return rows * columns;
  }
}
