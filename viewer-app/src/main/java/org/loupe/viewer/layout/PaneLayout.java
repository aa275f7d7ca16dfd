package org.loupe.viewer.layout;

import java.util.Optional;

/** How many panes there are and how they lie; of two, the first one has the larger part. */
public enum PaneLayout {
  ONE("1x1", 1, 1),
  TWO("1x2", 1, 2),
  THREE("1x3", 1, 3),
  TWO_ROWS("2x1", 2, 1),
  FOUR("2x2", 2, 2),
  SIX("2x3", 2, 3),
  THREE_ROWS("3x1", 3, 1),
  SIX_ROWS("3x2", 3, 2),
  NINE("3x3", 3, 3);

  private final String text;
  private final int rows;
  private final int columns;

  PaneLayout(String text, int rows, int columns) {
    this.text = text;
    this.rows = rows;
    this.columns = columns;
  }

  /** The layout of a text like "2x3"; empty for another text. */
  public static Optional<PaneLayout> of(String text) {
    for (PaneLayout layout : values()) {
      if (layout.text.equals(text)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
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
