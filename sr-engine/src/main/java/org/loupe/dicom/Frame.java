package org.loupe.dicom;

import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;

/**
 * One image frame with its place in the patient.
 *
 * @param instanceId SOP Instance UID; with "/" and the frame's number in a multi-frame file
 * @param tags attributes of the frame
 * @param plane where the pixels lie, LPS mm
 * @param image pixels after rescale
 */
public record Frame(String instanceId, FrameTags tags, SlicePlane plane, Image2 image) {}
