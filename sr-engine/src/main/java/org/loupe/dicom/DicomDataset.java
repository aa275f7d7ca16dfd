package org.loupe.dicom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A data set: elements by tag, in rising order. Items of sequences are data sets too. */
public final class DicomDataset {

  private static final Pattern BACKSLASH = Pattern.compile("\\\\");

  private final TreeMap<Integer, DicomElement> elements = new TreeMap<>(Integer::compareUnsigned);
  private final DicomDataset parent;

  /** An empty data set; an item inherits its parent's character set. */
  DicomDataset(DicomDataset parent) {
    this.parent = parent;
  }

  void put(DicomElement element) {
    elements.put(element.tag(), element);
  }

  /** The elements in rising order of their tags. */
  public Collection<DicomElement> elements() {
    return List.copyOf(elements.values());
  }

  /**
   * The same elements as an item of another data set, whose character set it takes on. It keeps
   * nothing of the file in memory.
   */
  DicomDataset within(DicomDataset enclosing) {
    DicomDataset item = new DicomDataset(enclosing);
    elements.values().forEach(e -> item.put(e.within(item)));
    return item;
  }

  /** Whether there is no element at all. */
  public boolean isEmpty() {
    return elements.isEmpty();
  }

  /** An element; null where there is none. */
  public DicomElement get(int tag) {
    return elements.get(tag);
  }

  /** Whether there is such an element with a value. */
  public boolean has(int tag) {
    DicomElement element = elements.get(tag);
    return element != null
        && (element.value().limit() > 0
            || !element.items().isEmpty()
            || !element.fragments().isEmpty());
  }

  /** The values of a text element, without padding; numbers as text; empty where there is none. */
  public List<String> strings(int tag) {
    DicomElement element = elements.get(tag);
    if (element == null || element.value().limit() == 0) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    switch (element.vr().kind()) {
      case TEXT -> {
        String text = text(element);
        if (element.vr().multiValued()) {
          BACKSLASH.splitAsStream(text).forEach(part -> values.add(trim(part)));
        } else {
          values.add(trim(text));
        }
      }
      case NUMBER -> {
        for (double number : element.numbers()) {
          values.add(number == Math.rint(number) ? Long.toString((long) number) : "" + number);
        }
      }
      default -> {
        return List.of();
      }
    }
    return values;
  }

  /**
   * A private element (PS3.5 7.8.1); null where there is none.
   *
   * @param group odd group
   * @param creator who reserved the block
   * @param element low byte of the element
   */
  DicomElement privateElement(int group, String creator, int element) {
    for (int block = 0x10; block <= 0xff; block++) {
      if (string((group << 16) | block).equals(creator)) {
        return get((group << 16) | (block << 8) | element);
      }
    }
    return null;
  }

  /** The first value as text; empty where there is none. */
  public String string(int tag) {
    List<String> values = strings(tag);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** The values as numbers, from decimal and integer strings as from binary; NaN for no number. */
  public double[] numbers(int tag) {
    DicomElement element = elements.get(tag);
    if (element != null && element.vr().kind() == Vr.Kind.NUMBER) {
      return element.numbers();
    }
    List<String> texts = strings(tag);
    double[] numbers = new double[texts.size()];
    for (int n = 0; n < numbers.length; n++) {
      numbers[n] = parse(texts.get(n));
    }
    return numbers;
  }

  /** The first value as a number. */
  public OptionalDouble number(int tag) {
    double[] numbers = numbers(tag);
    return numbers.length == 0 || Double.isNaN(numbers[0])
        ? OptionalDouble.empty()
        : OptionalDouble.of(numbers[0]);
  }

  /** The first value as a whole number, or the default. */
  public int integer(int tag, int otherwise) {
    OptionalDouble number = number(tag);
    return number.isPresent() ? (int) number.getAsDouble() : otherwise;
  }

  /** The items of a sequence; empty where there is none. */
  public List<DicomDataset> items(int tag) {
    DicomElement element = elements.get(tag);
    return element == null ? List.of() : element.items();
  }

  /** This data set without values longer than some bytes, so that it holds no file in memory. */
  public DicomDataset withoutBulk(int longest) {
    DicomDataset light = new DicomDataset(parent);
    for (DicomElement element : elements.values()) {
      if (element.value().limit() <= longest && element.fragments().isEmpty()) {
        light.put(element);
      }
    }
    return light;
  }

  /** A whole number of this data set or of the nearest that encloses it; 0 where none has it. */
  int inherited(int tag) {
    if (parent == null || elements.containsKey(tag)) {
      return integer(tag, 0);
    }
    return parent.inherited(tag);
  }

  /** The character set of this data set's text. */
  private CharacterSet characterSet() {
    DicomElement element = elements.get(Tag.SPECIFIC_CHARACTER_SET);
    if (element == null && parent != null) {
      return parent.characterSet();
    }
    if (element == null || element.value().limit() == 0) {
      return CharacterSet.of(List.of());
    }
    // Whatever VR a file gives it, it is no text that a character set is needed for.
    String terms = StandardCharsets.ISO_8859_1.decode(element.value().duplicate()).toString();
    return CharacterSet.of(BACKSLASH.splitAsStream(terms).map(term -> trim(term)).toList());
  }

  /** The whole text of an element, padding and backslashes included. */
  String text(DicomElement element) {
    byte[] bytes = new byte[element.value().limit()];
    element.value().get(0, bytes);
    return element.vr().localised()
        ? characterSet().decode(bytes, element.vr())
        : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String trim(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) == ' ')) {
      end--;
    }
    return text.substring(0, end).stripLeading();
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
