package org.loupe.dicom.derived;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;

/** The anatomic region of frames (PS3.3 C.7.6.16.2.8) from what classic images say in a term. */
final class Anatomy {

  /** Terms of Body Part Examined with their codes (PS3.16 annex L). */
  private static final Map<String, Code> REGIONS =
      Map.ofEntries(
          Map.entry("ABDOMEN", Code.sct("818983003", "Abdomen")),
          Map.entry("ANKLE", Code.sct("70258002", "Ankle joint")),
          Map.entry("BRAIN", Code.sct("12738006", "Brain")),
          Map.entry("BREAST", Code.sct("76752008", "Breast")),
          Map.entry("CHEST", Code.sct("816094009", "Chest")),
          Map.entry("CSPINE", Code.sct("122494005", "Cervical spine")),
          Map.entry("ELBOW", Code.sct("16953009", "Elbow joint")),
          Map.entry("HEAD", Code.sct("69536005", "Head")),
          Map.entry("HEART", Code.sct("80891009", "Heart")),
          Map.entry("HIP", Code.sct("24136001", "Hip joint")),
          Map.entry("KNEE", Code.sct("72696002", "Knee")),
          Map.entry("LSPINE", Code.sct("122496007", "Lumbar spine")),
          Map.entry("NECK", Code.sct("45048000", "Neck")),
          Map.entry("PELVIS", Code.sct("816092008", "Pelvis")),
          Map.entry("PROSTATE", Code.sct("41216001", "Prostate")),
          Map.entry("SHOULDER", Code.sct("16982005", "Shoulder")),
          Map.entry("SPINE", Code.sct("421060004", "Spine")),
          Map.entry("TSPINE", Code.sct("122495006", "Thoracic spine")),
          Map.entry("WRIST", Code.sct("74670003", "Wrist joint")));

  /** Where nothing is said. */
  private static final Code BODY = Code.sct("123037004", "Body structure");

  private Anatomy() {}

  /** The item of the frame anatomy sequence. */
  static DicomDataset of(FrameTags tags) {
    DatasetBuilder b = new DatasetBuilder();
    String side = tags.string(Tag.FRAME_LATERALITY, Tag.LATERALITY);
    b.text(Tag.FRAME_LATERALITY, side.matches("[RLUB]") ? side : "U");
    List<DicomDataset> told = tags.items(Tag.ANATOMIC_REGION_SEQUENCE);
    Code code = told.isEmpty() ? null : Code.of(told.get(0));
    if (code == null) {
      String part = tags.string(Tag.BODY_PART_EXAMINED).toUpperCase(Locale.ROOT);
      code = REGIONS.getOrDefault(part.replace(" ", ""), BODY);
    }
    return b.codes(Tag.ANATOMIC_REGION_SEQUENCE, code).build();
  }
}
