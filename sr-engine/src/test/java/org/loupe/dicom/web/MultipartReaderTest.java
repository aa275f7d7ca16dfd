package org.loupe.dicom.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {

  private static final String TYPE = "multipart/related; type=\"application/dicom\"; boundary=";

  private static MultipartReader reader(String body, String boundary) throws IOException {
    return new MultipartReader(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)), TYPE + boundary);
  }

  @Test
  void findsThePartsWhateverTheyHold() throws IOException {
    // Content that begins like the delimiter, several times, and lines that end in odd ways.
    String first = "\r\n--B\r\n-\r\n--\r\r\n--Bo\r\n\r\n--Boundarz";
    String body =
        "--Boundary\r\nContent-Type: application/dicom\r\n\r\n"
            + first
            + "\r\n--Boundary\r\n\r\nsecond\r\n--Boundary--\r\n";
    for (String boundary : new String[] {"Boundary", "\"Boundary\"; x=y"}) {
      MultipartReader reader = reader(body, boundary);
      assertTrue(reader.first());
      ByteArrayOutputStream a = new ByteArrayOutputStream();
      assertTrue(reader.part(a, 1000));
      assertEquals(first, a.toString(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream b = new ByteArrayOutputStream();
      assertFalse(reader.part(b, 1000));
      assertEquals("second", b.toString(StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertFalse(reader("--B--", "B").first());
    assertFalse(reader("", "B").first());
    MultipartReader broken = reader("--B\r\n\r\nabc", "B");
    assertTrue(broken.first());
    assertThrows(DicomWebException.class, () -> broken.part(OutputStream.nullOutputStream(), 1000));
    MultipartReader large = reader("--B\r\n\r\nabcdefgh\r\n--B--", "B");
    assertTrue(large.first());
    assertThrows(DicomWebException.class, () -> large.part(OutputStream.nullOutputStream(), 4));
    assertThrows(
        DicomWebException.class,
        () -> new MultipartReader(new ByteArrayInputStream(new byte[0]), "text/html"));
  }
}
