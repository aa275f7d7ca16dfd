package org.loupe.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;

/** A NIfTI file as a series. */
final class NiftiSeries {

  private static final Set<String> LABEL_TOKENS =
      Set.of(
          "label",
          "labels",
          "labelmap",
          "mask",
          "lesion",
          "lesions",
          "seg",
          "dseg",
          "segmentation",
          "segmentations",
          "brainmask",
          "aseg",
          "parcellation",
          "gt");

  private static final String PREFIX = "nifti:";

  /** Coordinates that volumes of one folder share, by NIfTI form code. */
  private static final Map<Integer, String> SPACES = Map.of(1, "scanner", 3, "talairach", 4, "mni");

  /** Aligned to something that is not told. */
  private static final int ALIGNED = 2;

  private NiftiSeries() {}

  /** The NIfTI form code of a series' coordinates, which for DICOM are the scanner's. */
  static int formCode(Series series) {
    if (!series.id().startsWith(PREFIX)) {
      return 1;
    }
    String frame = series.frameOfReference();
    return SPACES.entrySet().stream()
        .filter(e -> frame.endsWith(":" + e.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(ALIGNED);
  }

  /** Whether the name is that of a label map or mask, such as {@code labels.nii.gz}. */
  static boolean isLabelName(String fileName) {
    for (String token : ContrastRecogniser.tokens(fileName)) {
      if (LABEL_TOKENS.contains(token)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a file as a series; the id is a hash of its content and name. */
  static Series read(SourceFile file) throws IOException {
    MessageDigest digest = sha256();
    NiftiImage image;
    try (InputStream in = new DigestInputStream(file.opener().open(), digest)) {
      image = NiftiReader.read(in);
    }
    digest.update(file.name().getBytes(StandardCharsets.UTF_8));
    String id = PREFIX + hex(digest);
    List<String> notes = new ArrayList<>(image.notes());
    Volume volume = image.toVolume();
    String frame = frameOfReference(file.folder(), image.affineCode(), notes);
    Recognised contrast = ContrastRecogniser.fromFileName(file.fileName());
    List<String> instances = new ArrayList<>();
    for (int k = 0; k < volume.depth(); k++) {
      instances.add(id + "/" + k);
    }
    return new Series(
        id,
        withoutEnding(file.fileName()),
        contrast.contrast(),
        contrast.reason(),
        frame,
        volume,
        null,
        instances,
        notes,
        image.encodedMatrix(),
        null,
        null);
  }

  /**
   * Scanner coordinates, or one standard space, make the volumes of one folder one frame of
   * reference; other coordinates are not known to be shared.
   */
  private static String frameOfReference(String folder, int affineCode, List<String> notes) {
    String space = SPACES.get(affineCode);
    if (space == null) {
      notes.add(
          "not in scanner coordinates (NIfTI form code %d): paired only when confirmed"
              .formatted(affineCode));
      return "";
    }
    return identity(folder) + ":" + space;
  }

  /** An identity for a folder that does not show its path. */
  static String identity(String folder) {
    MessageDigest digest = sha256();
    digest.update(folder.getBytes(StandardCharsets.UTF_8));
    return PREFIX + hex(digest);
  }

  private static String withoutEnding(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int cut = lower.endsWith(".gz") ? 3 : 0;
    if (lower.substring(0, lower.length() - cut).endsWith(".nii")) {
      cut += 4;
    }
    return name.substring(0, name.length() - cut);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest(), 0, 12);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
