package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.Fixtures;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomJson;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.HeaderReader;
import org.loupe.dicom.Overlay;
import org.loupe.dicom.PixelData;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.SegmentationHeader;
import org.loupe.nifti.NiftiReader;

/**
 * Broken files, made of the fixtures: every reader answers or throws its own exception, in bounded
 * time and memory. {@code -Dloupe.fuzz=200000} tries more of them, {@code -Dloupe.fuzz.first=N}
 * begins with another one.
 */
class ReaderFuzzTest {

  private static final int COUNT = Integer.getInteger("loupe.fuzz", 5000);
  private static final int FIRST = Integer.getInteger("loupe.fuzz.first", 0);

  /** A mutant that takes longer hangs. */
  private static final int MOST_CPU_SECONDS = 15;

  private static final int MOST_SECONDS = 600;

  /** What one reader may allocate for a file of a few kilobytes. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int MOST_FAILURES = 20;

  /** Files that a folder holds when it is opened. */
  private static final int FOLDER = 50;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @TempDir Path folder;

  private int folders;

  private final List<String> failures = new ArrayList<>();

  /** What is being tried, for the message when it hangs. */
  private volatile String trying = "";

  private final AtomicLong tried = new AtomicLong();

  /** Something that may throw what readers throw. */
  private interface Reading {
    void run() throws IOException;
  }

  @Test
  void readersSurviveBrokenFiles() throws Exception {
    Mutations mutations = new Mutations(seeds());
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("fuzz").factory());
    try {
      Future<?> work = thread.submit(() -> all(mutations));
      watch(work);
      work.get();
      assertEquals("", String.join("\n", failures));
    } catch (ExecutionException e) {
      throw new AssertionError(trying + ": " + e.getCause().getMessage(), e.getCause());
    } finally {
      thread.shutdownNow();
    }
  }

  /**
   * Fails where much time has gone into a single mutant: by the processor, as machines are busy.
   */
  private void watch(Future<?> work) throws InterruptedException, ExecutionException {
    long before = -1;
    long start = 0;
    int waited = 0;
    while (!work.isDone()) {
      if (tried.get() != before) {
        before = tried.get();
        start = PROCESS.getProcessCpuTime();
        waited = 0;
      }
      boolean stuck = waited > MOST_SECONDS;
      boolean busy = PROCESS.getProcessCpuTime() - start > 1_000_000_000L * MOST_CPU_SECONDS;
      assertFalse(stuck || busy, () -> trying + " takes too long");
      try {
        work.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        waited++;
      }
    }
  }

  private Void all(Mutations mutations) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int n = FIRST; n < FIRST + COUNT; n++) {
      Mutations.Mutant mutant = mutations.mutant(n);
      String name = "mutant %d of %s".formatted(n, mutant.seed());
      byte[] bytes = mutant.bytes();
      boolean nifti = FileKind.isNiftiName(mutant.seed());
      if (nifti) {
        attempt(name + ", NIfTI", () -> NiftiReader.read(new ByteArrayInputStream(bytes)));
      } else {
        dicom(name, bytes);
      }
      Path file = folder.resolve(n + mutant.seed().replaceAll(".*/", "-"));
      Files.write(file, bytes);
      files.add(file);
      if (files.size() == FOLDER || n == FIRST + COUNT - 1) {
        open("the folder up to mutant " + n);
        for (Path written : files) {
          Files.delete(written);
        }
        files.clear();
      }
    }
    return null;
  }

  private void dicom(String name, byte[] bytes) {
    attempt(name + ", header", () -> HeaderReader.find(new ByteArrayInputStream(bytes)));
    DicomFile[] read = new DicomFile[1];
    attempt(name + ", read", () -> read[0] = DicomReader.configured().read(bytes));
    DicomFile file = read[0];
    if (file == null) {
      return;
    }
    attempt(name + ", dump", () -> DicomJson.of(file.dataset()));
    attempt(
        name + ", pixels",
        () -> {
          PixelData pixels = new PixelData(file);
          for (int k = 0; k < Math.min(3, pixels.frames()); k++) {
            pixels.stored(k);
          }
        });
    attempt(name + ", frames", () -> FrameReader.read(file));
    attempt(name + ", overlays", () -> Overlay.read(file));
    attempt(
        name + ", segmentation",
        () -> {
          if (Segmentation.is(file)) {
            Segmentation.read(file).labels();
          }
        });
    attempt(
        name + ", segments",
        () -> {
          if (Segmentation.is(file)) {
            SegmentationHeader header = SegmentationHeader.of(file);
            for (SegmentationHeader.Place place : header.frames().stream().limit(3).toList()) {
              Segmentation.mask(file, place.frame());
            }
          }
        });
    attempt(name + ", object", () -> DicomObject.of(name, file));
  }

  /** Runs a reader: only its own exception may come out, and not much memory may go in. */
  private void attempt(String what, Reading reading) {
    trying = what;
    tried.incrementAndGet();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reading.run();
    } catch (DicomException e) {
      require(!e.getMessage().isBlank() && !e.getMessage().contains("\n"), what, e);
    } catch (IOException e) {
      require(what.endsWith("NIfTI") && e.getMessage() != null, what, e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      require(false, what, e);
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    require(bytes < MOST_BYTES, what, (bytes >> 20) + " MB");
  }

  private void require(boolean condition, String what, Object otherwise) {
    if (!condition && failures.size() < MOST_FAILURES) {
      StackTraceElement[] trace =
          otherwise instanceof Throwable t ? t.getStackTrace() : new StackTraceElement[0];
      failures.add(what + ": " + otherwise + (trace.length == 0 ? "" : " at " + trace[0]));
    }
  }

  /** Opens all files that are there, by their headers; some folders with their pixels too. */
  private void open(String what) {
    trying = what;
    List<Loaded> opened = new ArrayList<>();
    opened.add(new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {}));
    if (folders++ % 10 == 0) {
      opened.add(new StudyLoader().load(List.of(folder), Progress.NONE));
    }
    for (Loaded loaded : opened) {
      for (Problem problem : loaded.problems()) {
        // How Reading tells of what is no checked exception, and of what is too large.
        boolean told = !problem.reason().matches("(it cannot be read \\(|.*not enough memory).*");
        require(told, what, problem);
      }
      for (Series series : loaded.allSeries()) {
        tried.incrementAndGet();
        try {
          series.volume().slice(series.volume().depth() / 2);
        } catch (UncheckedIOException e) {
          require(!e.getMessage().isBlank(), what, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
          require(false, what, e);
        }
      }
    }
  }

  /** The fixtures by name. */
  private static Map<String, byte[]> seeds() throws IOException, URISyntaxException {
    Map<String, byte[]> seeds = new TreeMap<>();
    for (String kind : List.of("dicom", "nifti")) {
      Fixtures.of(kind).forEach((name, bytes) -> seeds.put(kind + "/" + name, bytes));
    }
    assertTrue(seeds.size() > 100, seeds.size() + " seeds");
    return seeds;
  }
}
