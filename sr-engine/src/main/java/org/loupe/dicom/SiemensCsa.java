package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Siemens' private image header (0029,xx10) of "SIEMENS CSA HEADER": named values, as nibabel's
 * notes describe the format. Each tag has a name of 64 bytes, five numbers, the count of its items
 * third from last, and items of four numbers and a text, padded to whole words.
 */
final class SiemensCsa {

  private static final String CREATOR = "SIEMENS CSA HEADER";
  private static final int MAX_TAGS = 1000;
  private static final int MAX_ITEMS = 1000;
  private static final int TAG_HEADER = 84;
  private static final int ITEM_HEADER = 16;

  private final Map<String, List<String>> values;

  private SiemensCsa(Map<String, List<String>> values) {
    this.values = values;
  }

  /** The header of a data set; an empty one where it has none. */
  static SiemensCsa of(DicomDataset dataset) {
    DicomElement element = dataset.privateElement(0x0029, CREATOR, 0x10);
    Map<String, List<String>> values = new HashMap<>();
    if (element != null) {
      parse(element.value().duplicate().order(ByteOrder.LITTLE_ENDIAN), values);
    }
    return new SiemensCsa(values);
  }

  /** Numbers of a tag; empty where it has none. */
  double[] numbers(String name) {
    List<String> texts = values.getOrDefault(name, List.of());
    double[] numbers = new double[texts.size()];
    for (int n = 0; n < numbers.length; n++) {
      try {
        numbers[n] = Double.parseDouble(texts.get(n));
      } catch (NumberFormatException e) {
        return new double[0];
      }
    }
    return numbers;
  }

  /** Reads tags up to what does not fit. */
  private static void parse(ByteBuffer in, Map<String, List<String>> values) {
    boolean second = in.limit() > 16 && text(in, 0, 4).equals("SV10");
    int at = second ? 8 : 0;
    if (in.limit() < at + 8) {
      return;
    }
    int count = in.getInt(at);
    at += 8;
    for (int t = 0; t < Math.min(count, MAX_TAGS) && at + TAG_HEADER <= in.limit(); t++) {
      String name = text(in, at, 64);
      int items = in.getInt(at + 76);
      at += TAG_HEADER;
      List<String> texts = new ArrayList<>();
      for (int n = 0; n < Math.min(items, MAX_ITEMS) && at + ITEM_HEADER <= in.limit(); n++) {
        int length = in.getInt(at + 4);
        at += ITEM_HEADER;
        if (length < 0 || length > in.limit() - at) {
          return;
        }
        String text = text(in, at, length);
        if (!text.isEmpty()) {
          texts.add(text);
        }
        at += (length + 3) / 4 * 4;
      }
      values.put(name, texts);
    }
  }

  private static String text(ByteBuffer in, int at, int length) {
    byte[] bytes = new byte[length];
    in.get(at, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
