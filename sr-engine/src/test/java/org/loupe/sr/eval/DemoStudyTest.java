package org.loupe.sr.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiReader;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.StudyLoader;

/** The demo study as shipped, against the truth that is kept beside it. */
class DemoStudyTest {

  private static final Path ASSETS = Path.of(System.getProperty("loupe.home"), "assets");

  /** The numbers are those of pydicom, numpy and scipy on the same files. */
  @Test
  void baselinesOnTheDemoStudyAreAsInNumpy() throws IOException {
    Loaded loaded = new StudyLoader().load(List.of(ASSETS.resolve("demo/study")), Progress.NONE);
    assertEquals(List.of(), loaded.problems());
    List<Series> series = loaded.studies().get(0).series();
    Volume t2 = volume(series, Contrast.T2);
    Volume truth = NiftiReader.read(ASSETS.resolve("demo-truth/T2.nii.gz")).toVolume();
    assertEquals(11, truth.depth());
    assertEquals(33.043, mean("zf", t2, truth, volume(series, Contrast.PD)), 0.005);
    assertEquals(33.932, mean("gf-dc", t2, truth, volume(series, Contrast.PD)), 0.005);
    assertEquals(33.537, mean("gf-dc", t2, truth, volume(series, Contrast.T1)), 0.005);
  }

  private static Volume volume(List<Series> series, Contrast contrast) {
    return series.stream()
        .filter(s -> s.contrast() == contrast)
        .map(Series::volume)
        .findFirst()
        .orElseThrow();
  }

  /** Mean PSNR over the slices of the truth, each found in the study by its patient position. */
  private static double mean(String method, Volume t2, Volume truth, Volume reference)
      throws IOException {
    double sum = 0;
    try (UpscaleMethod m = MethodRegistry.baselines().open(method)) {
      for (int i = 0; i < truth.depth(); i++) {
        int k = t2.nearestSlice(truth.plane(i).centre());
        assertEquals(0, t2.plane(k).distance(truth.plane(i).origin()), 1e-3);
        Image2 x = truth.slice(i);
        float max = Protocol.maximum(x);
        Image2 guide = reference.slice(reference.nearestSlice(truth.plane(i).centre()));
        CaseSlice slice =
            new CaseSlice(
                Protocol.divided(t2.slice(k), max),
                null,
                null,
                Protocol.divided(guide, Protocol.maximum(guide)),
                x.width(),
                x.height(),
                truth.plane(i).columnSpacing(),
                truth.plane(i).rowSpacing(),
                PhaseAxis.usual(truth.plane(i)),
                2.5);
        sum += Metrics.psnr(m.upscale(slice), Protocol.divided(x, max));
      }
    }
    return sum / truth.depth();
  }
}
