package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.image.Image2;
import org.loupe.image.VoiCurve;
import org.loupe.image.Window;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.View;
import org.loupe.viewer.viewport.Compositor.Channel;
import org.loupe.viewer.viewport.Compositor.Mix;

class CompositorTest {

  private static final View PANE = new View(0.5, 0.5, 10, 20, 6, 3);
  private static final View AREA = new View(0.5, 0.5, 11, 21, 4, 2);
  private static final Window WINDOW = new Window(100, 200);

  private static final Image2 BASE =
      new Image2(new float[] {0, 50, 100, 200, -30, 400, Float.NaN, 20}, 4, 2);

  private static int[] paint(List<Patch> patches, Tint tint, double opacity) {
    Channel channel = new Channel(BASE, patches, WINDOW);
    return paint(channel, null, Mix.FIRST, 0, tint, opacity, null);
  }

  private static int[] paint(
      Channel first,
      Channel second,
      Mix mix,
      double range,
      Tint tint,
      double opacity,
      Compositor.Map map) {
    int[] argb = new int[18];
    new Compositor()
        .paint(
            new Compositor.Frame(
                PANE,
                AREA,
                first,
                second,
                mix,
                Split.MIDDLE,
                range,
                false,
                ColourMap.GREY.table(false),
                tint,
                opacity,
                map),
            argb);
    return argb;
  }

  private static Patch patch(View where, float value, float opacity) {
    float[] v = new float[where.width() * where.height()];
    Arrays.fill(v, value);
    Image2 image = new Image2(v, where.width(), where.height());
    return new Patch(where, image, image, opacity);
  }

  private static int[] greys(int[] argb, int row) {
    return Arrays.stream(argb, row * 6, row * 6 + 6).map(p -> p & 255).toArray();
  }

  @Test
  void theWindowGoesFromBlackToWhiteAndTheRestIsBlack() {
    int[] argb = paint(List.of(), null, 0);
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0}, greys(argb, 0));
    assertArrayEquals(new int[] {0, 0, 64, 128, 255, 0}, greys(argb, 1));
    // Below, above, not a number, and 20 of 200.
    assertArrayEquals(new int[] {0, 0, 255, 0, 26, 0}, greys(argb, 2));
    assertEquals(0xff404040, argb[8]);
  }

  @Test
  void aTileIsMixedInByItsOpacity() {
    // Columns 12 and 13, rows 20 and 21: its first row lies above the area.
    View where = new View(0.5, 0.5, 12, 20, 2, 2);
    int[] half = paint(List.of(patch(where, 150, 0.5f)), null, 0);
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0}, greys(half, 0));
    // (50 + 150) / 2 and (100 + 150) / 2 of 200.
    assertArrayEquals(new int[] {0, 0, 128, 159, 255, 0}, greys(half, 1));
    int[] whole = paint(List.of(patch(where, 150, 1)), null, 0);
    assertArrayEquals(new int[] {0, 0, 191, 191, 255, 0}, greys(whole, 1));
  }

  @Test
  void theWipeShowsTilesOnItsRightOnly() {
    View where = new View(0.5, 0.5, 11, 21, 4, 1);
    Channel first = new Channel(BASE, List.of(), WINDOW);
    Channel second = new Channel(BASE, List.of(patch(where, 150, 1)), WINDOW);
    int[] argb = paint(first, second, Mix.SPLIT, 0, null, 0, null);
    assertArrayEquals(new int[] {0, 0, 64, 191, 191, 0}, greys(argb, 1));
  }

  @Test
  void certainTissueTakesItsColour() {
    Image2 one = new Image2(new float[] {1, 1, 1, 1}, 2, 2);
    Image2 none = new Image2(2, 2);
    Tint tint = new Tint(new SlicePrior(none, none, one, 100, 100), AREA);
    int[] argb = paint(List.of(), tint, 1);
    assertEquals(0xff000000 | Tint.WM, argb[8]);
    int[] faint = paint(List.of(), tint, 0);
    assertEquals(0xff404040, faint[8]);
  }

  @Test
  void aDifferenceHasASignAndZeroIsBlack() {
    View where = new View(0.5, 0.5, 12, 21, 2, 1);
    Channel first = new Channel(BASE, List.of(), WINDOW);
    Channel second = new Channel(BASE, List.of(patch(where, 80, 1)), WINDOW);
    int[] argb = paint(first, second, Mix.DIFFERENCE, 40, null, 0, null);
    int[] signed = ColourMap.SIGNED.table(false);
    assertEquals(0xff000000, argb[6]);
    // 80 - 50 and 80 - 100 of 40 either way.
    assertEquals(signed[(int) ((30 + 40) * 255 / 80.0 + 0.5)], argb[8]);
    assertEquals(signed[(int) ((-20 + 40) * 255 / 80.0 + 0.5)], argb[9]);
    assertEquals(true, (argb[8] >> 16 & 255) > (argb[8] & 255));
    assertEquals(true, (argb[9] >> 16 & 255) < (argb[9] & 255));
  }

  @Test
  void theExpectedErrorIsLaidOverItsTilesOnly() {
    View where = new View(0.5, 0.5, 12, 21, 1, 1);
    Patch tile = patch(where, 25, 1);
    Channel first = new Channel(BASE, List.of(), WINDOW);
    Compositor.Map map =
        new Compositor.Map(Overlay.EXPECTED_ERROR, null, List.of(tile), List.of(), 50, 1);
    int[] argb = paint(first, null, Mix.FIRST, 0, null, 0, map);
    assertEquals(ColourMap.INFERNO.table(false)[128], argb[8]);
    assertEquals(0xff808080, argb[9]);
  }

  @Test
  void whatWasAddedIsSeenAgainstTheInterpolation() {
    View where = new View(0.5, 0.5, 12, 21, 2, 1);
    Channel first = new Channel(BASE, List.of(), WINDOW);
    Compositor.Map map =
        new Compositor.Map(Overlay.ADDED, BASE, List.of(patch(where, 100, 1)), List.of(), 50, 1);
    int[] argb = paint(first, null, Mix.FIRST, 0, null, 0, map);
    assertEquals(ColourMap.SIGNED.table(false)[255], argb[8]);
    // Nothing was added here: the image shows.
    assertEquals(0xff808080, argb[9]);
  }

  @Test
  void aCurveBendsTheGreysOfItsChannel() {
    int[] levels = new int[256];
    Arrays.setAll(levels, n -> 255 - n);
    Channel bent = new Channel(BASE, List.of(), WINDOW, new VoiCurve(1, levels));
    int[] argb = paint(bent, null, Mix.FIRST, 0, null, 0, null);
    assertEquals(0xffffffff, argb[7]);
    assertEquals(0xff7f7f7f, argb[9]);
    // Over two widths the middle stays, and black is a width away from it.
    Channel wide = new Channel(BASE, List.of(), WINDOW, new VoiCurve(2, levels));
    int[] wider = paint(wide, null, Mix.FIRST, 0, null, 0, null);
    assertEquals(0xff7f7f7f, wider[9]);
    assertEquals(0xffbfbfbf, wider[7]);
  }

  @Test
  void aSplitMayHaveAnyAngle() {
    Split left = new Split(0.5, 180);
    assertArrayEquals(new int[] {0, 50}, left.second(10, 100, 60));
    Split below = new Split(0.5, 90);
    assertArrayEquals(new int[] {0, 0}, below.second(29, 100, 60));
    assertArrayEquals(new int[] {0, 100}, below.second(30, 100, 60));
    Split diagonal = new Split(0.5, 45);
    assertArrayEquals(new int[] {60, 100}, diagonal.second(20, 100, 61));
    assertEquals(0.7, new Split(0.2, 0).through(20, 5, 100, 60).position(), 1e-9);
  }
}
