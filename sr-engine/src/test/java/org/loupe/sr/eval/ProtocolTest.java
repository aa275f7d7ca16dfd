package org.loupe.sr.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.PhaseAxis;

class ProtocolTest {

  @Test
  void slicesAreEvenlySpreadOverTheUsableOnes() {
    List<Image2> t2 = new ArrayList<>();
    for (int k = 0; k < 12; k++) {
      t2.add(k == 3 ? new Image2(30, 26) : Fixtures.pattern(30, 26, k));
    }
    EvalCase data = new EvalCase("a", t2, List.of(), 1, 1, PhaseAxis.ROWS);
    assertEquals(List.of(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11), Protocol.slices(data, 0));
    assertEquals(Protocol.slices(data, 0), Protocol.slices(data, 11));
    // Numbers floor(5.5 / 3), floor(16.5 / 3), floor(27.5 / 3) = 1, 5, 9 of the eleven.
    assertEquals(List.of(1, 6, 10), Protocol.slices(data, 3));
    assertEquals(List.of(6), Protocol.slices(data, 1));
    assertEquals(List.of(2, 4, 5), Protocol.slices(data, 2, 5, 0));
    assertEquals(List.of(9, 10, 11), Protocol.slices(data, 9, Integer.MAX_VALUE, 0));
  }

  @Test
  void aMethodGetsTheSliceItsNeighboursAndTheReference() {
    List<Image2> t2 = List.of(Fixtures.pattern(53, 50, 0), Fixtures.pattern(53, 50, 1));
    List<Image2> t1 = List.of(Fixtures.pattern(53, 50, 2), Fixtures.pattern(53, 50, 3));
    EvalCase data = new EvalCase("a", t2, t1, 0.5, 0.6, PhaseAxis.ROWS);
    CaseSlice high = protocol(false).degrade(data, 1, 3.3);
    assertEquals(15, high.target().width());
    assertEquals(15, high.target().height());
    assertEquals(48, high.width());
    assertEquals(0.5, high.columnSpacing());
    assertEquals(0.6, high.rowSpacing());
    assertNull(high.next());
    float max = maximum(KSpace.centreCrop(t2.get(1), 24));
    Image2 previous = KSpace.degrade(KSpace.centreCrop(t2.get(0), 24), 15, 15);
    for (int i = 0; i < previous.values().length; i++) {
      assertEquals(previous.values()[i] / max, high.previous().values()[i], 1e-6);
    }
    assertEquals(48, high.reference().width());
    assertEquals(1, maximum(high.reference()), 1e-6);
    CaseSlice low = protocol(true).degrade(data, 1, 3.3);
    assertEquals(
        0, Fixtures.difference(KSpace.degrade(high.reference(), 15, 15), low.reference()), 1e-6);
  }

  @Test
  void aSliceWithoutAnyImageIsNoneOfTheCase() {
    EvalCase data = new EvalCase("a", List.of(new Image2(48, 48)), List.of(), 1, 1, PhaseAxis.ROWS);
    assertTrue(protocol(false).run(data).isEmpty());
  }

  @Test
  void anUnknownMethodIsNamed() {
    MethodRegistry registry = MethodRegistry.baselines();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> registry.open("fsrcnn"));
    assertEquals(
        "no such method: fsrcnn (there are nearest, bilinear, bicubic, lanczos, zf, gf-dc)",
        e.getMessage());
  }

  private static Protocol protocol(boolean low) {
    return new Protocol(new Protocol.Setting("T1", low, List.of(3.3), 0), Map.of(), () -> {});
  }

  private static float maximum(Image2 x) {
    float max = 0;
    for (float v : x.values()) {
      max = Math.max(max, v);
    }
    return max;
  }
}
