package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.image.Contrast;
import org.loupe.image.DisplayOrientation;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.sr.SliceInput;

class PairingTest {

  private final Series target = series("t2", "frame", 2, 10, 0, 4, 8, 16, 20);
  private final Series reference = series("t1", "frame", 1, 20, 0, 4, 8, 12, 16, 20);

  @Test
  void givesNeighboursAndReference() {
    SliceInput input = Pairing.pair(target, 1, reference, false, null).input();
    assertSame(target.volume().slice(1), input.target());
    assertSame(target.volume().slice(0), input.previous());
    assertSame(target.volume().slice(2), input.next());
    assertEquals(0.5, input.reference().columnRatio());
    assertArrayEquals(reference.volume().slice(1).values(), input.reference().image().values());
    assertEquals(Pairing.identity(target, 1) + "|t1", input.key());
    assertEquals(2, input.columnSpacing());
    assertNull(input.labels());
  }

  /** What was computed of a slice is not taken for the same slice when its array is turned. */
  @Test
  void aTurnedSliceIsAnotherInput() {
    SlicePlane plane = target.volume().plane(0);
    Vec3 left = plane.columnStep().unit().times(-1);
    Series turned = target.turned(DisplayOrientation.towards(plane, left, plane.rowStep().unit()));
    assertEquals(target.instanceIds(), turned.instanceIds());
    assertNotEquals(Pairing.identity(target, 1), Pairing.identity(turned, 1));
    assertEquals(Pairing.identity(target, 1), Pairing.identity(target.withCurve(null), 1));
  }

  @Test
  void noTwoOrientationsAreOneInput() {
    SlicePlane plane = target.volume().plane(0);
    Vec3 column = plane.columnStep().unit();
    Vec3 row = plane.rowStep().unit();
    Set<String> slices = new HashSet<>();
    Set<String> lattices = new HashSet<>();
    for (int right : new int[] {1, -1}) {
      for (int down : new int[] {1, -1}) {
        for (boolean swapped : new boolean[] {false, true}) {
          Vec3 a = (swapped ? row : column).times(right);
          Vec3 b = (swapped ? column : row).times(down);
          Series turned = target.turned(DisplayOrientation.towards(plane, a, b));
          slices.add(Pairing.identity(turned, 1));
          lattices.add(Pairing.identity(turned));
        }
      }
    }
    assertEquals(8, slices.size());
    assertEquals(8, lattices.size());
  }

  @Test
  void hasNoNeighbourBeyondTheEndOrAMissingSlice() {
    assertNull(Pairing.pair(target, 0, null, false, null).input().previous());
    assertNull(Pairing.pair(target, 4, null, false, null).input().next());
    assertNull(Pairing.pair(target, 2, null, false, null).input().next());
    assertSame(target.volume().slice(4), Pairing.pair(target, 3, null, false, null).input().next());
  }

  @Test
  void pairsOtherFramesOnlyWhenConfirmed() {
    Series foreign = series("t1", "elsewhere", 1, 20, 0, 4, 8);
    Pairing.Paired paired = Pairing.pair(target, 1, foreign, false, null);
    assertEquals("other frame of reference", paired.note());
    assertNull(paired.input().reference());
    assertEquals(Pairing.identity(target, 1), paired.input().key());
    Series unknown = series("t1", "", 1, 20, 0, 4, 8);
    assertEquals(
        "frame of reference not known", Pairing.pair(target, 1, unknown, false, null).note());
    Pairing.Paired confirmed = Pairing.pair(target, 1, foreign, true, null);
    assertEquals("", confirmed.note());
    assertArrayEquals(
        foreign.volume().slice(1).values(), confirmed.input().reference().image().values());
  }

  @Test
  void saysWhenTheReferenceDoesNotReachTheSlice() {
    Series low = series("t1", "frame", 1, 20, 0, 4);
    Pairing.Paired paired = Pairing.pair(target, 4, low, false, null);
    assertEquals("the reference does not reach this slice", paired.note());
    assertNull(paired.input().reference());
    Series small = series("t1", "frame", 1, 8, 0, 4);
    assertEquals(
        "the reference covers only 16 % of this slice",
        Pairing.pair(target, 0, small, false, null).note());
  }

  /** The engine would leave it out, and the pane may not say that it guides. */
  @Test
  void aReferenceThatShowsOnlyPartOfTheSliceIsLeftOut() {
    Series stripped = series("t1", "frame", 1, 20, 0, 4);
    for (Image2 slice : stripped.volume().slices()) {
      Arrays.fill(slice.values(), 0, slice.values().length / 2, 0);
    }
    Pairing.Paired paired = Pairing.pair(target, 0, stripped, false, null);
    assertEquals("the reference shows only part of this slice", paired.note());
    assertNull(paired.input().reference());
    assertEquals(Pairing.identity(target, 0), paired.input().key());
  }

  @Test
  void labelsChangeTheKey() {
    Volume labels = series("labels", "", 2, 10, 0, 4, 8, 16, 20).volume();
    SliceInput input = Pairing.pair(target, 2, null, false, labels).input();
    assertArrayEquals(labels.slice(2).values(), input.labels().values());
    assertNotEquals(target.instanceIds().get(2), input.key());
  }

  private static Series series(String id, String frame, double size, int n, double... zs) {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (double z : zs) {
      planes.add(
          new SlicePlane(new Vec3(0, 0, z), new Vec3(size, 0, 0), new Vec3(0, size, 0), n, n));
      float[] values = new float[n * n];
      for (int p = 0; p < values.length; p++) {
        values[p] = (float) (p * size + z);
      }
      slices.add(new Image2(values, n, n));
      ids.add(id + "/" + ids.size());
    }
    Volume volume = new Volume(planes, slices);
    return new Series(id, id, Contrast.T2, "", frame, volume, null, ids, List.of());
  }
}
