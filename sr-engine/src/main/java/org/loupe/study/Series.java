package org.loupe.study;

import java.util.List;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.AcquiredGridDetector;
import org.loupe.image.Contrast;
import org.loupe.image.DisplayOrientation;
import org.loupe.image.EncodedMatrix;
import org.loupe.image.PhaseAxis;
import org.loupe.image.VoiCurve;
import org.loupe.image.Volume;
import org.loupe.image.Window;

/**
 * One series: images of one contrast that stack to a volume.
 *
 * @param id stable identity: Series Instance UID (with the echo, where a series was split), or a
 *     hash for NIfTI
 * @param description Series Description, or the file name; may be empty
 * @param contrast recognised contrast
 * @param contrastReason what the contrast was read from, for the user ("TE 90 ms, TR 3000 ms")
 * @param frameOfReference Frame of Reference UID; empty where unknown: then nothing is paired with
 *     it unless the user confirms
 * @param volume pixels and geometry
 * @param window window of the tags; null where they have none
 * @param instanceIds identity of each slice (SOP Instance UID, or id and index), by slice
 * @param notes what the user should know of it: missing or duplicate slices, uneven spacing
 * @param encodedMatrix what the tags say of the measured matrix, along this array's axes
 * @param curve how grey rises within the window; null for in a straight line
 * @param overlays 1 where an overlay of the files lies over a pixel, on the planes of the volume;
 *     null where there are none
 */
public record Series(
    String id,
    String description,
    Contrast contrast,
    String contrastReason,
    String frameOfReference,
    Volume volume,
    Window window,
    List<String> instanceIds,
    List<String> notes,
    EncodedMatrix encodedMatrix,
    VoiCurve curve,
    Volume overlays) {

  public Series {
    instanceIds = List.copyOf(instanceIds);
    notes = List.copyOf(notes);
    if (instanceIds.size() != volume.depth()) {
      throw new IllegalArgumentException(instanceIds.size() + " ids, " + volume.depth());
    }
  }

  /** A series whose tags do not tell the measured matrix. */
  public Series(
      String id,
      String description,
      Contrast contrast,
      String contrastReason,
      String frameOfReference,
      Volume volume,
      Window window,
      List<String> instanceIds,
      List<String> notes) {
    this(
        id,
        description,
        contrast,
        contrastReason,
        frameOfReference,
        volume,
        window,
        instanceIds,
        notes,
        EncodedMatrix.UNKNOWN,
        null,
        null);
  }

  /** Note of a series of which nothing tells where in the patient it lies. */
  static final String UNPLACED = "no place in the patient: no sides";

  /** Note of a series of which nothing tells how large its pixels are. */
  static final String UNSIZED = "pixel size unknown";

  private static final String CHOSEN = "chosen by the user";

  /** SOP Instance UID of a DICOM slice's identity, which may have a frame's number behind it. */
  public static String instanceUid(String instanceId) {
    int slash = instanceId.indexOf('/');
    return slash < 0 ? instanceId : instanceId.substring(0, slash);
  }

  /** Whether its place in the patient is known: else its planes have no sides. */
  public boolean placed() {
    return !notes.contains(UNPLACED);
  }

  /** Whether the size of its pixels is known: else each counts as a millimetre. */
  public boolean sized() {
    return !notes.contains(UNSIZED);
  }

  /** Whether the user chose the contrast. */
  public boolean chosen() {
    return contrastReason.equals(CHOSEN);
  }

  /** This series with the contrast that the user chose. */
  public Series withContrast(Contrast chosen) {
    return with(chosen, CHOSEN, curve);
  }

  /**
   * This series with another grey scale.
   *
   * @param other how grey rises within the window; null for in a straight line
   */
  public Series withCurve(VoiCurve other) {
    return with(contrast, contrastReason, other);
  }

  private Series with(Contrast otherContrast, String reason, VoiCurve otherCurve) {
    return new Series(
        id,
        description,
        otherContrast,
        reason,
        frameOfReference,
        volume,
        window,
        instanceIds,
        notes,
        encodedMatrix,
        otherCurve,
        overlays);
  }

  /**
   * This series with its array turned for the screen ({@link DisplayOrientation}); every pixel
   * keeps its place in the patient.
   */
  public Series displayOriented() {
    return turned(DisplayOrientation.of(volume));
  }

  /** This series with its array turned; every pixel keeps its place in the patient. */
  public Series turned(DisplayOrientation orientation) {
    if (orientation.isIdentity()) {
      return this;
    }
    return new Series(
        id,
        description,
        contrast,
        contrastReason,
        frameOfReference,
        orientation.apply(volume),
        window,
        orientation.apply(instanceIds),
        notes,
        orientation.transpose() ? encodedMatrix.transposed() : encodedMatrix,
        curve,
        overlays == null ? null : orientation.apply(overlays));
  }

  /** The lattice that the series was measured on; takes some tenths of a second. */
  public AcquiredGrid detectAcquiredGrid() {
    return AcquiredGridDetector.detect(volume, encodedMatrix);
  }

  /** The lattice to super-resolve from: the measured one, or the stored one taken for it. */
  public AcquiredGrid acquiredGrid(boolean detected) {
    return detected ? detectAcquiredGrid() : AcquiredGrid.stored(volume, "taken for acquired");
  }

  /** The axis of phase encoding: the tags', else the usual one. */
  public PhaseAxis phaseAxis() {
    return encodedMatrix.phase().orUsual(volume.plane(0));
  }

  /** The NIfTI form code of its coordinates: 1 scanner, 2 aligned, 3 Talairach, 4 MNI. */
  public int niftiCode() {
    return NiftiSeries.formCode(this);
  }

  /** Whether both series are known to share one frame of reference. */
  public boolean sharesFrameWith(Series other) {
    return !frameOfReference.isEmpty() && frameOfReference.equals(other.frameOfReference);
  }
}
