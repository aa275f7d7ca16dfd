package org.loupe.dicom;

import java.util.List;

/**
 * A coded concept (PS3.3 8.8).
 *
 * @param value Code Value
 * @param scheme Coding Scheme Designator, such as DCM or SCT
 * @param meaning Code Meaning
 */
public record Code(String value, String scheme, String meaning) {

  /** A code of DICOM's own scheme (PS3.16 annex D). */
  public static Code dcm(String value, String meaning) {
    return new Code(value, "DCM", meaning);
  }

  /** A SNOMED CT code. */
  public static Code sct(String value, String meaning) {
    return new Code(value, "SCT", meaning);
  }

  /** The first code of a sequence; null where there is none. */
  public static Code of(DicomDataset dataset, int tag) {
    List<DicomDataset> items = dataset.items(tag);
    return items.isEmpty() ? null : of(items.get(0));
  }

  /** The code of an item of a code sequence. */
  public static Code of(DicomDataset item) {
    return new Code(
        item.string(Tag.CODE_VALUE),
        item.string(Tag.CODING_SCHEME_DESIGNATOR),
        item.string(Tag.CODE_MEANING));
  }

  /** The item of a code sequence. */
  public DicomDataset item() {
    return new DatasetBuilder()
        .text(Tag.CODE_VALUE, value)
        .text(Tag.CODING_SCHEME_DESIGNATOR, scheme)
        .text(Tag.CODE_MEANING, meaning)
        .build();
  }

  /** Whether both name the same concept, whatever they call it. */
  public boolean is(Code other) {
    return value.equals(other.value) && scheme.equals(other.scheme);
  }
}
