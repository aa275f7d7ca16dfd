package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ReaderProvidersTest {

  @Test
  void findsReadersByTheirNames() throws DicomException {
    DicomReader ours = ReaderProviders.named("loupe");
    assertEquals("loupe", ours.name());
    assertSame(ours, ReaderProviders.named("loupe"));
    DicomException e = assertThrows(DicomException.class, () -> ReaderProviders.named("none"));
    assertEquals(
        "there is no DICOM reader \"none\" on the class path (loupe.dicom.reader)", e.getMessage());
  }
}
