package org.loupe.dicom;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The character repertoires of a data set: its Specific Character Set (PS3.3 C.12.1.1.2, PS3.5
 * 6.1). Without code extensions text is in one charset; with them (ISO 2022) escape sequences put
 * sets into the lower half of the code table (G0, bytes below 80H) and the upper half (G1), and
 * every delimiter puts back the first set.
 */
final class CharacterSet {

  /** Java's charsets by the number of a defined term. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("6", "ISO-8859-1"), // ASCII; Latin 1 shows more of what wrong files hold
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
          Map.entry("87", "EUC-JP"),
          Map.entry("159", "EUC-JP"),
          Map.entry("149", "EUC-KR"),
          Map.entry("58", "GB2312"));

  /** What an escape sequence puts where: one byte or two for a character, lower half or upper. */
  private record CodeElement(String charset, boolean upper, int width) {}

  /** By what follows the escape character (PS3.3 tables C.12-3 and C.12-4). */
  private static final Map<String, CodeElement> ESCAPES =
      Map.ofEntries(
          Map.entry("(B", new CodeElement("US-ASCII", false, 1)),
          Map.entry("(J", new CodeElement("US-ASCII", false, 1)), // JIS X 0201 romaji
          Map.entry(")I", new CodeElement("Shift_JIS", true, 1)), // JIS X 0201 katakana
          Map.entry("$B", new CodeElement("EUC-JP", false, 2)), // JIS X 0208
          Map.entry("$@", new CodeElement("EUC-JP", false, 2)),
          Map.entry("$(D", new CodeElement("EUC-JP", false, 3)), // JIS X 0212, a third plane there
          Map.entry("$)C", new CodeElement("EUC-KR", true, 2)),
          Map.entry("$)A", new CodeElement("GB2312", true, 2)),
          Map.entry("-A", new CodeElement("ISO-8859-1", true, 1)),
          Map.entry("-B", new CodeElement("ISO-8859-2", true, 1)),
          Map.entry("-C", new CodeElement("ISO-8859-3", true, 1)),
          Map.entry("-D", new CodeElement("ISO-8859-4", true, 1)),
          Map.entry("-L", new CodeElement("ISO-8859-5", true, 1)),
          Map.entry("-G", new CodeElement("ISO-8859-6", true, 1)),
          Map.entry("-F", new CodeElement("ISO-8859-7", true, 1)),
          Map.entry("-H", new CodeElement("ISO-8859-8", true, 1)),
          Map.entry("-M", new CodeElement("ISO-8859-9", true, 1)),
          Map.entry("-b", new CodeElement("ISO-8859-15", true, 1)),
          Map.entry("-T", new CodeElement("TIS-620", true, 1)));

  private static final byte ESCAPE = 0x1b;
  private static final int EUC_JP_THIRD_PLANE = 0x8f;

  /** Terms as they should be, and as they are often misspelt: ISO-IR 100, ISO_2022_IR_87. */
  private static final Pattern TERM = Pattern.compile("ISO.?(?:2022)?.?(?:IR)?.?(\\d+)");

  private final Charset first;

  private CharacterSet(Charset first) {
    this.first = first;
  }

  /**
   * The set of the values of Specific Character Set. The first is what text begins in; which others
   * may be escaped to is not insisted on.
   */
  static CharacterSet of(List<String> terms) {
    return new CharacterSet(terms.isEmpty() ? StandardCharsets.ISO_8859_1 : charset(terms.get(0)));
  }

  private static Charset charset(String term) {
    Matcher iso = TERM.matcher(term.strip());
    if (iso.matches()) {
      String name = NAMES.get(iso.group(1));
      return name == null ? StandardCharsets.ISO_8859_1 : supported(name);
    }
    // GB18030, GBK and whatever names writers know their charset by.
    String last = term.strip().substring(term.strip().lastIndexOf(' ') + 1);
    return last.isEmpty() ? StandardCharsets.ISO_8859_1 : supported(last);
  }

  /** Decodes a whole value. Bytes that stand for nothing become replacement characters. */
  String decode(byte[] bytes, Vr vr) {
    for (byte b : bytes) {
      if (b == ESCAPE) {
        return decodeExtended(bytes, vr);
      }
    }
    if (first.name().equals("EUC-JP")) {
      return new String(bytes, StandardCharsets.ISO_8859_1); // the initial set of ISO 2022 IR 87
    }
    return new String(bytes, first);
  }

  private String decodeExtended(byte[] bytes, Vr vr) {
    StringBuilder text = new StringBuilder();
    CodeElement initial = new CodeElement(first.name(), true, 1);
    CodeElement ascii = ESCAPES.get("(B");
    CodeElement lower = ascii;
    CodeElement upper = initial;
    int n = 0;
    while (n < bytes.length) {
      int b = bytes[n] & 0xff;
      if (b == ESCAPE) {
        String sequence = escape(bytes, n);
        CodeElement element = ESCAPES.get(sequence);
        if (element != null) {
          lower = element.upper ? lower : element;
          upper = element.upper ? element : upper;
        }
        n += 1 + sequence.length();
        continue;
      }
      boolean printable = b > 0x20 && b != 0x7f;
      if (b < 0x80 && lower.width > 1 && printable) {
        n += decodeTwo(text, bytes, n, lower);
        continue;
      }
      if (b >= 0x80) {
        n += decodeUpper(text, bytes, n, upper);
        continue;
      }
      if (isDelimiter(b, vr)) {
        lower = ascii;
        upper = initial;
      }
      text.append((char) b);
      n++;
    }
    return text.toString();
  }

  /** The escape sequence without its escape character; one unknown is taken as what fits best. */
  private static String escape(byte[] bytes, int at) {
    for (int length = 2; length <= 3 && at + length < bytes.length; length++) {
      String sequence = new String(bytes, at + 1, length, StandardCharsets.US_ASCII);
      if (ESCAPES.containsKey(sequence)) {
        return sequence;
      }
    }
    return "";
  }

  /** Two bytes of the lower half are two of the upper half in the EUC charsets. */
  private static int decodeTwo(StringBuilder text, byte[] bytes, int n, CodeElement element) {
    if (n + 1 >= bytes.length) {
      text.append('\ufffd');
      return 1;
    }
    byte high = (byte) (bytes[n] | 0x80);
    byte low = (byte) (bytes[n + 1] | 0x80);
    byte[] euc =
        element.width == 3
            ? new byte[] {(byte) EUC_JP_THIRD_PLANE, high, low}
            : new byte[] {high, low};
    text.append(new String(euc, supported(element.charset)));
    return 2;
  }

  /** Decodes one character of the upper half: of one byte or, in East Asian sets, of more. */
  private static int decodeUpper(StringBuilder text, byte[] bytes, int n, CodeElement element) {
    Charset charset = supported(element.charset);
    // Until the next byte below 80H at most: what trails is found by the charset itself.
    int end = n;
    while (end < bytes.length && bytes[end] < 0) {
      end++;
    }
    boolean trailing = charset.name().matches("Shift_JIS|GBK|GB18030");
    if (trailing && end < bytes.length && bytes[end] != ESCAPE) {
      int lead = bytes[end - 1] & 0xff;
      boolean two = charset.name().equals("Shift_JIS") ? lead < 0xa0 || lead > 0xdf : true;
      end += two ? 1 : 0;
    }
    text.append(new String(bytes, n, end - n, charset));
    return end - n;
  }

  /** Delimiters that put back the initial sets (PS3.5 6.1.2.5.3). */
  private static boolean isDelimiter(int b, Vr vr) {
    return switch (b) {
      case '\t', '\n', '\f', '\r' -> true;
      case '\\' -> vr.multiValued();
      case '^', '=' -> vr == Vr.PN;
      default -> false;
    };
  }

  private static Charset supported(String name) {
    try {
      return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    } catch (IllegalCharsetNameException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}
