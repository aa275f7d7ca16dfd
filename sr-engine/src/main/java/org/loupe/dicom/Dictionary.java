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
    int group = tag >>> 24;
    boolean repeating = group == 0x50 || group == 0x60;
    return ENTRIES.get(repeating ? tag & 0xff00ffff : tag);
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
