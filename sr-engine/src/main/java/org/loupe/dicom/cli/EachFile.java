package org.loupe.dicom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.image.AtomicFile;
import org.loupe.sr.cli.ExitStatus;

/**
 * Does one thing with each of some files and writes what it gives into a folder. A file that cannot
 * be read gives NAME.error with one line that says why, and the rest goes on.
 */
final class EachFile {

  private static final Set<String> ENDINGS = Set.of("dcm", "dic", "dicom", "ima");

  /** Writes the results of one file. */
  @FunctionalInterface
  interface Work {
    /**
     * Writes NAME.* into the folder.
     *
     * @param stem path of the results but for the ending
     */
    void apply(DicomFile file, String stem) throws IOException;
  }

  private EachFile() {}

  /**
   * Returns the exit status: unreadable input where any file was not read whole.
   *
   * @param paths files, and folders for all files in them
   */
  static int run(List<Path> paths, Path out, PrintWriter err, Work work) throws IOException {
    Files.createDirectories(out);
    List<Path> files = files(paths);
    Set<String> names = new HashSet<>();
    int failures = 0;
    String first = "";
    for (Path file : files) {
      String stem = out.resolve(name(file, names)).toString();
      String error = attempt(file, stem, work);
      if (error.isEmpty()) {
        Files.deleteIfExists(Path.of(stem + ".error"));
        continue;
      }
      failures++;
      first = first.isEmpty() ? file.getFileName() + ": " + error : first;
      byte[] line = (error + "\n").getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(Path.of(stem + ".error"), line);
    }
    if (failures == 0) {
      return ExitStatus.DONE;
    }
    err.printf("loupe: %d of %d files not read: %s%n", failures, files.size(), first);
    err.flush();
    return ExitStatus.UNREADABLE_INPUT;
  }

  /** Returns what went wrong, in one line; nothing where all went well. */
  private static String attempt(Path path, String stem, Work work) {
    try {
      DicomFile file = DicomReader.configured().read(Files.readAllBytes(path));
      work.apply(file, stem);
      return file.damage();
    } catch (NoSuchFileException e) {
      return "no such file";
    } catch (DicomException e) {
      return e.getMessage().replaceAll("\\s*\\R\\s*", "; ");
    } catch (IOException e) {
      return "it cannot be read: " + e.getMessage();
    } catch (OutOfMemoryError e) {
      return "not enough memory to open it";
    } catch (RuntimeException e) {
      // Whatever a hostile file provokes, the rest goes on.
      return "broken: it cannot be decoded (%s)".formatted(e);
    }
  }

  /** Files, and all files of folders. */
  static List<Path> files(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.walk(path)) {
          inside.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
      } else {
        files.add(path);
      }
    }
    return files;
  }

  /** The file's name without an ending of DICOM files; numbered where it is taken. */
  private static String name(Path file, Set<String> names) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    if (dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
      name = name.substring(0, dot);
    }
    String free = name;
    for (int n = 2; !names.add(free); n++) {
      free = name + "-" + n;
    }
    return free;
  }
}
