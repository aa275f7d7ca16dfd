package org.loupe.viewer.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomElement;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Dictionary;

/**
 * Finds the file of an instance among what was opened, and lists its elements. Files are looked
 * through once; archives are not. For one background thread.
 */
public final class TagFinder {

  private static final int SOP_INSTANCE_UID = 0x00080018;

  /** Longest value shown, characters. */
  private static final int LONGEST = 200;

  /**
   * One element.
   *
   * @param depth 0 in the data set, 1 in the items of its sequences and so on
   * @param tag as "(0010,0010)"
   * @param value readable; sizes of binary ones
   */
  public record Row(int depth, String tag, String name, String vr, String value) {

    /** Whether a text occurs in it, whatever its case. */
    public boolean has(String text) {
      String wanted = text.strip().toLowerCase(java.util.Locale.ROOT);
      return (tag + " " + name + " " + vr + " " + value)
          .toLowerCase(java.util.Locale.ROOT)
          .contains(wanted);
    }
  }

  private final DicomReader reader = DicomReader.builtIn();
  private final Map<String, Path> files = new HashMap<>();
  private final List<Path> seen = new ArrayList<>();

  /**
   * The elements of an instance; empty where no file of the paths holds it.
   *
   * @throws IOException where files cannot be read
   */
  public List<Row> rows(String instance, List<Path> paths) throws IOException {
    for (Path path : paths) {
      if (!seen.contains(path)) {
        seen.add(path);
        look(path);
      }
    }
    Path file = files.get(instance);
    if (file == null) {
      return List.of();
    }
    Optional<DicomFile> read = read(file);
    List<Row> rows = new ArrayList<>();
    if (read.isPresent()) {
      add(read.get().meta(), 0, rows);
      add(read.get().dataset(), 0, rows);
    }
    return rows;
  }

  private void look(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        read(file).ifPresent(f -> files.put(f.dataset().string(SOP_INSTANCE_UID), file));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Optional<DicomFile> read(Path file) throws IOException {
    byte[] start = new byte[132];
    try (var in = Files.newInputStream(file)) {
      int n = in.readNBytes(start, 0, start.length);
      if (!reader.looksLikeDicom(java.util.Arrays.copyOf(start, n))) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(reader.read(Files.readAllBytes(file)));
    } catch (DicomException e) {
      // The opening has told of broken files already.
      return Optional.empty();
    }
  }

  private static void add(DicomDataset set, int depth, List<Row> rows) {
    if (set == null) {
      return;
    }
    for (DicomElement e : set.elements()) {
      String tag = "(%04X,%04X)".formatted(e.tag() >>> 16, e.tag() & 0xffff);
      rows.add(new Row(depth, tag, Dictionary.keyword(e.tag()), e.vr().name(), value(set, e)));
      for (DicomDataset item : e.items()) {
        add(item, depth + 1, rows);
      }
    }
  }

  private static String value(DicomDataset set, DicomElement e) {
    if (!e.items().isEmpty()) {
      return "×" + e.items().size();
    }
    List<String> values = set.strings(e.tag());
    if (values.isEmpty()) {
      int bytes = e.value().limit();
      return bytes == 0 ? "" : bytes + " B";
    }
    String text = String.join(" \\ ", values);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
