package org.loupe.study;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.loupe.dicom.DicomDirectory;

/**
 * The files behind some paths: folders walked through, zip archives listed. Archives stay open
 * until this is closed; their entries are streamed, never extracted.
 */
final class SourceFiles implements Closeable {

  /** What one archive may expand to; more is taken for a zip bomb. */
  static final long MAX_EXPANDED = 16L << 30;

  private static final int MAX_ENTRIES = 200_000;

  private final long maxExpanded;
  private final List<SourceFile> files = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<ZipFile> archives = new ArrayList<>();

  SourceFiles(long maxExpanded) {
    this.maxExpanded = maxExpanded;
  }

  List<SourceFile> files() {
    return files;
  }

  /** Paths that could not be listed. */
  List<Problem> problems() {
    return problems;
  }

  void add(Path path, Progress progress) {
    Path absolute = path.toAbsolutePath().normalize();
    if (!Files.exists(absolute)) {
      problems.add(new Problem(path.toString(), "no such file or folder"));
    } else if (Files.isDirectory(absolute)) {
      addFolder(absolute, progress);
    } else if (DicomDirectory.isDirectory(absolute)) {
      addReferenced(absolute);
    } else {
      addFile(absolute, absolute.getFileName().toString(), true);
    }
  }

  /** A DICOMDIR stands for the files that it refers to. */
  private void addReferenced(Path directory) {
    try {
      for (Path file : DicomDirectory.files(directory)) {
        String name = directory.getParent().relativize(file).toString();
        if (Files.isRegularFile(file)) {
          addFile(file, name, false);
        } else {
          problems.add(new Problem(name, "no such file, but the DICOMDIR refers to it"));
        }
      }
    } catch (IOException e) {
      problems.add(new Problem(directory.getFileName().toString(), Problem.reason(e)));
    }
  }

  private void addFolder(Path root, Progress progress) {
    for (Path file : below(root, null, progress, problems)) {
      addFile(file, root.relativize(file).toString(), false);
    }
  }

  /**
   * The files below a folder, sorted, without hidden ones; links are followed.
   *
   * @param except a folder that is passed over; null for none
   * @param problems takes what cannot be listed
   */
  static List<Path> below(Path root, Path except, Progress progress, List<Problem> problems) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
              checkCancelled(progress);
              boolean hidden = !folder.equals(root) && isHidden(folder.getFileName().toString());
              progress.report(0, 0, folder.toString());
              return hidden || folder.equals(except)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
              if (a.isRegularFile() && !isHidden(file.getFileName().toString())) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              problems.add(new Problem(root.relativize(file).toString(), Problem.reason(e)));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      problems.add(new Problem(root.toString(), Problem.reason(e)));
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private void addFile(Path file, String name, boolean asked) {
    if (FileKind.isArchiveName(name)) {
      addArchive(file, name);
      return;
    }
    Path folder = file.getParent();
    Path folderName = folder.getFileName();
    SourceFile.Opener opener = () -> Files.newInputStream(file);
    files.add(
        new SourceFile(
            name,
            folder.toString(),
            folderName == null ? folder.toString() : folderName.toString(),
            file.getFileName().toString(),
            file,
            file,
            asked,
            opener,
            opener));
  }

  private void addArchive(Path file, String name) {
    ZipFile zip;
    try {
      zip = open(file);
    } catch (IOException e) {
      problems.add(new Problem(name, "not a readable zip archive: " + Problem.reason(e)));
      return;
    }
    archives.add(zip);
    if (zip.size() > MAX_ENTRIES) {
      problems.add(new Problem(name, "a zip archive of " + zip.size() + " entries is too large"));
      return;
    }
    AtomicLong expanded = new AtomicLong();
    List<ZipEntry> entries = new ArrayList<>();
    zip.stream().filter(e -> !e.isDirectory()).forEach(entries::add);
    entries.sort(Comparator.comparing(ZipEntry::getName));
    for (ZipEntry entry : entries) {
      String path = entry.getName().replace('\\', '/');
      String own = path.substring(path.lastIndexOf('/') + 1);
      String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
      String shown = name + " > " + path;
      if (isHidden(own) || folder.startsWith("__MACOSX")) {
        continue;
      }
      if (FileKind.isArchiveName(own)) {
        problems.add(new Problem(shown, "an archive inside an archive is not opened"));
        continue;
      }
      files.add(
          new SourceFile(
              shown,
              file + "!" + folder,
              folder.isEmpty() ? name : folder.substring(folder.lastIndexOf('/') + 1),
              own,
              null,
              file,
              false,
              () -> new Limited(zip.getInputStream(entry), expanded, maxExpanded),
              () -> entry(file, entry.getName())));
    }
  }

  /** An entry of an archive that is not open; it closes the archive with it. */
  private InputStream entry(Path file, String name) throws IOException {
    ZipFile zip = open(file);
    try {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new IOException("it is not in the archive any more");
      }
      return new FilterInputStream(
          new Limited(zip.getInputStream(entry), new AtomicLong(), maxExpanded)) {
        @Override
        public void close() throws IOException {
          zip.close(); // and what reads from it
        }
      };
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      // Names that are not UTF-8 come from older packers, which used the code page of DOS.
      Charset dos =
          Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;
      return new ZipFile(file.toFile(), dos);
    }
  }

  @Override
  public void close() {
    for (ZipFile archive : archives) {
      try {
        archive.close();
      } catch (IOException e) {
        problems.add(new Problem(archive.getName(), Problem.reason(e)));
      }
    }
  }

  static void checkCancelled(Progress progress) {
    if (progress.cancelled()) {
      throw new CancellationException("loading was cancelled");
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  /** Counts what all entries of one archive expand to. */
  private static final class Limited extends FilterInputStream {
    private final AtomicLong expanded;
    private final long limit;

    Limited(InputStream in, AtomicLong expanded, long limit) {
      super(in);
      this.expanded = expanded;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int n = super.read(b, off, len);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) throws IOException {
      if (expanded.addAndGet(n) > limit) {
        throw new IOException(
            "the archive expands to more than %d MB: not opened further".formatted(limit >> 20));
      }
    }
  }
}
