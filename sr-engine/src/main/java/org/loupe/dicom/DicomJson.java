package org.loupe.dicom;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The DICOM JSON model (PS3.18 annex F) of data sets. It differs in two points: binary values are
 * told by their length alone, and among several text values an empty one is an empty string, so
 * that a reader of the array need not expect null.
 */
public final class DicomJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern BACKSLASH = Pattern.compile("\\\\");
  private static final Pattern GROUP = Pattern.compile("=");

  /** Numbers with more digits or a larger exponent stay text: nobody means them. */
  private static final int LONGEST_NUMBER = 64;

  private DicomJson() {}

  /** The model of a data set: an object by tags of eight hexadecimal digits. */
  public static ObjectNode of(DicomDataset dataset) {
    ObjectNode node = NODES.objectNode();
    for (DicomElement element : dataset.elements()) {
      node.set("%08X".formatted(element.tag()), element(dataset, element));
    }
    return node;
  }

  private static ObjectNode element(DicomDataset dataset, DicomElement element) {
    ObjectNode node = NODES.objectNode();
    node.put("vr", element.vr().name());
    ArrayNode values = NODES.arrayNode();
    switch (element.vr().kind()) {
      case BYTES -> node.put("length", length(element));
      case SEQUENCE -> element.items().forEach(item -> values.add(of(item)));
      case NUMBER -> numbers(element, values);
      default -> texts(element.vr(), stripEnd(dataset.text(element)), values);
    }
    if (!values.isEmpty()) {
      node.set("Value", values);
    }
    return node;
  }

  /** Bytes of the value in the file; of compressed pixel data all items with their headers. */
  private static long length(DicomElement element) {
    long length = element.value().limit();
    for (ByteBuffer fragment : element.fragments()) {
      length += 8L + fragment.limit();
    }
    return length;
  }

  private static void numbers(DicomElement element, ArrayNode values) {
    if (element.vr() == Vr.SV || element.vr() == Vr.UV) {
      for (int n = 0; n + 8 <= element.value().limit(); n += 8) {
        long value = element.value().getLong(n);
        if (element.vr() == Vr.UV && value < 0) {
          values.add(new BigInteger(Long.toUnsignedString(value)));
        } else {
          values.add(value);
        }
      }
      return;
    }
    double[] numbers = element.numbers();
    boolean lut = isLutDescriptor(element.tag());
    for (int n = 0; n < numbers.length; n++) {
      double value = numbers[n];
      switch (element.vr()) {
        case AT -> values.add("%08X".formatted((long) value));
        case FL, FD -> real(value, values);
        // The number of entries is never negative, whatever the VR says (PS3.3 C.11.1.1.1).
        default -> values.add((long) value + (lut && n == 0 && value < 0 ? 65536 : 0));
      }
    }
  }

  private static boolean isLutDescriptor(int tag) {
    return tag == Tag.LUT_DESCRIPTOR || (tag >= 0x00281101 && tag <= 0x00281103);
  }

  private static void real(double value, ArrayNode values) {
    if (Double.isFinite(value)) {
      values.add(value);
    } else {
      values.add(Double.toString(value)); // JSON has no number for it
    }
  }

  private static void texts(Vr vr, String text, ArrayNode values) {
    if (text.isEmpty()) {
      return;
    }
    if (!vr.multiValued()) {
      values.add(text);
      return;
    }
    List<String> parts = List.of(BACKSLASH.split(text, -1));
    for (String part : parts) {
      switch (vr) {
        case DS, IS -> number(part.strip(), values);
        case PN -> name(part, values);
        default -> values.add(stripEnd(part));
      }
    }
  }

  private static void number(String text, ArrayNode values) {
    if (text.isEmpty()) {
      values.addNull();
      return;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      if (text.length() <= LONGEST_NUMBER && Math.abs((long) number.scale()) < 400) {
        if (number.scale() <= 0) {
          values.add(number.toBigInteger());
        } else {
          values.add(number.doubleValue());
        }
        return;
      }
    } catch (NumberFormatException e) {
      // Kept as the text that it is.
    }
    values.add(text);
  }

  /** A person name by its component groups (PS3.18 F.2.2). */
  private static void name(String text, ArrayNode values) {
    String[] groups = GROUP.split(text, -1);
    String[] keys = {"Alphabetic", "Ideographic", "Phonetic"};
    int last = Math.min(groups.length, keys.length);
    while (last > 0 && groups[last - 1].isEmpty()) {
      last--;
    }
    if (last == 0) {
      values.addNull();
      return;
    }
    ObjectNode node = NODES.objectNode();
    for (int n = 0; n < last; n++) {
      node.put(keys[n], groups[n]);
    }
    values.add(node);
  }

  /** Without the padding at the end: spaces and zeros. */
  private static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) == ' ')) {
      end--;
    }
    return text.substring(0, end);
  }
}
