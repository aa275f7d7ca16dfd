package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DicomExceptionTest {

  @Test
  void aMessageIsOneLineWhateverItQuotes() {
    assertEquals(
        "photometric MONO ROME is no grey",
        new DicomException("\nphotometric MONO\r\n\0ROME is no grey").getMessage());
    String quoting = new DicomException("x".repeat(5000)).getMessage();
    assertTrue(quoting.length() < 400 && quoting.endsWith("…"), quoting);
  }
}
