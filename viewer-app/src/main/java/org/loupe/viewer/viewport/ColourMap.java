package org.loupe.viewer.viewport;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Colours of a rising value. The maps are piecewise linear in sRGB between the given colours, which
 * are samples of the published maps; their lightness rises (or, of the signed one, falls to both
 * sides of the middle) evenly.
 */
public enum ColourMap {
  GREY("000000 ffffff"),
  /** Matplotlib's inferno. */
  INFERNO("000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4"),
  /** Matplotlib's viridis. */
  VIRIDIS("440154 482878 3e4a89 31688e 26828e 1f9e89 35b779 6dcd59 b4de2c fde725"),
  /** Black, red, yellow, white. */
  HOT("000000 e60000 ffd200 ffffff"),
  /** ColorBrewer's RdBu with a dark middle: below zero blue, above it red, zero black. */
  SIGNED("92c5de 4393c3 2166ac 0a1a2a 000000 2a0a0e b2182b d6604d fddbc7");

  private static final Map<ColourMap, int[]> TABLES = new EnumMap<>(ColourMap.class);
  private static final Map<ColourMap, int[]> INVERTED = new EnumMap<>(ColourMap.class);

  static {
    for (ColourMap map : values()) {
      int[] table = map.computed();
      TABLES.put(map, table);
      INVERTED.put(map, reversed(table));
    }
  }

  private static int[] reversed(int[] table) {
    int[] out = new int[256];
    for (int i = 0; i < 256; i++) {
      out[i] = table[255 - i];
    }
    return out;
  }

  /** Colours at even distances, hexadecimal. */
  private final String stops;

  ColourMap(String stops) {
    this.stops = stops;
  }

  private int[] computed() {
    int[] colours =
        Arrays.stream(stops.split(" ", -1)).mapToInt(s -> Integer.parseInt(s, 16)).toArray();
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      double at = i / 255.0 * (colours.length - 1);
      int k = Math.min((int) at, colours.length - 2);
      table[i] = mixed(colours[k], colours[k + 1], at - k);
    }
    return table;
  }

  private static int mixed(int a, int b, double t) {
    int argb = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = a >> shift & 255;
      int to = b >> shift & 255;
      argb = argb << 8 | (int) Math.round(from + t * (to - from));
    }
    return argb;
  }

  /**
   * Opaque ARGB colours of the values 0 to 255.
   *
   * @param inverted whether the highest value has the first colour
   */
  public int[] table(boolean inverted) {
    return shared(inverted).clone();
  }

  /** The same; not to be written to. */
  int[] shared(boolean inverted) {
    return (inverted ? INVERTED : TABLES).get(this);
  }

  /** The next map for images; the signed one is for differences only. */
  public ColourMap next() {
    List<ColourMap> images = List.of(GREY, INFERNO, VIRIDIS, HOT);
    return images.get((images.indexOf(this) + 1) % images.size());
  }
}
