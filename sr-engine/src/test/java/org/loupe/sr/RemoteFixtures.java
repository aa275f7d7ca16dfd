package org.loupe.sr;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Contrast;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.sr.remote.ServerSettings;
import org.loupe.study.Pairing;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.StudyLoader;

/** What tests of engines on servers share. */
final class RemoteFixtures {

  private RemoteFixtures() {}

  /** A slice of the demo study, with neighbours and PD. */
  static SliceInput slice() throws IOException {
    Path demo = Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");
    List<Path> files = new ArrayList<>();
    for (String series : List.of("T2", "PD")) {
      for (int n = 10; n <= 12; n++) {
        files.add(demo.resolve(series).resolve("IM%04d.dcm".formatted(n)));
      }
    }
    List<Series> all = new StudyLoader().load(files, Progress.NONE).allSeries();
    Series t2 = StudyLoader.ofContrast(all, Contrast.T2).orElseThrow();
    Series pd = StudyLoader.ofContrast(all, Contrast.PD).orElseThrow();
    return Pairing.pair(t2, 1, pd, false, null).input();
  }

  static ServerSettings settings(URI address, String token, Path authority) {
    return new ServerSettings(
        address, token, authority, Duration.ofSeconds(5), Duration.ofSeconds(60), 2);
  }

  static Image2 upscaled(SuperResolver engine, SliceInput slice) {
    try (SliceFeatures features = engine.prepare(slice)) {
      return engine.upscale(features, 204, 240, true);
    }
  }

  /** Largest difference over the largest value. */
  static double relativeDifference(Image2 expected, Image2 actual) {
    double largest = 0;
    for (float value : expected.values()) {
      largest = Math.max(largest, value);
    }
    return Fixtures.difference(expected, actual) / largest;
  }
}
