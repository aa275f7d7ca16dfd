package org.loupe.sr.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Statistics;

/** The two measurements on methods whose answers are known. */
class LesionAndNoiseTest {

  private static final int SIDE = 120;
  private static final List<Double> SCALES = List.of(2.0, 3.0);

  /** A disc of white matter of 400 in T2 and 900 in the reference, in fluid. */
  private static LabelledCase data() {
    List<Image2> target = new ArrayList<>();
    List<Image2> reference = new ArrayList<>();
    List<Image2> labels = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      target.add(new Image2(SIDE, SIDE));
      reference.add(new Image2(SIDE, SIDE));
      labels.add(new Image2(SIDE, SIDE));
      for (int i = 0; i < SIDE * SIDE; i++) {
        double distance = Math.hypot(i % SIDE - 60, i / SIDE - 60);
        target.get(k).values()[i] = distance < 40 ? 400 : distance < 50 ? 1000 : 0;
        reference.get(k).values()[i] = distance < 40 ? 900 : distance < 50 ? 300 : 0;
        labels.get(k).values()[i] = distance < 40 ? 3 : distance < 50 ? 1 : 0;
      }
    }
    EvalCase disc = new EvalCase("disc", target, reference, 0.8, 0.8, PhaseAxis.COLUMNS);
    return new LabelledCase("T1", disc, labels, 3);
  }

  private static LeakReport leak(UpscaleMethod method, long seed) {
    LeakMeter test = new LeakMeter(method, SCALES, 1, seed);
    test.add(data());
    return test.report();
  }

  @Test
  void zeroFillingKeepsWhatItsBandHoldsAndLeaksNothing() {
    LeakReport report = leak(Baselines::zeroFill, 1);
    assertEquals(5, report.lesions());
    assertEquals(10, report.groups().size());
    assertEquals(0, report.leaked(), 1e-6);
    assertEquals(report.keptByZeroFilling(), report.kept(), 1e-9);
    for (LeakReport.Group g : report.groups()) {
      assertEquals(1, g.lesions());
      assertTrue(g.kept() > 0.2 && g.kept() < 1.05, g.toString());
    }
    assertTrue(of(report, 2, 8).kept() > 0.95, report.toString());
    assertTrue(of(report, 3, 2).kept() < of(report, 2, 2).kept(), report.toString());
  }

  /** A method that knows the truth keeps everything; that of the reference, it takes over. */
  @Test
  void knownAnswersAreMeasured() {
    LabelledCase data = data();
    double gain =
        Statistics.normal(data.data().target().get(1))
            / 1000
            / (Statistics.normal(data.data().reference().get(1)) / 900);
    UpscaleMethod copier =
        s -> {
          Image2 base = Baselines.zeroFill(s);
          float[] values = base.values().clone();
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) (0.25 * gain * s.reference().values()[i]);
          }
          return new Image2(values, base.width(), base.height());
        };
    LeakReport report = leak(copier, 1);
    // Bright lesions of the reference may raise its maximum, by which slices are divided.
    assertTrue(report.leaked() > 0.15 && report.leaked() < 0.3, report.toString());
  }

  @Test
  void seedsDecide() {
    assertEquals(leak(Baselines::zeroFill, 5), leak(Baselines::zeroFill, 5));
    assertNotEquals(leak(Baselines::zeroFill, 5).kept(), leak(Baselines::zeroFill, 6).kept());
  }

  @Test
  void lesionsLieInWhiteMatterApartFromEachOther() {
    LabelledCase data = data();
    List<SyntheticLesion> placed = SyntheticLesion.place(data, 1, new Random(3));
    assertEquals(SyntheticLesion.DIAMETERS.size(), placed.size());
    int bright = 0;
    for (SyntheticLesion lesion : placed) {
      bright += lesion.sign() > 0 ? 1 : 0;
      double edge = Math.hypot(lesion.column() - 60, lesion.row() - 60) + lesion.diameter() / 1.6;
      assertTrue(edge < 42, lesion.toString());
      for (SyntheticLesion other : placed) {
        double distance =
            0.8 * Math.hypot(lesion.column() - other.column(), lesion.row() - other.row());
        assertTrue(
            lesion.equals(other) || distance > 6 + (lesion.diameter() + other.diameter()) / 2,
            lesion + " " + other);
      }
    }
    assertTrue(bright == 2 || bright == 3, bright + " bright");
    Image2 profile = new SyntheticLesion(60, 60, 4, 1).profile(data, SIDE, SIDE, 0);
    assertEquals(1, profile.at(60, 60));
    assertEquals(0.5, (profile.at(62, 60) + profile.at(63, 60)) / 2, 1e-3);
    assertEquals(0, profile.at(64, 60));
    assertEquals(0, new SyntheticLesion(60, 60, 4, 1).profile(data, SIDE, SIDE, 3).at(60, 60));
  }

  @Test
  void noiseOfKnownMethodsIsMeasured() {
    UpscaleMethod bicubic = Baselines.ALL.get("bicubic");
    UpscaleMethod doubled =
        s -> {
          Image2 image = bicubic.upscale(s);
          float[] values = image.values().clone();
          for (int i = 0; i < values.length; i++) {
            values[i] *= 2;
          }
          return new Image2(values, image.width(), image.height());
        };
    NoiseReport report = noise(doubled);
    assertEquals(4, report.ratio(), 1e-3);
    assertEquals(4, report.groups().size());
    // Zero filling lets all of the noise through, bicubic interpolation smooths it.
    assertTrue(report.zeroFilling() > 1.1 && report.zeroFilling() < 2, report.toString());
    assertEquals(noise(doubled), report);
    assertEquals(report.zeroFilling(), noise(Baselines::zeroFill).ratio(), 1e-9);
    assertEquals(0, noise(s -> new Image2(s.width(), s.height())).ratio());
  }

  private static NoiseReport noise(UpscaleMethod method) {
    NoiseMeter test = new NoiseMeter(method, SCALES, List.of(20.0, 60.0), 1, 9);
    test.add(data());
    return test.report();
  }

  private static LeakReport.Group of(LeakReport report, double scale, double diameter) {
    return report.groups().stream()
        .filter(g -> g.scale() == scale && g.diameter() == diameter)
        .findFirst()
        .orElseThrow();
  }
}
