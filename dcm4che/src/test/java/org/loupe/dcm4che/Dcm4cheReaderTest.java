package org.loupe.dcm4che;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomElement;
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
  void readsWhatOurOwnReads() throws IOException {
    Map<String, String> differences = new TreeMap<>();
    Map<String, byte[]> files = Fixtures.all();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String ours = described(DicomReader.builtIn(), file.getValue());
      String theirs = described(reader, file.getValue());
      if (!ours.equals(theirs)) {
        int at = Arrays.mismatch(ours.toCharArray(), theirs.toCharArray());
        int from = ours.lastIndexOf('\n', at) + 1;
        differences.put(
            file.getKey(),
            line(ours, from) + " / " + line(theirs, theirs.lastIndexOf('\n', at) + 1));
      }
    }
    assertTrue(files.size() > 100, files.size() + " files");
    assertEquals(Map.of(), differences);
  }

  private static String line(String text, int from) {
    return text.substring(from).lines().findFirst().orElse("");
  }

  private static String described(DicomReader reader, byte[] bytes) {
    try {
      DicomFile file = reader.read(bytes);
      StringBuilder text = new StringBuilder();
      text.append(file.syntax().uid()).append('\n');
      describe(file.meta(), "", text);
      describe(file.dataset(), "", text);
      return text.append(file.damage()).toString();
    } catch (DicomException e) {
      return e.getMessage();
    }
  }

  private static void describe(DicomDataset dataset, String indent, StringBuilder text) {
    for (DicomElement e : dataset.elements()) {
      text.append("%s%08X %s %s".formatted(indent, e.tag(), e.vr(), e.value().order()));
      text.append(hex(e.value()));
      e.fragments().forEach(fragment -> text.append(" |").append(hex(fragment)));
      text.append('\n');
      e.items().forEach(item -> describe(item, indent + "  ", text));
    }
  }

  private static String hex(ByteBuffer value) {
    byte[] bytes = new byte[value.limit()];
    value.get(0, bytes);
    return java.util.HexFormat.of().formatHex(bytes);
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
