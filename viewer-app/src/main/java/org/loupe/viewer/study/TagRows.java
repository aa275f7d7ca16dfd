package org.loupe.viewer.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomElement;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Dictionary;

/** The elements of a DICOM file as rows of a table. */
public final class TagRows {

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

  private TagRows() {}

  /**
   * The elements of a file; empty where it is not DICOM.
   *
   * @throws IOException where it cannot be read
   */
  public static List<Row> of(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      Optional<DicomFile> read = DicomReader.configured().find(in);
      if (read.isPresent()) {
        add(read.get().meta(), 0, rows);
        add(read.get().dataset(), 0, rows);
      }
    }
    return rows;
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
