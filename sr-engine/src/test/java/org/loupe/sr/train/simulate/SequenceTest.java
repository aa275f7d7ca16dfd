package org.loupe.sr.train.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceTest {

  @Test
  void followsTheSignalEquations() {
    // 0.70 (1 - exp(-500 / 832)) exp(-12 / 79.6), by hand.
    assertEquals(0.27195, Sequence.spinEcho(500, 12).signal(Tissue.WHITE_MATTER), 1e-5);
    // 0.82 (1 - 2 exp(-800 / 1331) + exp(-2000 / 1331)) exp(-10 / 110), by hand.
    assertEquals(
        0.09440, Sequence.inversionRecovery(2000, 800, 10).signal(Tissue.GREY_MATTER), 1e-5);
  }

  @Test
  void contrastsAreThoseOfTheirNames() {
    assertTrue(signal(Acquisition.T2, Tissue.CSF) > signal(Acquisition.T2, Tissue.LESION));
    assertTrue(signal(Acquisition.T2, Tissue.LESION) > signal(Acquisition.T2, Tissue.GREY_MATTER));
    assertTrue(
        signal(Acquisition.T2, Tissue.GREY_MATTER) > signal(Acquisition.T2, Tissue.WHITE_MATTER));
    assertTrue(
        signal(Acquisition.PD, Tissue.GREY_MATTER) > signal(Acquisition.PD, Tissue.WHITE_MATTER));
    assertTrue(
        signal(Acquisition.T1, Tissue.WHITE_MATTER) > signal(Acquisition.T1, Tissue.GREY_MATTER));
    assertTrue(signal(Acquisition.T1, Tissue.GREY_MATTER) > signal(Acquisition.T1, Tissue.LESION));
    assertTrue(signal(Acquisition.T1, Tissue.LESION) > signal(Acquisition.T1, Tissue.CSF));
  }

  private static double signal(Acquisition a, Tissue t) {
    return a.sequence().signal(t);
  }
}
