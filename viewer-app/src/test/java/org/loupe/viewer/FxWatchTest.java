package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class FxWatchTest {

  @BeforeAll
  static void toolkit() throws Exception {
    FxToolkit.registerPrimaryStage();
  }

  @Test
  void aBlockedThreadIsNoticed() {
    FxWatch watch = FxWatch.start();
    try (watch) {
      // As long as it takes until an event has waited too long.
      WaitForAsyncUtils.waitForAsyncFx(
          20_000,
          () -> {
            while (watch.waitingMillis() < 2 * FxWatch.FELT_MILLIS) {
              Thread.onSpinWait();
            }
          });
    }
    assertTrue(watch.longestMillis() >= 2 * FxWatch.FELT_MILLIS, watch.longestMillis() + " ms");
    assertTrue(watch.felt() >= 1);
  }
}
