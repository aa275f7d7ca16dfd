package org.loupe.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Java's charset for a Specific Character Set (PS3.3 C.12.1.1.2). */
final class CharacterSet {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("100", "ISO-8859-1"),
          Map.entry("101", "ISO-8859-2"),
          Map.entry("109", "ISO-8859-3"),
          Map.entry("110", "ISO-8859-4"),
          Map.entry("144", "ISO-8859-5"),
          Map.entry("127", "ISO-8859-6"),
          Map.entry("126", "ISO-8859-7"),
          Map.entry("138", "ISO-8859-8"),
          Map.entry("148", "ISO-8859-9"),
          Map.entry("203", "ISO-8859-15"),
          Map.entry("13", "Shift_JIS"),
          Map.entry("166", "TIS-620"),
          Map.entry("192", "UTF-8"),
          Map.entry("87", "ISO-2022-JP"),
          Map.entry("159", "ISO-2022-JP-2"),
          Map.entry("149", "EUC-KR"),
          Map.entry("58", "GB2312"));

  private static final byte ESCAPE = 0x1b;

  /** Charsets by what follows the escape character (PS3.3 tables C.12-3 and C.12-4). */
  private static final Map<String, String> ESCAPES =
      Map.ofEntries(
          Map.entry("(B", "US-ASCII"),
          Map.entry("(J", "Shift_JIS"),
          Map.entry(")I", "Shift_JIS"),
          Map.entry("$B", "ISO-2022-JP"),
          Map.entry("$@", "ISO-2022-JP"),
          Map.entry("$(D", "ISO-2022-JP-2"),
          Map.entry("$)C", "EUC-KR"),
          Map.entry("$)A", "GB2312"),
          Map.entry("-A", "ISO-8859-1"),
          Map.entry("-B", "ISO-8859-2"),
          Map.entry("-C", "ISO-8859-3"),
          Map.entry("-D", "ISO-8859-4"),
          Map.entry("-L", "ISO-8859-5"),
          Map.entry("-G", "ISO-8859-6"),
          Map.entry("-F", "ISO-8859-7"),
          Map.entry("-H", "ISO-8859-8"),
          Map.entry("-M", "ISO-8859-9"),
          Map.entry("-b", "ISO-8859-15"),
          Map.entry("-T", "TIS-620"));

  private CharacterSet() {}

  /** The charset of the defined terms that text begins in: the first, or the only one named. */
  static Charset of(List<String> terms) {
    for (String name : terms) {
      String term = name.strip();
      if (term.equals("GB18030") || term.equals("GBK")) {
        return supported(term);
      }
      String number = term.substring(term.lastIndexOf(' ') + 1);
      if (term.startsWith("ISO") && NAMES.containsKey(number)) {
        return supported(NAMES.get(number));
      }
    }
    // The default repertoire is ASCII; Latin 1 shows more of what wrong files hold.
    return StandardCharsets.ISO_8859_1;
  }

  /**
   * Decodes text with code extensions (PS3.5 6.1.2.5): what follows an escape sequence is in the
   * set that it announces, what precedes the first is in the given one.
   */
  static String decode(byte[] bytes, Charset charset) {
    StringBuilder text = new StringBuilder();
    Charset current = charset;
    int start = 0;
    for (int n = 0; n <= bytes.length; n++) {
      if (n < bytes.length && bytes[n] != ESCAPE) {
        continue;
      }
      text.append(new String(bytes, start, n - start, current));
      start = n;
      for (int length = 3; length <= 4 && n + length <= bytes.length; length++) {
        String sequence = new String(bytes, n + 1, length - 1, StandardCharsets.US_ASCII);
        if (ESCAPES.containsKey(sequence)) {
          current = supported(ESCAPES.get(sequence));
          // Java's ISO-2022 decoders follow the escape sequences themselves.
          start = current.name().startsWith("ISO-2022") ? n : n + length;
          break;
        }
      }
    }
    return text.toString();
  }

  private static Charset supported(String name) {
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
  }
}
