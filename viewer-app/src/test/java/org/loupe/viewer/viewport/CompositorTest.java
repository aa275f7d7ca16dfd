package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.image.Image2;
import org.loupe.image.Window;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.View;

class CompositorTest {

  private static final View PANE = new View(0.5, 0.5, 10, 20, 6, 3);
  private static final View AREA = new View(0.5, 0.5, 11, 21, 4, 2);
  private static final Window WINDOW = new Window(100, 200);

  private static int[] paint(List<Patch> patches, int from, Tint tint, double opacity) {
    Image2 base = new Image2(new float[] {0, 50, 100, 200, -30, 400, Float.NaN, 20}, 4, 2);
    int[] argb = new int[18];
    new Compositor()
        .paint(new Compositor.Frame(PANE, AREA, base, patches, from, WINDOW, tint, opacity), argb);
    return argb;
  }

  private static int[] greys(int[] argb, int row) {
    return Arrays.stream(argb, row * 6, row * 6 + 6).map(p -> p & 255).toArray();
  }

  @Test
  void theWindowGoesFromBlackToWhiteAndTheRestIsBlack() {
    int[] argb = paint(List.of(), Integer.MIN_VALUE, null, 0);
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0}, greys(argb, 0));
    assertArrayEquals(new int[] {0, 0, 64, 128, 255, 0}, greys(argb, 1));
    // Below, above, not a number, and 20 of 200.
    assertArrayEquals(new int[] {0, 0, 255, 0, 26, 0}, greys(argb, 2));
    assertEquals(0xff404040, argb[8]);
  }

  @Test
  void aTileIsMixedInByItsOpacity() {
    Image2 tile = new Image2(new float[] {150, 150, 150, 150}, 2, 2);
    // Columns 12 and 13, rows 20 and 21: its first row lies above the area.
    View where = new View(0.5, 0.5, 12, 20, 2, 2);
    int[] half = paint(List.of(new Patch(where, tile, 0.5f)), Integer.MIN_VALUE, null, 0);
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0}, greys(half, 0));
    // (50 + 150) / 2 and (100 + 150) / 2 of 200.
    assertArrayEquals(new int[] {0, 0, 128, 159, 255, 0}, greys(half, 1));
    int[] whole = paint(List.of(new Patch(where, tile, 1)), Integer.MIN_VALUE, null, 0);
    assertArrayEquals(new int[] {0, 0, 191, 191, 255, 0}, greys(whole, 1));
  }

  @Test
  void theWipeShowsTilesOnItsRightOnly() {
    Image2 tile = new Image2(new float[] {150, 150, 150, 150}, 4, 1);
    View where = new View(0.5, 0.5, 11, 21, 4, 1);
    int[] argb = paint(List.of(new Patch(where, tile, 1)), 13, null, 0);
    assertArrayEquals(new int[] {0, 0, 64, 191, 191, 0}, greys(argb, 1));
  }

  @Test
  void certainTissueTakesItsColour() {
    Image2 one = new Image2(new float[] {1, 1, 1, 1}, 2, 2);
    Image2 none = new Image2(2, 2);
    Tint tint = new Tint(new SlicePrior(none, none, one, 100, 100), AREA);
    int[] argb = paint(List.of(), Integer.MIN_VALUE, tint, 1);
    assertEquals(0xff000000 | Tint.WM, argb[8]);
    int[] faint = paint(List.of(), Integer.MIN_VALUE, tint, 0);
    assertEquals(0xff404040, faint[8]);
  }
}
