package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PerfTest {

  @Test
  void framesThatTakeLongerThanASixtiethMissOthers() {
    assertEquals(0, Perf.dropped(List.of(3.0, 16.6)));
    assertEquals(1 + 2, Perf.dropped(List.of(17.0, 16.0, 40.0)));
  }

  @Test
  void medianAndPercentileAreTakenOfTheSortedTimes() {
    List<Double> times = new java.util.ArrayList<>();
    for (int i = 100; i >= 0; i--) {
      times.add((double) i);
    }
    assertEquals(50, Perf.spread(times).get("median"));
    assertEquals(95, Perf.spread(times).get("p95"));
  }
}
