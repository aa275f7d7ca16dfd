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
 * @param loaded pixels in the units of the modality; null where they are read later
 * @param source gives the pixels, loaded or read now
 * @param overlays gives the overlay planes over it; null where there are none
 */
public record Frame(
    String instanceId,
    FrameTags tags,
    SlicePlane plane,
    Image2 loaded,
    Supplier<Image2> source,
    Supplier<List<Overlay>> overlays) {

  /** Reads the slices of a file later, by their place in {@link FrameReader#index}. */
  public interface Source {

    /** The pixels of a slice in the units of the modality. */
    Image2 image(int slice);

    /** The overlay planes over a slice. */
    List<Overlay> overlays(int slice);
  }

  /** A frame with its pixels. */
  Frame(
      String instanceId, FrameTags tags, SlicePlane plane, Image2 loaded, List<Overlay> overlays) {
    this(instanceId, tags, plane, loaded, () -> loaded, overlays.isEmpty() ? null : () -> overlays);
  }

  /** The pixels in the units of the modality. */
  public Image2 image() {
    return source.get();
  }

  /** The same with other attributes. */
  public Frame withTags(FrameTags others) {
    return new Frame(instanceId, others, plane, loaded, source, overlays);
  }
}
