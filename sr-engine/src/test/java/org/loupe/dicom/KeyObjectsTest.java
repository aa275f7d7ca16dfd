package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyObjectsTest {

  /** A file that dciodvfy, dcmtk and pydicom found sound (check_derived.py). */
  @Test
  void namesTheImagesOfADocument() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/org/loupe/dicom/derived/ko.dcm")) {
      DicomFile file = DicomReader.configured().read(in.readAllBytes());
      assertEquals(KeyObjects.STORAGE, FrameReader.sopClass(file));
      assertEquals(List.of("2.25.20010", "2.25.20021"), KeyObjects.of(file.dataset()));
    }
  }

  @Test
  void namesFramesAndNothingThatIsRejected() {
    assertEquals(
        List.of("1.2.3", "1.2.4/2", "1.2.4/11"), KeyObjects.of(document("113000", "Of Interest")));
    assertEquals(List.of(), KeyObjects.of(document("113037", "Rejected for Patient Safety")));
  }

  private static DicomDataset document(String title, String meaning) {
    DicomDataset whole =
        new DatasetBuilder().text(Tag.REFERENCED_SOP_INSTANCE_UID, "1.2.3").build();
    DicomDataset frames =
        new DatasetBuilder()
            .text(Tag.REFERENCED_SOP_INSTANCE_UID, "1.2.4")
            .numbers(Tag.REFERENCED_FRAME_NUMBER, 2, 11)
            .build();
    return new DatasetBuilder()
        .codes(Tag.CONCEPT_NAME_CODE_SEQUENCE, Code.dcm(title, meaning))
        .items(Tag.CONTENT_SEQUENCE, List.of(text(), image(whole), image(frames)))
        .build();
  }

  private static DicomDataset text() {
    return new DatasetBuilder().text(Tag.VALUE_TYPE, "TEXT").text(Tag.TEXT_VALUE, "why").build();
  }

  private static DicomDataset image(DicomDataset reference) {
    return new DatasetBuilder()
        .text(Tag.VALUE_TYPE, "IMAGE")
        .items(Tag.REFERENCED_SOP_SEQUENCE, List.of(reference))
        .build();
  }
}
