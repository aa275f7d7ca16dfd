package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The attributes that hold for one frame: its own functional groups, then the shared ones, then the
 * data set (PS3.3 C.7.6.16). For a single-frame image only the data set.
 */
public final class FrameTags {

  private static final int LONGEST = 4096;

  private final List<DicomDataset> scopes;

  private FrameTags(List<DicomDataset> scopes) {
    this.scopes = scopes;
  }

  /** The attributes of a frame (0-based); pixels and other long values are not kept. */
  public static FrameTags of(DicomDataset dataset, int frame) {
    return light(dataset.withoutBulk(LONGEST), frame);
  }

  /** The attributes of all frames; what they share is kept once. */
  static List<FrameTags> all(DicomDataset dataset, int frames) {
    DicomDataset light = dataset.withoutBulk(LONGEST);
    List<FrameTags> tags = new ArrayList<>();
    for (int n = 0; n < frames; n++) {
      tags.add(light(light, n));
    }
    return tags;
  }

  private static FrameTags light(DicomDataset dataset, int frame) {
    List<DicomDataset> scopes = new ArrayList<>();
    List<DicomDataset> perFrame = dataset.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS);
    if (frame < perFrame.size()) {
      addGroups(scopes, perFrame.get(frame));
    }
    for (DicomDataset shared : dataset.items(Tag.SHARED_FUNCTIONAL_GROUPS)) {
      addGroups(scopes, shared);
    }
    scopes.add(dataset);
    return new FrameTags(scopes);
  }

  /**
   * Some of the attributes alone, so that nothing else of the file stays in memory. Each is that of
   * the first scope that has a value; private elements stay with what reserves their block.
   *
   * @param wanted tags; of private elements the block's number is left out: 0x2005000e stands for
   *     (2005,xx0E)
   * @param pool where elements are shared with other frames
   */
  public FrameTags only(Set<Integer> wanted, ElementPool pool) {
    DicomDataset kept = new DicomDataset(null);
    for (DicomDataset scope : scopes) {
      for (DicomElement e : scope.elements()) {
        if (isWanted(e.tag(), wanted) && !kept.has(e.tag())) {
          kept.put(e.items().isEmpty() ? pool.shared(e.alone()) : e.within(kept));
        }
      }
    }
    return new FrameTags(List.of(kept));
  }

  private static boolean isWanted(int tag, Set<Integer> wanted) {
    if ((tag & 0x10000) == 0) {
      return wanted.contains(tag);
    }
    int low = tag & 0xffff;
    // (gggg,00bb) reserves a block; (gggg,bbee) is an element of it.
    return low < 0x100
        ? wanted.stream().anyMatch(w -> w >>> 16 == tag >>> 16)
        : wanted.contains(tag & 0xffff00ff);
  }

  private static void addGroups(List<DicomDataset> scopes, DicomDataset groups) {
    for (DicomElement group : groups.elements()) {
      if (!group.items().isEmpty()) {
        scopes.add(group.items().get(0));
      }
    }
  }

  /** Whether it is told where in the patient the frame lies. */
  public boolean isPlaced() {
    return numbers(Tag.IMAGE_POSITION).length > 0;
  }

  /**
   * Size of the pixels of a frame without a place, mm: between rows, then between columns; empty
   * where it is not told, or makes no sense.
   */
  public double[] pixelSize() {
    double[] told = numbers(Tag.PIXEL_SPACING, Tag.NOMINAL_SCANNED_PIXEL_SPACING);
    return told.length == 2 && told[0] > 0 && told[1] > 0 ? told : new double[0];
  }

  /** Takes elements over, each from where it is found first. */
  public void copyTo(DatasetBuilder builder, int... tags) {
    for (int tag : tags) {
      for (DicomDataset scope : scopes) {
        if (scope.get(tag) != null) {
          builder.copy(scope, tag);
          break;
        }
      }
    }
  }

  /** Values as text of the first tag that has some, looked for tag by tag. */
  public List<String> strings(int... tags) {
    for (int tag : tags) {
      for (DicomDataset scope : scopes) {
        List<String> values = scope.strings(tag);
        if (!values.isEmpty()) {
          return values;
        }
      }
    }
    return List.of();
  }

  /** Items of a sequence. */
  public List<DicomDataset> items(int tag) {
    for (DicomDataset scope : scopes) {
      List<DicomDataset> items = scope.items(tag);
      if (!items.isEmpty()) {
        return items;
      }
    }
    return List.of();
  }

  /** First number of a private element: text, or binary of the VR FL, also where none is told. */
  OptionalDouble privateNumber(int group, String creator, int element) {
    for (DicomDataset scope : scopes) {
      DicomElement found = scope.privateElement(group, creator, element);
      if (found != null && found.vr() == Vr.UN && found.value().limit() == 4) {
        return OptionalDouble.of(found.value().getFloat(0));
      }
      if (found != null) {
        return scope.number(found.tag());
      }
    }
    return OptionalDouble.empty();
  }

  /** First value as text of the first tag that has some; empty where there is none. */
  public String string(int... tags) {
    List<String> values = strings(tags);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** First value as a number of the first tag that has one. */
  public OptionalDouble number(int... tags) {
    double[] values = numbers(tags);
    return values.length == 0 || Double.isNaN(values[0])
        ? OptionalDouble.empty()
        : OptionalDouble.of(values[0]);
  }

  /** Values as numbers of the first tag that has some. */
  public double[] numbers(int... tags) {
    for (int tag : tags) {
      for (DicomDataset scope : scopes) {
        double[] values = scope.numbers(tag);
        if (values.length > 0) {
          return values;
        }
      }
    }
    return new double[0];
  }
}
