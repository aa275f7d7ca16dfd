package org.loupe.sr.train.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.Pixel;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.cli.SimulateCommand;
import org.loupe.sr.cli.SrCli;
import org.loupe.sr.eval.EvalCase;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.study.StudyLoader;

/** On a head of concentric spheres, above the height of plaques and perivascular spaces. */
class HeadSimulatorTest {

  /** RAS mm of the spheres' centre; slices from the top lie at 74, 69.6, 65.2. */
  private static final double[] CENTRE = {3, -15, 70};

  private static final int SIZE = 120;

  @TempDir private static Path folder;

  private static Path head;
  private static Path brain;
  private static HeadSimulator.Study study;

  @BeforeAll
  static void simulate() throws IOException {
    List<Image2> whole = new ArrayList<>();
    List<Image2> stripped = new ArrayList<>();
    for (int k = 0; k < SIZE; k++) {
      Image2 a = new Image2(SIZE, SIZE);
      Image2 b = new Image2(SIZE, SIZE);
      for (int j = 0; j < SIZE; j++) {
        for (int i = 0; i < SIZE; i++) {
          double r = Math.hypot(Math.hypot(i - 60, j - 60), k - 60);
          a.values()[j * SIZE + i] = t1Intensity(r);
          b.values()[j * SIZE + i] = r < 42 ? t1Intensity(r) : 0;
        }
      }
      whole.add(a);
      stripped.add(b);
    }
    double[][] affine = {
      {1, 0, 0, CENTRE[0] - 60}, {0, 1, 0, CENTRE[1] - 60}, {0, 0, 1, CENTRE[2] - 60}, {0, 0, 0, 1}
    };
    head = folder.resolve("head.nii.gz");
    brain = folder.resolve("brain.nii.gz");
    NiftiWriter.write(head, NiftiImage.of(whole, affine, 1));
    NiftiWriter.write(brain, NiftiImage.of(stripped, affine, 1));
    study = new HeadSimulator(head, brain, 7).run(2, done -> {});
  }

  /** White matter, grey matter, CSF, bone, fat, air from the inside out. */
  private static float t1Intensity(double r) {
    double[] radii = {30, 38, 42, 48, 54};
    float[] values = {120, 84, 29, 8, 150};
    for (int i = 0; i < radii.length; i++) {
      if (r < radii[i]) {
        return values[i];
      }
    }
    return 0;
  }

  @Test
  void tissuesHaveTheirSignals() {
    for (Acquisition a : List.of(Acquisition.PD, Acquisition.TRUTH)) {
      Volume v = a.equals(Acquisition.PD) ? study.pd() : study.truth();
      double white = ring(v, 5, 20);
      assertEquals(1, white / (a.gain() * a.sequence().signal(Tissue.WHITE_MATTER)), 0.25);
      assertEquals(
          a.sequence().signal(Tissue.GREY_MATTER) / a.sequence().signal(Tissue.WHITE_MATTER),
          ring(v, 33, 35.5) / white,
          0.1);
      assertEquals(
          a.sequence().signal(Tissue.CSF) / a.sequence().signal(Tissue.WHITE_MATTER),
          ring(v, 39.7, 40.3) / white,
          0.2);
      assertTrue(ring(v, 44, 46) < 0.15 * white, "bone " + ring(v, 44, 46));
    }
    assertTrue(ring(study.t1(), 5, 20) > 1.5 * ring(study.t1(), 33, 35.5));
  }

  /** Mean over the slice at 69.6 of the pixels whose distance from the centre lies between. */
  private static double ring(Volume v, double from, double to) {
    double sum = 0;
    int n = 0;
    for (int row = 0; row < v.rows(); row++) {
      for (int column = 0; column < v.columns(); column++) {
        Vec3 p = v.plane(0).toPatient(column, row);
        double r = Math.hypot(p.x() + CENTRE[0], p.y() + CENTRE[1]);
        if (r >= from && r < to) {
          sum += v.slice(0).at(column, row);
          n++;
        }
      }
    }
    return sum / n;
  }

  @Test
  void t2IsTheTruthAtLowResolutionWithRicianNoise() {
    Image2 low = KSpace.degrade(study.truth().slice(0), 136, 160);
    Image2 t2 = study.t2().slice(0);
    double sigma = Acquisition.T2.noise();
    // Inside white matter, where the signal is far above the noise.
    double squares = 0;
    int n = 0;
    for (int row = 62; row < 92; row++) {
      for (int column = 52; column < 80; column++) {
        double d = t2.at(column, row) - low.at(column, row);
        squares += d * d;
        n++;
      }
    }
    assertEquals(sigma, Math.sqrt(squares / n), 0.08 * sigma);
    // In air the magnitude of noise has the mean sqrt(pi / 2) sigma.
    double air = 0;
    for (int row = 0; row < 20; row++) {
      for (int column = 0; column < 136; column++) {
        air += t2.at(column, row) / (20 * 136.0);
      }
    }
    assertEquals(Math.sqrt(Math.PI / 2) * sigma, air, 0.05 * sigma);
  }

  @Test
  void seriesLieOnOneAnother() {
    assertEquals(2, study.t2().depth());
    assertEquals(74, study.t1().plane(1).origin().z(), 1e-9);
    assertEquals(69.6, study.t1().plane(0).origin().z(), 1e-9);
    assertEquals(0.56, study.pd().plane(0).columnSpacing(), 1e-9);
    assertEquals(1.4, study.t2().plane(0).rowSpacing(), 1e-9);
    // The head's middle at LPS (-3, 15) in both.
    Pixel high = study.pd().plane(0).toPixel(new Vec3(-CENTRE[0], -CENTRE[1], 69.6));
    Pixel low = study.t2().plane(0).toPixel(new Vec3(-CENTRE[0], -CENTRE[1], 69.6));
    assertEquals(high.column() * 0.4, low.column(), 1e-9);
    assertEquals(high.row() * 0.4, low.row(), 1e-9);
  }

  @Test
  void theSeedDecides() throws IOException {
    HeadSimulator.Study again = new HeadSimulator(head, brain, 7).run(1, done -> {});
    HeadSimulator.Study other = new HeadSimulator(head, brain, 8).run(1, done -> {});
    HeadSimulator.Study same = new HeadSimulator(head, brain, 7).run(1, done -> {});
    assertArrayEquals(again.t2().slice(0).values(), same.t2().slice(0).values());
    assertFalse(Arrays.equals(again.t2().slice(0).values(), other.t2().slice(0).values()));
  }

  @Test
  void theStudyOpensAsWritten() throws IOException {
    Path out = folder.resolve("study");
    DemoStudy.write(out, study, 7);
    Loaded loaded = new StudyLoader().load(List.of(out), Progress.NONE);
    assertEquals(List.of(), loaded.problems());
    assertEquals(1, loaded.studies().size());
    Study read = loaded.studies().get(0);
    assertTrue(read.patient().contains("Colin27"), read.patient());
    assertEquals(3, read.series().size());
    for (Series s : read.series()) {
      assertTrue(s.description().contains("SIMULATED"), s.description());
      assertTrue(s.sharesFrameWith(read.series().get(0)));
      Volume wanted =
          switch (s.contrast()) {
            case T1 -> study.t1();
            case PD -> study.pd();
            default -> study.t2();
          };
      assertTrue(s.contrast() != Contrast.OTHER && s.contrast() != Contrast.FLAIR);
      assertArrayEquals(wanted.slice(1).values(), s.volume().slice(1).values());
      assertEquals(0, wanted.plane(1).origin().minus(s.volume().plane(1).origin()).length(), 1e-6);
    }
    assertThrows(IOException.class, () -> DemoStudy.write(out, study, 7));
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(f -> f.getFileName().toString().startsWith(".part-")));
    }
  }

  @Test
  void commandWritesACaseOnOneGrid() throws IOException {
    Path cases = folder.resolve("cases");
    String[] inputs = {"--head", head.toString(), "--brain", brain.toString(), "--slices", "2"};
    String out = folder.resolve("beside").toString();
    assertEquals(0, run(inputs, "--out", out, "--case", cases.resolve("one").toString()));
    EvalCase written = EvalCase.load(cases.resolve("one"), "PD");
    assertEquals(2, written.target().size());
    assertEquals(study.truth().columns(), written.target().get(0).width());
    assertTrue(EvalCase.has(cases.resolve("one"), "T1"));
    assertEquals(2, run(inputs, "--out", out + "2", "--case", head.toString()));
  }

  @Test
  void commandWritesStudyAndTruthOrSaysWhyNot() {
    Path out = folder.resolve("made");
    Path truth = folder.resolve("truth.nii.gz");
    String[] inputs = {"--head", head.toString(), "--brain", brain.toString(), "--slices", "2"};
    assertEquals(0, run(inputs, "--out", out.toString(), "--truth", truth.toString()));
    assertTrue(Files.exists(out.resolve("T2/IM0002.dcm")));
    assertTrue(Files.exists(truth));
    assertEquals(2, run(inputs, "--out", out.toString()), "not empty");
    assertEquals(2, run(new String[0], "--out", out + "2", "--slices", "0"));
    assertEquals(3, run(new String[0], "--out", out + "2", "--head", folder + "/absent.nii.gz"));
    assertFalse(Files.exists(Path.of(out + "2")));
  }

  private static int run(String[] inputs, String... more) {
    List<String> all = new ArrayList<>(List.of(inputs));
    all.addAll(List.of(more));
    return SrCli.run(new SimulateCommand(), all.toArray(String[]::new));
  }
}
