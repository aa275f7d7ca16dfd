package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Modality and VOI transforms, padding, overlays and Philips' scaling. */
class TransformsTest {

  @Test
  void paddingBecomesTheSmallestValue() throws DicomException {
    DatasetBuilder b =
        new DatasetBuilder()
            .numbers(Tag.RESCALE_SLOPE, 2)
            .numbers(Tag.RESCALE_INTERCEPT, -10)
            .bytes(Tag.PIXEL_PADDING_VALUE, Vr.SS, shorts(-2000));
    ModalityTransform t = ModalityTransform.of(tags(b), true);
    float[] values = t.apply(new int[] {-2000, 5, 7}, false);
    assertArrayEquals(new float[] {0, 0, 4}, values);
    assertArrayEquals(new float[] {-4010, -4010}, t.apply(new int[] {-2000, -2000}, false));
  }

  @Test
  void paddingMayBeARange() throws DicomException {
    DatasetBuilder b =
        new DatasetBuilder()
            .bytes(Tag.PIXEL_PADDING_VALUE, Vr.US, shorts(60000))
            .bytes(Tag.PIXEL_PADDING_RANGE_LIMIT, Vr.US, shorts(65535));
    ModalityTransform t = ModalityTransform.of(tags(b), false);
    assertArrayEquals(new float[] {3, 3, 3}, t.apply(new int[] {3, 60001, 65535}, false));
  }

  @Test
  void modalityTableReplacesTheSlope() throws DicomException {
    DicomDataset table = table(3, 10, 16, 100, 200, 400);
    DatasetBuilder b = new DatasetBuilder().items(Tag.MODALITY_LUT_SEQUENCE, List.of(table));
    ModalityTransform t = ModalityTransform.of(tags(b), false);
    assertArrayEquals(
        new float[] {100, 100, 200, 400, 400}, t.apply(new int[] {0, 10, 11, 12, 99}, false));
  }

  @Test
  void brokenTablesAreSaid() {
    DatasetBuilder b =
        new DatasetBuilder().items(Tag.MODALITY_LUT_SEQUENCE, List.of(table(300, 0, 16, 1, 2)));
    DicomException e =
        assertThrows(DicomException.class, () -> ModalityTransform.of(tags(b), false));
    assertTrue(e.getMessage().contains("too few entries"));
  }

  @Test
  void windowsByFunction() throws DicomException {
    VoiLut linear = VoiLut.of(tags(window("", 50, 101)));
    assertEquals(VoiLut.Function.LINEAR, linear.function());
    assertEquals(0, linear.apply(-0.5), 1e-12);
    assertEquals(0.5, linear.apply(49.5), 1e-12);
    assertEquals(1, linear.apply(99.5), 1e-12);
    VoiLut exact = VoiLut.of(tags(window("LINEAR_EXACT", 50, 100)));
    assertEquals(0.25, exact.apply(25), 1e-12);
    VoiLut sigmoid = VoiLut.of(tags(window("SIGMOID", 50, 100)));
    assertEquals(0.5, sigmoid.apply(50), 1e-12);
    assertEquals(1 / (1 + Math.exp(-2)), sigmoid.apply(100), 1e-12);
    VoiLut step = VoiLut.of(tags(window("LINEAR", 10, 1)));
    assertEquals(0, step.apply(9.5));
    assertEquals(1, step.apply(9.6));
    assertNull(VoiLut.of(tags(window("LINEAR", 10, 0))));
  }

  @Test
  void windowsByTable() throws DicomException {
    DatasetBuilder b =
        new DatasetBuilder()
            .items(Tag.VOI_LUT_SEQUENCE, List.of(table(4, 100, 8, 0, 51, 204, 255)));
    VoiLut lut = VoiLut.of(tags(b));
    assertEquals(0.2, lut.apply(101), 1e-12);
    assertEquals(1, lut.apply(5000), 1e-12);
    assertEquals(102, lut.window().centre());
    assertEquals(4, lut.window().width());
  }

  @Test
  void overlaysOfTheirOwnAndInThePixels() throws DicomException {
    int overlay = 0x60020000;
    DicomDataset d =
        new DatasetBuilder()
            .numbers(Tag.ROWS, 2)
            .numbers(Tag.COLUMNS, 3)
            .numbers(Tag.BITS_ALLOCATED, 16)
            .bytes(Tag.PIXEL_DATA, Vr.OW, shorts(0, 0x1000, 5, 0x1005, 0, 0x1fff))
            .numbers(0x60000010, 2)
            .numbers(0x60000011, 3)
            .numbers(0x60000102, 12)
            .numbers(overlay | 0x10, 2)
            .numbers(overlay | 0x11, 3)
            .bytes(overlay | 0x50, Vr.SS, shorts(1, 2))
            .text(overlay | 0x40, "R")
            .bytes(overlay | 0x3000, Vr.OW, new byte[] {0x29, 0})
            .build();
    List<Overlay> overlays = Overlay.read(new DicomFile(d, d, TransferSyntax.EXPLICIT_LE, ""));
    assertEquals("{1, 3, 5}", overlays.get(0).bits().toString());
    assertEquals("{0, 3, 5}", overlays.get(1).bits().toString());
    assertEquals(1, overlays.get(1).left());
    assertEquals(0, overlays.get(1).top());
  }

  /** Two rows of eight bits, as words of big endian or as bytes. */
  private static DicomDataset bigEndian(Vr vr, int tag, byte... bits) {
    DatasetBuilder b =
        new DatasetBuilder()
            .numbers(Tag.ROWS, 2)
            .numbers(Tag.COLUMNS, 8)
            .numbers(Tag.BITS_ALLOCATED, 1)
            .numbers(Tag.BITS_STORED, 1)
            .numbers(Tag.HIGH_BIT, 0)
            .numbers(0x60000010, 2)
            .numbers(0x60000011, 8);
    b.put(new DicomElement(tag, vr, ByteBuffer.wrap(bits).order(ByteOrder.BIG_ENDIAN)));
    return b.build();
  }

  private static DicomFile bigEndian(DicomDataset d) {
    return new DicomFile(d, d, TransferSyntax.EXPLICIT_BE, "");
  }

  /** Words are swapped, bytes are not, be they of overlays or of pixels (PS3.5 8.1.2, annex D). */
  @Test
  void bitsInBigEndian() throws DicomException {
    int data = 0x60003000;
    byte[] bits = {1, 0};
    var words = Overlay.read(bigEndian(bigEndian(Vr.OW, data, bits)));
    assertEquals("{8}", words.get(0).bits().toString());
    var bytes = Overlay.read(bigEndian(bigEndian(Vr.OB, data, bits)));
    assertEquals("{0}", bytes.get(0).bits().toString());
    assertEquals(1, new PixelData(bigEndian(bigEndian(Vr.OW, Tag.PIXEL_DATA, bits))).stored(0)[8]);
    assertEquals(1, new PixelData(bigEndian(bigEndian(Vr.OB, Tag.PIXEL_DATA, bits))).stored(0)[0]);
  }

  /** 65,535 rows and columns are more bits than a number of 32 bits counts. */
  @Test
  void overlaysThatCannotBeAreLeftOut() {
    DatasetBuilder b =
        new DatasetBuilder()
            .numbers(Tag.ROWS, 65535)
            .numbers(Tag.COLUMNS, 65535)
            .numbers(Tag.BITS_ALLOCATED, 16)
            .numbers(0x60000010, 65535)
            .numbers(0x60000011, 65535)
            .numbers(0x60000102, 12)
            .numbers(0x60020010, 65535)
            .numbers(0x60020011, 65535)
            .bytes(0x60023000, Vr.OW, new byte[2])
            .bytes(Tag.PIXEL_DATA, Vr.OW, new byte[2]);
    DicomDataset d = b.build();
    assertEquals(List.of(), Overlay.read(new DicomFile(d, d, TransferSyntax.EXPLICIT_LE, "")));
  }

  @Test
  void philipsFloatingPointValues() throws DicomException {
    DatasetBuilder b =
        new DatasetBuilder()
            .numbers(Tag.RESCALE_SLOPE, 2)
            .text(0x20050010, "Philips MR Imaging DD 001")
            .bytes(
                0x2005100E,
                Vr.UN,
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.25f).array());
    PhilipsScaling scaling = PhilipsScaling.of(tags(b));
    assertEquals(20, scaling.floatingPoint(10));
    assertNull(PhilipsScaling.of(tags(new DatasetBuilder().numbers(Tag.RESCALE_SLOPE, 2))));
  }

  private static DatasetBuilder window(String function, double centre, double width) {
    DatasetBuilder b =
        new DatasetBuilder().numbers(Tag.WINDOW_CENTER, centre).numbers(Tag.WINDOW_WIDTH, width);
    return function.isEmpty() ? b : b.text(Tag.VOI_LUT_FUNCTION, function);
  }

  private static DicomDataset table(int count, int first, int bits, int... entries) {
    return new DatasetBuilder()
        .bytes(Tag.LUT_DESCRIPTOR, Vr.US, shorts(count, first, bits))
        .bytes(Tag.LUT_DATA, Vr.OW, shorts(entries))
        .build();
  }

  private static FrameTags tags(DatasetBuilder builder) {
    return FrameTags.of(builder.build(), 0);
  }

  private static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }
}
