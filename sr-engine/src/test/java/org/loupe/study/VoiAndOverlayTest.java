package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Vr;

/** What a file says of how it is to be shown reaches the series. */
class VoiAndOverlayTest {

  private static final int COLUMNS = 4;
  private static final int ROWS = 3;

  @TempDir Path folder;

  /** A coronal image whose rows run from the patient's left to right. */
  private static DatasetBuilder image() {
    return new DatasetBuilder()
        .text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.4")
        .text(Tag.SOP_INSTANCE_UID, "2.25.1")
        .text(Tag.MODALITY, "MR")
        .text(Tag.STUDY_INSTANCE_UID, "2.25.2")
        .text(Tag.SERIES_INSTANCE_UID, "2.25.3")
        .numbers(Tag.IMAGE_POSITION, 0, 0, 0)
        .numbers(Tag.IMAGE_ORIENTATION, -1, 0, 0, 0, 0, -1)
        .numbers(Tag.PIXEL_SPACING, 1, 1)
        .numbers(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .numbers(Tag.ROWS, ROWS)
        .numbers(Tag.COLUMNS, COLUMNS)
        .numbers(Tag.BITS_ALLOCATED, 16)
        .numbers(Tag.BITS_STORED, 16)
        .numbers(Tag.HIGH_BIT, 15)
        .numbers(Tag.PIXEL_REPRESENTATION, 0)
        .bytes(Tag.PIXEL_DATA, Vr.OW, new byte[2 * COLUMNS * ROWS]);
  }

  private Series load(DatasetBuilder image) throws IOException {
    Path file = folder.resolve("image.dcm");
    DicomWriter.write(file, image.build(), TransferSyntax.EXPLICIT_LE);
    return new StudyLoader().load(List.of(file), Progress.NONE).allSeries().get(0);
  }

  @Test
  void overlaysTurnWithTheImage() throws IOException {
    // Bits at row 0, column 1 and row 2, column 3; the overlay begins at row 1, column 1.
    DatasetBuilder image =
        image()
            .numbers(0x60000010, ROWS)
            .numbers(0x60000011, COLUMNS)
            .text(0x60000040, "G")
            .bytes(0x60000050, Vr.SS, new byte[] {1, 0, 1, 0})
            .numbers(0x60000100, 1)
            .numbers(0x60000102, 0)
            .bytes(0x60003000, Vr.OW, new byte[] {0b0000_0010, 0b0000_1000});
    Series series = load(image);
    float[] bits = series.overlays().slice(0).values();
    assertArrayEquals(new float[] {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, bits);
    // On the screen the patient's right is at the left.
    Series shown = series.displayOriented();
    assertArrayEquals(
        new float[] {0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0}, shown.overlays().slice(0).values());
    assertEquals(shown.volume().planes(), shown.overlays().planes());
  }

  @Test
  void aTableBendsTheGreys() throws IOException {
    ByteBuffer squares = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 0; n < 256; n++) {
      squares.putShort((short) (n * n / 255));
    }
    DatasetBuilder image =
        image()
            .items(
                Tag.VOI_LUT_SEQUENCE,
                new DatasetBuilder()
                    .numbers(Tag.LUT_DESCRIPTOR, 256, 100, 8)
                    .bytes(Tag.LUT_DATA, Vr.OW, squares.array())
                    .build());
    Series series = load(image);
    assertEquals(228, series.window().centre());
    assertEquals(256, series.window().width());
    assertEquals(1, series.curve().span());
    int[] levels = series.curve().levels();
    assertEquals(0, levels[0]);
    assertEquals(255, levels[255]);
    assertEquals(64, levels[128], 2);
  }

  @Test
  void aSigmoidReachesBeyondItsWindow() throws IOException {
    DatasetBuilder image =
        image()
            .numbers(Tag.WINDOW_CENTER, 500)
            .numbers(Tag.WINDOW_WIDTH, 200)
            .text(Tag.VOI_LUT_FUNCTION, "SIGMOID");
    Series series = load(image);
    assertEquals(200, series.window().width());
    assertEquals(800, series.curve().spanned(series.window()).width());
    int[] levels = series.curve().levels();
    assertEquals(127.5, levels[127], 3);
    // At half a width above the centre it is 1 / (1 + exp(-2)).
    assertEquals(255 / (1 + Math.exp(-2)), levels[160], 2);
    assertEquals(0, levels[0]);
    assertEquals(255, levels[255]);
  }

  @Test
  void aPlainWindowHasNoCurve() throws IOException {
    Series series = load(image().numbers(Tag.WINDOW_CENTER, 500).numbers(Tag.WINDOW_WIDTH, 200));
    assertNull(series.curve());
    assertNull(series.overlays());
  }
}
