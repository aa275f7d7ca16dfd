package org.loupe.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class BackgroundTest {

  /** Field 19 of proc(5)'s stat; the second one, a name in brackets, may have spaces. */
  private static int nice() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  @Test
  void threadsGiveWayAndSoDoThoseTheyStart() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "skipped: not Linux");
    int usual = nice();
    try (ExecutorService background = Background.single("test")) {
      assertEquals(usual + 3, background.submit(BackgroundTest::nice).get());
      int inherited =
          background
              .submit(
                  () -> {
                    try (ForkJoinPool pool = new ForkJoinPool(1)) {
                      return pool.submit(BackgroundTest::nice).get();
                    }
                  })
              .get();
      assertEquals(usual + 3, inherited);
      int nested =
          background
              .submit(
                  () -> {
                    try (ExecutorService more = Background.single("nested")) {
                      return more.submit(BackgroundTest::nice).get();
                    }
                  })
              .get();
      assertEquals(usual + 3, nested);
    }
    assertEquals(usual, nice());
  }

  @Test
  void threadsHaveNamesAndDoNotKeepTheJvm() {
    ThreadFactory threads = Background.threads("read");
    assertEquals("read", threads.newThread(() -> {}).getName());
    Thread second = threads.newThread(() -> {});
    assertEquals("read-1", second.getName());
    assertTrue(second.isDaemon());
  }
}
