package org.loupe.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The standard's data dictionary (PS3.6): VR and keyword of each public tag. */
public final class Dictionary {

  private static final Pattern TAB = Pattern.compile("\t");
  private static final Map<Integer, Entry> ENTRIES = load();

  /**
   * Ranges of tags that share an entry (PS3.6 writes their digits as x): mask and value that tell a
   * tag of the range, and the mask that leads to the entry, which has zeros for the x.
   */
  private static final int[] REPEATING = {
    0xff000000, 0x50000000, 0xff00ffff, // curves
    0xff000000, 0x60000000, 0xff00ffff, // overlays
    0xff000000, 0x7f000000, 0xff00ffff,
    0xffffff00, 0x00203100, 0xffffff00,
    0xffffff00, 0x00280400, 0xffffff0f,
    0xffffff00, 0x00280800, 0xffffff0f,
    0xffff0000, 0x10000000, 0xffff000f,
    0xffff0000, 0x10100000, 0xffff0000,
  };

  private Dictionary() {}

  private record Entry(Vr vr, String keyword) {}

  /** VR of a tag; UN for private and unknown ones. Ambiguous ones: US for "US or SS", OW else. */
  public static Vr vr(int tag) {
    if ((tag & 0xffff) == 0) {
      return Vr.UL; // group length
    }
    if ((tag >>> 16 & 1) == 1) {
      int element = tag & 0xffff;
      return element >= 0x10 && element <= 0xff ? Vr.LO : Vr.UN; // private creator
    }
    Entry entry = entry(tag);
    return entry == null ? Vr.UN : entry.vr;
  }

  /** Keyword of a tag, such as PatientName; empty for private and unknown ones. */
  public static String keyword(int tag) {
    Entry entry = entry(tag);
    return entry == null ? "" : entry.keyword;
  }

  /** The tag with its name for messages: "(0028,0010) Rows". */
  public static String describe(int tag) {
    return "(%04X,%04X) %s".formatted(tag >>> 16, tag & 0xffff, keyword(tag)).strip();
  }

  private static Entry entry(int tag) {
    Entry entry = ENTRIES.get(tag);
    for (int n = 0; entry == null && n < REPEATING.length; n += 3) {
      if ((tag & REPEATING[n]) == REPEATING[n + 1]) {
        entry = ENTRIES.get(tag & REPEATING[n + 2]);
      }
    }
    return entry;
  }

  private static Map<Integer, Entry> load() {
    Map<Integer, Entry> entries = new HashMap<>(12_000);
    try (InputStream in = Dictionary.class.getResourceAsStream("dictionary.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> parts = TAB.splitAsStream(line).toList();
        String vr = parts.get(1);
        Vr chosen = vr.contains("OW") ? Vr.OW : vr.startsWith("US/") ? Vr.US : Vr.valueOf(vr);
        String keyword = parts.size() > 2 ? parts.get(2) : "";
        entries.put(Integer.parseUnsignedInt(parts.get(0), 16), new Entry(chosen, keyword));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the DICOM dictionary", e);
    }
    return entries;
  }
}
