package org.loupe.dicom;

import java.util.List;
import org.loupe.image.Volume;
import org.loupe.image.Window;

/**
 * An MR series to write.
 *
 * @param volume pixels and geometry
 * @param patient whose it is
 * @param study which study it belongs to
 * @param identity which series it is
 * @param acquisition how it was acquired, or simulated
 * @param window window for showing it; null for none
 */
public record MrSeries(
    Volume volume,
    Patient patient,
    StudyInfo study,
    Identity identity,
    Acquisition acquisition,
    Window window) {

  /**
   * Patient module (PS3.3 C.7.1.1).
   *
   * @param name in DICOM's form, Family^Given
   * @param birthDate yyyymmdd, or empty
   * @param sex M, F, O, or empty
   */
  public record Patient(String name, String id, String birthDate, String sex) {}

  /**
   * General study module (PS3.3 C.7.2.1).
   *
   * @param date yyyymmdd
   * @param time hhmmss
   */
  public record StudyInfo(String uid, String date, String time, String description) {}

  /**
   * The series.
   *
   * @param uid Series Instance UID; slice k gets this with "." and k + 1 as SOP Instance UID
   * @param number Series Number
   * @param bodyPart Body Part Examined, a term of PS3.16 annex L such as HEAD or BRAIN
   * @param frameOfReferenceUid shared by the series that are aligned with each other
   * @param derivation Derivation Description where the pixels were computed rather than acquired
   *     (Image Type value 1 is then DERIVED); null for original images
   * @param manufacturer Manufacturer: of the scanner, or the name of the program
   */
  public record Identity(
      String uid,
      int number,
      String description,
      String bodyPart,
      String frameOfReferenceUid,
      String derivation,
      String manufacturer) {}

  /**
   * MR image module (PS3.3 C.8.3.1).
   *
   * @param scanningSequence SE, IR, GR, EP, RM
   * @param sequenceVariant SK, MTC, SS, TRSS, SP, MP, OSP, NONE
   * @param repetitionTime ms
   * @param echoTime ms
   * @param inversionTime ms; NaN where there is no inversion
   * @param echoNumber 1 for the first echo
   * @param echoTrainLength lines of k-space per excitation
   * @param sliceThickness mm
   * @param threeD whether it is a 3-D acquisition
   */
  public record Acquisition(
      List<String> scanningSequence,
      List<String> sequenceVariant,
      double repetitionTime,
      double echoTime,
      double inversionTime,
      int echoNumber,
      int echoTrainLength,
      double sliceThickness,
      boolean threeD) {

    public Acquisition {
      scanningSequence = List.copyOf(scanningSequence);
      sequenceVariant = List.copyOf(sequenceVariant);
    }
  }
}
