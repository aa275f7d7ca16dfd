package org.loupe.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.dicom.DicomDirectory;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.HeaderReader;
import org.loupe.dicom.Tag;

/**
 * Which files of an archive belong to one study, by the headers alone, so that studies can be
 * opened one after the other. Memory holds the paths and nothing else.
 *
 * @param studies the files of each study, in the order in which studies were met: DICOM by Study
 *     Instance UID, NIfTI by folder, a zip archive for itself
 * @param problems files that could not be read
 */
public record StudyFiles(List<List<Path>> studies, List<Problem> problems) {

  public StudyFiles {
    studies = List.copyOf(studies);
    problems = List.copyOf(problems);
  }

  /**
   * Walks through folders, files, DICOMDIRs and zip archives.
   *
   * @param except a folder that is passed over; null for none
   * @throws IOException where a path does not exist
   */
  public static StudyFiles in(List<Path> paths, Path except) throws IOException {
    Map<String, List<Path>> studies = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new IOException(path + ": no such file or folder");
      }
      for (Path file : files(path, except, problems)) {
        try {
          study(file).ifPresent(s -> studies.computeIfAbsent(s, n -> new ArrayList<>()).add(file));
        } catch (IOException e) {
          problems.add(new Problem(file.getFileName().toString(), Problem.reason(e)));
        }
      }
    }
    return new StudyFiles(List.copyOf(studies.values()), problems);
  }

  private static List<Path> files(Path path, Path except, List<Problem> problems)
      throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (DicomDirectory.isDirectory(absolute)) {
      return DicomDirectory.files(absolute).stream().filter(Files::isRegularFile).toList();
    }
    return Files.isDirectory(absolute)
        ? SourceFiles.below(absolute, except, Progress.NONE, problems)
        : List.of(absolute);
  }

  /**
   * Identity of the study that a file belongs to; empty where it is no image.
   *
   * @throws IOException also where it is neither DICOM nor NIfTI although its name says so
   */
  private static Optional<String> study(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (FileKind.isArchiveName(name)) {
      return Optional.of("archive " + file);
    }
    if (FileKind.isNiftiName(name)) {
      return Optional.of("folder " + file.getParent());
    }
    Optional<DicomFile> header = HeaderReader.find(file);
    if (header.isEmpty() && FileKind.promisesImage(name)) {
      throw new IOException("neither DICOM nor NIfTI");
    }
    return header
        .filter(FrameReader::isImage)
        .map(image -> "study " + image.dataset().string(Tag.STUDY_INSTANCE_UID));
  }
}
