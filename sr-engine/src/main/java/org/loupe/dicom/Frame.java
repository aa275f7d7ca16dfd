package org.loupe.dicom;

import java.util.List;
import java.util.function.Supplier;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;

/**
 * One image slice with its place in the patient.
 *
 * @param instanceId SOP Instance UID; with "/" and a number where the file holds several slices
 * @param tags attributes of the frame
 * @param plane where the pixels lie, LPS mm
 * @param loaded pixels in the units of the modality; null where only the header was read
 * @param source makes the pixels where they are not loaded
 * @param overlays overlay planes over it
 */
public record Frame(
    String instanceId,
    FrameTags tags,
    SlicePlane plane,
    Image2 loaded,
    Supplier<Image2> source,
    List<Overlay> overlays) {

  public Frame {
    overlays = List.copyOf(overlays);
  }

  /** A frame with its pixels. */
  Frame(
      String instanceId, FrameTags tags, SlicePlane plane, Image2 loaded, List<Overlay> overlays) {
    this(instanceId, tags, plane, loaded, () -> loaded, overlays);
  }

  /** The pixels in the units of the modality. */
  public Image2 image() {
    return loaded == null ? source.get() : loaded;
  }
}
