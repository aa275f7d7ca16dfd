package org.loupe.dicom.derived;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.Tag;

/**
 * What computed a result: for the Contributing Equipment Sequence (PS3.3 C.12.1.1.5).
 *
 * @param model name of the model
 * @param version version of its weights
 * @param sha256 hexadecimal hash of each weight file, by file name
 * @param device what it ran on
 * @param when local time
 */
public record Processing(
    String model, String version, Map<String, String> sha256, String device, LocalDateTime when) {

  private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  public Processing {
    sha256 = Map.copyOf(sha256);
  }

  /** A result of now. */
  public static Processing now(
      String model, String version, Map<String, String> sha256, String device) {
    return new Processing(model, version, sha256, device, Modules.now());
  }

  /** Model name and version. */
  public String label() {
    return model + " " + version;
  }

  /**
   * The item; Software Versions holds this program's version, the model's, and each file's hash.
   */
  DicomDataset item(String description) {
    TreeMap<String, String> sorted = new TreeMap<>(sha256);
    StringBuilder hashes = new StringBuilder();
    sorted.forEach(
        (file, hash) -> hashes.append("; ").append(file).append(" SHA-256 ").append(hash));
    String text = "%s by model %s%s; on %s".formatted(description, label(), hashes, device);
    return new DatasetBuilder()
        .codes(Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, Code.dcm("109102", "Processing Equipment"))
        .text(Tag.MANUFACTURER, Software.MANUFACTURER)
        .text(Tag.MANUFACTURER_MODEL_NAME, Modules.shortened("Loupe model " + model, 64))
        .text(Tag.SOFTWARE_VERSIONS, "Loupe " + Software.VERSION, Modules.shortened(version, 64))
        .text(Tag.CONTRIBUTION_DATE_TIME, DATE_TIME.format(when))
        .text(Tag.CONTRIBUTION_DESCRIPTION, Modules.shortened(text, 1024))
        .build();
  }
}
