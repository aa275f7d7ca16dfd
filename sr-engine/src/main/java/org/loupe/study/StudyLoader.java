package org.loupe.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.loupe.image.Contrast;
import org.loupe.image.SliceCache;

/**
 * Opens whatever paths hold: folders (all the way down), single files and zip archives, DICOM and
 * NIfTI mixed. A broken file becomes a {@link Problem} and the rest opens; files that are no images
 * are passed over.
 *
 * <p>Files are read on a few threads of its own; {@link Progress} is called on the calling thread.
 */
public final class StudyLoader {

  /** Pixels that are read at once; those of files beyond are read when asked for. Of the heap. */
  private static final double KEPT = 0.4;

  /** Slices that were read when they were asked for and are kept, of one opening: of the heap. */
  private static final double CACHED = 0.25;

  private static final long MOST_CACHED = 1L << 30;

  private final long maxExpanded;
  private final long maxKept;
  private final LongSupplier clock;

  public StudyLoader() {
    this(SourceFiles.MAX_EXPANDED, (long) (KEPT * Runtime.getRuntime().maxMemory()));
  }

  /**
   * A loader with other limits.
   *
   * @param maxExpanded what one archive may expand to, bytes
   * @param maxKept pixels that are read at once, bytes
   */
  StudyLoader(long maxExpanded, long maxKept) {
    this(maxExpanded, maxKept, System::nanoTime);
  }

  /**
   * A loader by another clock.
   *
   * @param clock nanoseconds, rising
   */
  StudyLoader(long maxExpanded, long maxKept, LongSupplier clock) {
    this.maxExpanded = maxExpanded;
    this.maxKept = maxKept;
    this.clock = clock;
  }

  /**
   * Opens paths with their pixels. Blocks; meant for a background thread.
   *
   * @throws CancellationException when progress says so, or the thread is interrupted
   */
  public Loaded load(List<Path> paths, Progress progress) {
    return read(paths, progress, maxKept, soFar -> {}, (size, series) -> false).loaded();
  }

  /**
   * Opens paths by the headers of their files and says what there is so far while it goes on:
   * series grow, and may fall into parts as more of their slices come. Pixels are read when they
   * are asked for, and those used last are kept, up to a quarter of the heap and 1 GB. Blocks;
   * meant for a background thread.
   *
   * @param soFar takes what there is so far, on the calling thread
   * @throws CancellationException when progress says so, or the thread is interrupted
   */
  public Loaded open(List<Path> paths, Progress progress, Consumer<Loaded> soFar) {
    return read(paths, progress, 0, soFar, new Pace(clock)::due).loaded();
  }

  /**
   * Lists paths by the headers of their files, with DICOM objects that are no images; pixels are
   * read when they are asked for. Blocks; meant for a background thread.
   *
   * @throws CancellationException when progress says so, or the thread is interrupted
   */
  public StudyIndex index(List<Path> paths, Progress progress) {
    return read(paths, progress, 0, soFar -> {}, (size, series) -> false);
  }

  /**
   * Reads the slices of what was {@link #open opened} before they are asked for, if all of them are
   * kept. Blocks; meant for a background thread.
   *
   * @param series the series of an opening, turned or not
   * @param stopped asked before each slice
   */
  public static void readAhead(List<Series> series, BooleanSupplier stopped) {
    long bytes = 0;
    for (Series s : series) {
      bytes += 4L * s.volume().columns() * s.volume().rows() * s.volume().depth();
    }
    if (bytes > cached()) {
      return;
    }
    for (Series s : series) {
      for (int k = 0; k < s.volume().depth(); k++) {
        if (stopped.getAsBoolean()) {
          return;
        }
        try {
          s.volume().slice(k);
        } catch (UncheckedIOException e) {
          return; // whoever shows the slice says why
        }
      }
    }
  }

  /** Bytes of slices that one opening keeps. */
  private static long cached() {
    return (long) Math.min(MOST_CACHED, CACHED * Runtime.getRuntime().maxMemory());
  }

  /** Whether to show what there is so far, see {@link Pace#due}. */
  @FunctionalInterface
  private interface Showing {
    boolean due(int size, int series);
  }

  /**
   * Reads paths.
   *
   * @param room bytes of pixels that are read at once
   */
  private StudyIndex read(
      List<Path> paths, Progress progress, long room, Consumer<Loaded> soFar, Showing showing) {
    try (SourceFiles sources = new SourceFiles(maxExpanded);
        Reading reading = new Reading()) {
      for (Path path : paths) {
        sources.add(path, progress);
      }
      Assembly assembly = new Assembly(sources.problems(), new SliceCache(cached()));
      List<SourceFile> files = sources.files();
      reading.all(
          files,
          new SourceReader(room, files.size() == 1),
          progress,
          file -> {
            assembly.add(file);
            if (showing.due(assembly.size(), assembly.seriesMet())) {
              soFar.accept(assembly.loaded());
            }
          });
      return assembly.index();
    }
  }

  /**
   * The one series of a file or folder, for a command line.
   *
   * @param contrast which to take where there are several; null to insist on a single one
   * @throws IOException saying what is wrong: nothing readable, or not exactly one such series
   */
  public Series loadSeries(Path path, Contrast contrast) throws IOException {
    Loaded loaded = load(List.of(path), Progress.NONE);
    List<Series> all = loaded.allSeries();
    if (all.isEmpty()) {
      String why =
          loaded.problems().isEmpty()
              ? "no MR images in it"
              : loaded.problems().get(0).source() + ": " + loaded.problems().get(0).reason();
      throw new IOException(path + ": " + why);
    }
    if (all.size() == 1 && contrast == null) {
      return all.get(0);
    }
    List<Series> fitting =
        all.stream().filter(s -> contrast == null || s.contrast() == contrast).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    StringBuilder names = new StringBuilder();
    for (Series s : fitting.isEmpty() ? all : fitting) {
      names.append(names.isEmpty() ? "" : ", ").append(s.description());
      names.append(" (").append(s.contrast()).append(')');
    }
    String what = contrast == null ? "series" : contrast + " series";
    throw new IOException(
        fitting.isEmpty()
            ? "%s: no %s in it, only %s".formatted(path, what, names)
            : "%s: %d %s in it: %s".formatted(path, fitting.size(), what, names));
  }

  /** The series of a contrast, the one with most slices first. */
  public static Optional<Series> ofContrast(List<Series> series, Contrast contrast) {
    return series.stream()
        .filter(s -> s.contrast() == contrast)
        .max(Comparator.comparingInt(s -> s.volume().depth()));
  }

  /** The series of the first of some contrasts that there is, see {@link #ofContrast}. */
  public static Optional<Series> firstOf(List<Series> series, List<Contrast> contrasts) {
    return contrasts.stream().flatMap(c -> ofContrast(series, c).stream()).findFirst();
  }
}
