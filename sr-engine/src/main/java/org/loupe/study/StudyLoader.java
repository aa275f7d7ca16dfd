package org.loupe.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.HeaderReader;
import org.loupe.image.Contrast;
import org.loupe.nifti.NiftiHeader;
import org.loupe.nifti.NiftiReader;

/**
 * Opens whatever paths hold: folders (all the way down), single files and zip archives, DICOM and
 * NIfTI mixed. A broken file becomes a {@link Problem} and the rest opens; files that are no images
 * are passed over.
 *
 * <p>Files are read on a few threads of its own; {@link Progress} is called on the calling thread.
 */
public final class StudyLoader {

  /** Pixels that are kept; those of files beyond are read when they are shown. Part of the heap. */
  private static final double KEPT = 0.4;

  private static final DicomReader DICOM = DicomReader.builtIn();

  private final long maxExpanded;
  private final long maxKept;

  public StudyLoader() {
    this(SourceFiles.MAX_EXPANDED, (long) (KEPT * Runtime.getRuntime().maxMemory()));
  }

  /**
   * A loader with other limits.
   *
   * @param maxExpanded what one archive may expand to, bytes
   * @param maxKept pixels that are kept in memory, bytes; of archives all are
   */
  StudyLoader(long maxExpanded, long maxKept) {
    this.maxExpanded = maxExpanded;
    this.maxKept = maxKept;
  }

  /**
   * Opens paths. Blocks; meant for a background thread.
   *
   * @throws CancellationException when progress says so, or the thread is interrupted
   */
  public Loaded load(List<Path> paths, Progress progress) {
    return read(paths, progress, new AtomicLong(maxKept)).loaded();
  }

  /**
   * Lists paths by the headers of their files, with DICOM objects that are no images; pixels are
   * read when they are asked for. Blocks; meant for a background thread.
   *
   * @throws CancellationException when progress says so, or the thread is interrupted
   */
  public StudyIndex index(List<Path> paths, Progress progress) {
    return read(paths, progress, new AtomicLong(0));
  }

  /**
   * Reads paths.
   *
   * @param room bytes of pixels that may still be kept
   */
  private StudyIndex read(List<Path> paths, Progress progress, AtomicLong room) {
    try (SourceFiles sources = new SourceFiles(maxExpanded)) {
      for (Path path : paths) {
        sources.add(path, progress);
      }
      List<DicomObject> others = new ArrayList<>();
      List<Problem> problems = new ArrayList<>(sources.problems());
      List<Problem> leftOut = new ArrayList<>();
      List<Opened> opened = readAll(sources.files(), progress, room);
      Map<String, List<Opened>> niftiFolders = new LinkedHashMap<>();
      List<Frame> frames = new ArrayList<>();
      for (Opened file : opened) {
        if (file.problem() != null) {
          problems.add(file.problem());
        } else if (file.leftOut() != null) {
          leftOut.add(file.leftOut());
        } else if (file.nifti() != null) {
          niftiFolders
              .computeIfAbsent(file.source().folder(), folder -> new ArrayList<>())
              .add(file);
        } else if (file.other() != null) {
          others.add(file.other());
        } else {
          frames.addAll(file.frames());
        }
      }
      List<Study> studies = new ArrayList<>(DicomStudies.assemble(frames));
      niftiFolders.forEach((folder, files) -> studies.add(niftiStudy(folder, files)));
      return new StudyIndex(new Loaded(studies, problems, leftOut), others);
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

  /** What one file gave: a series of its own, frames of several, a reason, or nothing at all. */
  private record Opened(
      SourceFile source,
      Series nifti,
      List<Frame> frames,
      DicomObject other,
      Problem problem,
      Problem leftOut) {}

  private List<Opened> readAll(List<SourceFile> files, Progress progress, AtomicLong room) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("read-", 0).factory());
    try {
      ExecutorCompletionService<Opened> done = new ExecutorCompletionService<>(pool);
      List<Future<Opened>> futures = new ArrayList<>();
      for (SourceFile file : files) {
        futures.add(done.submit(() -> read(file, files.size() == 1, room)));
      }
      for (int n = 0; n < files.size(); ) {
        SourceFiles.checkCancelled(progress);
        Future<Opened> next = done.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          n++;
          String what =
              next.state() == Future.State.SUCCESS ? next.resultNow().source().name() : "";
          progress.report(n, files.size(), what);
        }
      }
      List<Opened> opened = new ArrayList<>();
      for (int n = 0; n < files.size(); n++) {
        opened.add(result(files.get(n), futures.get(n)));
      }
      return opened;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("loading was interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Opened result(SourceFile file, Future<Opened> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      String reason =
          e.getCause() instanceof OutOfMemoryError
              ? "not enough memory to open it"
              : "it cannot be read (" + e.getCause() + ")";
      return problem(file, reason);
    }
  }

  private static Opened read(SourceFile file, boolean alone, AtomicLong room) {
    try {
      if (FileKind.isNiftiName(file.fileName())) {
        return readNifti(file, alone);
      }
      if (DICOM.looksLikeDicom(start(file))) {
        return room.get() > 0 || file.path() == null
            ? readDicom(file, room)
            : readHeader(file, file.path());
      }
      if (file.asked() || FileKind.promisesImage(file.fileName())) {
        return problem(file, "neither DICOM nor NIfTI");
      }
      return new Opened(file, null, List.of(), null, null, null);
    } catch (IOException e) {
      return problem(file, SourceFiles.reason(e));
    }
  }

  private static byte[] start(SourceFile file) throws IOException {
    try (InputStream in = file.opener().open()) {
      return in.readNBytes(132);
    }
  }

  private static byte[] all(SourceFile file) throws IOException {
    try (InputStream in = file.opener().open()) {
      return in.readAllBytes();
    }
  }

  private static Opened readDicom(SourceFile file, AtomicLong room) throws IOException {
    DicomFile dicom = DICOM.read(all(file));
    if (!FrameReader.isImage(dicom)) {
      return other(file, dicom);
    }
    List<Frame> frames = FrameReader.read(dicom);
    for (Frame frame : frames) {
      room.addAndGet(-4L * frame.plane().columns() * frame.plane().rows());
    }
    return new Opened(file, null, frames, null, null, null);
  }

  private static Opened readHeader(SourceFile file, Path path) throws IOException {
    LaterPixels later = new LaterPixels(path);
    DicomFile header;
    try (InputStream in = file.opener().open()) {
      header = HeaderReader.read(in);
    }
    if (!FrameReader.isImage(header)) {
      return other(file, header);
    }
    List<Frame> frames = later.frames(FrameReader.index(header));
    return new Opened(file, null, frames, null, null, null);
  }

  private static Opened other(SourceFile file, DicomFile dicom) {
    DicomObject other = DicomObject.of(file.name(), dicom);
    return new Opened(file, null, List.of(), other, null, null);
  }

  /** Label maps are passed over, unless one is all that was asked for. */
  private static Opened readNifti(SourceFile file, boolean alone) throws IOException {
    if (!alone && NiftiSeries.isLabelName(file.fileName())) {
      try (InputStream in = file.opener().open()) {
        NiftiHeader header = NiftiReader.readHeader(in);
        if (header.integral()) {
          String why = "a label map, not an image series";
          return new Opened(file, null, List.of(), null, null, new Problem(file.name(), why));
        }
      }
    }
    return new Opened(file, NiftiSeries.read(file), List.of(), null, null, null);
  }

  private static Opened problem(SourceFile file, String reason) {
    return new Opened(file, null, List.of(), null, new Problem(file.name(), reason), null);
  }

  private static Study niftiStudy(String folder, List<Opened> files) {
    List<Series> series = new ArrayList<>();
    files.forEach(file -> series.add(file.nifti()));
    series.sort(Comparator.comparing(Series::contrast).thenComparing(Series::description));
    String name = files.get(0).source().folderName();
    return new Study(NiftiSeries.identity(folder), "", name, "", series);
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
