package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.View;
import org.loupe.sr.model.ModelManifest;
import org.loupe.viewer.Texts;

class BadgeTest {

  private static final SlicePlane PLANE =
      new SlicePlane(new Vec3(0, 0, 0), new Vec3(1, 0, 0), new Vec3(0, 1, 0), 64, 64);

  private static ModelInfo trained(List<Double> scales) {
    return new ModelInfo(
        new ModelManifest(
            "m", "1", "", Map.of(), Map.of(), "T2", List.of(), scales, null, null, "", null, null),
        "CPU");
  }

  private static List<String> lines(double zoom, int acquiredColumns, ModelInfo model) {
    AcquiredGrid acquired = new AcquiredGrid(acquiredColumns, 64, 64, 64, "test");
    SrSubjects.Subject subject =
        new SrSubjects.Subject("key", () -> null, null, "alone", null, acquired, "");
    return Badge.of(
            new PaneGeometry(PLANE, new View(1 / zoom, 1 / zoom, 0, 0, 32, 32)),
            subject,
            new SrStatus(SrStatus.Phase.DONE, 1, ""),
            false,
            new PaneSettings(),
            model,
            null)
        .lines();
  }

  private static int beyond(double zoom, int acquiredColumns, List<Double> scales) {
    List<String> lines = lines(zoom, acquiredColumns, trained(scales));
    return (int) lines.stream().filter(Texts.of("badge.beyond", "4.2")::equals).count();
  }

  private static String headline(Comparison comparison, PicturePair pair) {
    PaneSettings settings = new PaneSettings();
    settings.comparisonProperty().set(comparison);
    settings.pairProperty().set(pair);
    SrSubjects.Subject subject =
        new SrSubjects.Subject("key", () -> null, null, "alone", null, null, "");
    PaneGeometry small = new PaneGeometry(PLANE, new View(2, 2, 0, 0, 32, 32));
    return Badge.of(small, subject, SrStatus.NONE, false, settings, trained(List.of()), null)
        .headline();
  }

  @Test
  void whatIsNotSuperResolvedIsNotNamedSo() {
    String plain = Texts.of("badge.interpolated", Texts.of("kernel.BICUBIC"));
    for (Comparison comparison : Comparison.values()) {
      assertEquals(plain, headline(comparison, PicturePair.DEFAULT));
      assertEquals(plain, headline(comparison, PicturePair.DEFAULT.swapped()));
    }
    // What is there can still be compared.
    assertEquals(
        "interpolated | other contrast",
        headline(Comparison.WIPE, new PicturePair(Picture.RESOLVED, Picture.OTHER)));
    assertEquals(
        "interpolated − acquired pixels",
        headline(Comparison.DIFFERENCE, new PicturePair(Picture.ACQUIRED, Picture.UNGUIDED)));
  }

  @Test
  void aZoomBeyondTheEnginesReachIsTold() {
    SlicePlane oblong =
        new SlicePlane(new Vec3(0, 0, 0), new Vec3(1, 0, 0), new Vec3(0, 2, 0), 64, 32);
    SrSubjects.Subject subject =
        new SrSubjects.Subject("key", () -> null, null, "alone", null, null, "");
    PaneGeometry close = new PaneGeometry(oblong, new View(0.1, 0.05, 0, 0, 32, 32));
    Badge badge =
        Badge.of(
            close, subject, SrStatus.NONE, false, new PaneSettings(), trained(List.of()), null);
    assertEquals(Badge.Tone.PLAIN, badge.tone());
    assertEquals(List.of("×10 × 20", Texts.of("badge.tooFar", "16")), badge.lines());
  }

  @Test
  void valuesKeepTheirDigitsHoweverSmall() {
    assertEquals("1234.57", Badge.number(1234.5678));
    assertEquals("-3", Badge.number(-3.001));
    assertEquals("0.13", Badge.number(0.1267));
    assertEquals("0.00123", Badge.number(0.0012345));
    assertEquals("-0.05", Badge.number(-0.05));
    assertEquals("7.10e-10", Badge.number(7.1e-10));
    assertEquals("0", Badge.number(0));
  }

  @Test
  void aFactorBeyondTheTrainingIsTold() {
    assertEquals(0, beyond(4.2, 64, List.of(1.1, 4.2)));
    assertEquals(1, beyond(4.3, 64, List.of(1.1, 4.2)));
    // What counts is what was acquired, not what the file holds.
    assertEquals(1, beyond(4, 48, List.of(1.1, 4.2)));
    assertEquals(0, beyond(12, 64, List.of()));
  }
}
