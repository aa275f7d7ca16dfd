package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Elements whose VR stands neither in the file nor, for sure, in the dictionary: elements that come
 * later settle it (PS3.5 annex A.1).
 */
final class PendingVrs {

  /** Tags whose VR, US or SS, Pixel Representation settles. */
  private static final Set<Integer> SIGN_DEPENDENT =
      Set.of(
          0x00189810,
          0x00221452,
          0x00280071,
          0x00280104,
          0x00280105,
          0x00280106,
          0x00280107,
          0x00280108,
          0x00280109,
          0x00280110,
          0x00280111,
          0x00280120,
          0x00280121,
          0x00281101,
          0x00281102,
          0x00281103,
          0x00283002,
          0x00409211,
          0x00409216,
          0x00603004,
          0x00603006);

  private final List<Pending> pending = new ArrayList<>();

  private record Pending(DicomDataset dataset, int tag) {}

  /** Notes an element that was given the dictionary's VR, where that is not its only one. */
  void add(DicomDataset dataset, int tag) {
    if (SIGN_DEPENDENT.contains(tag) || tag == Tag.LUT_DATA) {
      pending.add(new Pending(dataset, tag));
    }
  }

  /** Settles the VRs, once all elements are there. */
  void settle() {
    for (Pending p : pending) {
      DicomElement element = p.dataset.get(p.tag);
      if (element == null || element.vr().kind() == Vr.Kind.SEQUENCE) {
        continue;
      }
      Vr vr = p.dataset.inherited(Tag.PIXEL_REPRESENTATION) == 1 ? Vr.SS : Vr.US;
      if (p.tag == Tag.LUT_DATA) {
        double[] descriptor = p.dataset.numbers(Tag.LUT_DESCRIPTOR);
        vr = descriptor.length > 0 && descriptor[0] == 1 ? Vr.US : Vr.OW;
      }
      p.dataset.put(new DicomElement(p.tag, vr, element.value()));
    }
  }
}
