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

  private CharacterSet() {}

  /**
   * The charset of the defined terms. With code extensions the last one decides: its Java charset
   * follows the escape sequences of the Japanese sets, and holds ASCII for the others.
   */
  static Charset of(List<String> terms) {
    for (int n = terms.size() - 1; n >= 0; n--) {
      String term = terms.get(n).strip();
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

  /** Decodes, dropping the escape sequences that announce a set which needs none in Java. */
  static String decode(byte[] bytes, Charset charset) {
    String text = new String(bytes, charset);
    return text.indexOf('\u001b') < 0 ? text : text.replaceAll("\u001b[$(),-]*[0-9A-Z]", "");
  }

  private static Charset supported(String name) {
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
  }
}
