package org.loupe.dcm4che;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.Fixtures;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;

/** Against our own reader; the engine's tests of reading run over it too, with their answers. */
class Dcm4cheReaderTest {

  private final DicomReader reader = new Dcm4cheReader();

  @Test
  void isChosenByItsName() throws DicomException {
    assertEquals("dcm4che", System.getProperty(DicomReader.PROPERTY));
    assertEquals(Dcm4cheReader.class, DicomReader.configured().getClass());
  }

  /** Every element of every fixture: VR, bytes, byte order, items, fragments. */
  @Test
  void readsWhatOurOwnReads() throws Exception {
    Map<String, byte[]> files = Fixtures.of("dicom");
    List<String> different = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String ours = Described.by(DicomReader.builtIn(), file.getValue());
      if (!ours.equals(Described.by(reader, file.getValue()))) {
        different.add(file.getKey());
      }
    }
    assertTrue(files.size() > 100, files.size() + " files");
    // A value within which a deflated data set breaks off: ours keeps what there is of it.
    assertEquals(List.of("bad_deflated.dcm"), different);
  }

  /** Sequence in sequence, beyond what any object has. */
  @Test
  void refusesEndlessNesting() throws DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int depth = 0; depth < 100_000; depth++) {
      // (0008,1140) of undefined length, an item of undefined length
      out.writeBytes(new byte[] {8, 0, 0x40, 0x11, 'S', 'Q', 0, 0, -1, -1, -1, -1});
      out.writeBytes(new byte[] {-2, -1, 0, -32, -1, -1, -1, -1});
    }
    DicomFile file = reader.read(out.toByteArray());
    assertEquals("broken: sequences are nested too deeply", file.damage());
  }

  @Test
  void saysWhenItIsNoDicom() {
    DicomException e = assertThrows(DicomException.class, () -> reader.read(new byte[1000]));
    assertEquals("not a DICOM file", e.getMessage());
  }
}
