package org.loupe.dicom.deidentify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.loupe.dicom.Dictionary;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Vr;

/** What PS3.15 table E.1-1 says is to be done with each attribute. */
final class ConfidentialityProfile {

  /** The columns of options in {@code confidentiality.tsv}. */
  private static final List<Retained> COLUMNS =
      List.of(
          Retained.UIDS,
          Retained.DEVICE,
          Retained.INSTITUTION,
          Retained.CHARACTERISTICS,
          Retained.DATES,
          Retained.SHIFTED_DATES);

  private static final Pattern TAB = Pattern.compile("\t");

  /** What people type into reports and over images; the table names the sequences around it. */
  private static final Set<Integer> TYPED = Set.of(Tag.TEXT_VALUE, Tag.UNFORMATTED_TEXT_VALUE);

  /** What to do with an attribute. */
  enum Action {
    KEEP,
    /** Not there afterwards. */
    REMOVE,
    /** There without a value. */
    EMPTY,
    /** A value that tells nothing. */
    DUMMY,
    /** Another UID, the same for the same. */
    UID,
    /** A date moved by some days. */
    SHIFT
  }

  /**
   * A row of the table.
   *
   * @param mask bits of the tag that count; others are written x in the table
   * @param basic X, Z, D, U or several of them for different kinds of objects
   * @param options K or C by option
   */
  private record Row(int mask, int tag, String basic, Map<Retained, String> options) {}

  private final Map<Integer, Row> rows = new TreeMap<>();
  private final List<Row> repeating = new ArrayList<>();

  ConfidentialityProfile() {
    try (InputStream in = getClass().getResourceAsStream("confidentiality.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> parts = TAB.splitAsStream(line).toList();
        Row row = row(parts);
        if (row.mask == -1) {
          rows.put(row.tag, row);
        } else {
          repeating.add(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the confidentiality profile", e);
    }
  }

  private static Row row(List<String> parts) {
    int mask =
        Integer.parseUnsignedInt(parts.get(0).replaceAll("[0-9A-F]", "F").replace('x', '0'), 16);
    int tag = Integer.parseUnsignedInt(parts.get(0).replace('x', '0'), 16);
    Map<Retained, String> options = new EnumMap<>(Retained.class);
    for (int n = 0; n < COLUMNS.size(); n++) {
      if (!parts.get(2 + n).equals("-")) {
        options.put(COLUMNS.get(n), parts.get(2 + n));
      }
    }
    return new Row(mask, tag, parts.get(1), options);
  }

  /** The attributes of the table; of repeating groups the first. */
  Set<Integer> tags() {
    return rows.keySet();
  }

  /**
   * What to do with an attribute; where the table leaves a choice, what keeps every kind of object
   * valid.
   */
  Action action(int tag, Set<Retained> retained) {
    Row row = rows.get(tag);
    for (Row r : repeating) {
      row = row == null && (tag & r.mask) == r.tag ? r : row;
    }
    if (row == null) {
      // The table gives a dummy to whole sequences; what is in them counts by itself here.
      boolean telling = TYPED.contains(tag) || Dictionary.vr(tag) == Vr.PN;
      return telling ? Action.DUMMY : Action.KEEP;
    }
    for (Retained option : retained.isEmpty() ? retained : EnumSet.copyOf(retained)) {
      String what = row.options.getOrDefault(option, "");
      if (what.equals("K")) {
        return Action.KEEP;
      }
      if (what.equals("C") && option == Retained.SHIFTED_DATES) {
        return Action.SHIFT;
      }
    }
    return switch (row.basic) {
      case "X" -> Action.REMOVE;
      case "Z", "X/Z" -> Action.EMPTY;
      case "U" -> Action.UID;
      // References to instances stay, with other UIDs.
      case "X/Z/U*" -> Action.KEEP;
      default -> Action.DUMMY;
    };
  }
}
