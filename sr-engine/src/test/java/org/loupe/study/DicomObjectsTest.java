package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Vr;
import org.loupe.image.Vec3;

/** Mosaics, stacks, discs, captures, compressed and very large series in the loader. */
class DicomObjectsTest {

  @TempDir Path folder;

  @Test
  void cutsMosaicsIntoSlices() throws IOException {
    short[] pixels = new short[12 * 12];
    for (int n = 0; n < pixels.length; n++) {
      pixels[n] = (short) (n / 12 / 4 * 3 + n % 12 / 4); // the number of the tile
    }
    DatasetBuilder b =
        image(1, 12, 12, pixels).text(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "M", "MOSAIC");
    b.text(0x00290010, "SIEMENS CSA HEADER").bytes(0x00291010, Vr.OB, csa());
    write("mosaic.dcm", b.build());
    Series series = load(folder).allSeries().get(0);
    assertEquals(7, series.volume().depth());
    assertEquals(4, series.volume().columns());
    // Tiles go against the normal of the axes; the loader orders along it.
    assertEquals(6, series.volume().slice(0).at(1, 1));
    assertEquals(0, series.volume().slice(6).at(3, 3));
    // The first tile's corner is half of what the mosaic is larger further on.
    Vec3 origin = series.volume().plane(6).origin();
    assertEquals(-10 + 4 * 0.5, origin.x(), 1e-9);
    assertEquals(20 + 4 * 0.5, origin.y(), 1e-9);
    assertEquals(5, origin.z(), 1e-9);
    assertEquals(5 - 6 * 3.0, series.volume().plane(0).origin().z(), 1e-9);
  }

  @Test
  void keepsStacksAndTimePointsApart() throws IOException {
    List<DicomDataset> groups = new ArrayList<>();
    for (int frame = 0; frame < 12; frame++) {
      int slice = frame % 3;
      int time = frame / 3 % 2;
      int stack = frame / 6;
      groups.add(
          new DatasetBuilder()
              .items(0x00209113, item(b -> b.numbers(Tag.IMAGE_POSITION, 0, 0, 3 * slice)))
              .items(
                  0x00209111,
                  item(
                      b ->
                          b.text(Tag.STACK_ID, "" + (stack + 1))
                              .bytes(
                                  Tag.DIMENSION_INDEX_VALUES,
                                  Vr.UL,
                                  ints(stack + 1, slice + 1, time + 1))))
              .build());
    }
    short[] pixels = new short[12 * 4];
    for (int n = 0; n < pixels.length; n++) {
      pixels[n] = (short) (n / 4);
    }
    DatasetBuilder b = image(1, 2, 2, pixels).numbers(Tag.NUMBER_OF_FRAMES, 12);
    b.items(
        Tag.DIMENSION_INDEX_SEQUENCE,
        List.of(pointer(Tag.STACK_ID), pointer(Tag.IN_STACK_POSITION), pointer(0x00209128)));
    b.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS, groups);
    write("enhanced.dcm", b.build());
    List<Series> series = load(folder).allSeries();
    assertEquals(4, series.size());
    for (int n = 0; n < 4; n++) {
      assertEquals(3, series.get(n).volume().depth());
      assertEquals(3 * n + 1, series.get(n).volume().slice(1).at(0, 0));
    }
  }

  @Test
  void followsDirectoriesOfDiscs() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    write("images/im1", image(1, 2, 2, new short[4]).build());
    write("images/other", image(2, 2, 2, new short[4]).build());
    write("DICOMDIR", directory("IMAGES", "IM1", "IMAGES", "IM2"));
    Loaded loaded = load(folder.resolve("DICOMDIR"));
    assertEquals(1, loaded.allSeries().get(0).volume().depth());
    assertEquals(1, loaded.problems().size());
    assertTrue(loaded.problems().get(0).reason().contains("DICOMDIR refers to it"));
    write("DICOMDIR", directory("..", "IM1", "IMAGES", "IM1"));
    Problem outside = load(folder.resolve("DICOMDIR")).problems().get(0);
    assertTrue(outside.reason().contains("outside its folder"), outside.reason());
  }

  @Test
  void showsCapturesInGrey() throws IOException {
    DatasetBuilder b =
        image(1, 2, 1, new short[3])
            .text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.7")
            .text(Tag.MODALITY, "OT")
            .text(Tag.IMAGE_POSITION)
            .text(Tag.FRAME_OF_REFERENCE_UID, "2.25.9")
            .numbers(Tag.SAMPLES_PER_PIXEL, 3)
            .text(Tag.PHOTOMETRIC_INTERPRETATION, "RGB")
            .numbers(Tag.BITS_ALLOCATED, 8)
            .numbers(Tag.BITS_STORED, 8)
            .numbers(Tag.HIGH_BIT, 7)
            .bytes(Tag.PIXEL_DATA, Vr.OB, new byte[] {100, 0, 0, 50, 50, 50});
    write("capture.dcm", b.build());
    Series series = load(folder).allSeries().get(0);
    assertEquals(29.9f, series.volume().slice(0).at(0, 0), 1e-4f);
    assertEquals(50, series.volume().slice(0).at(1, 0), 1e-4f);
    assertTrue(series.notes().contains("a colour image, shown in grey"));
    // Nothing tells where it lies; the size of its pixels is told.
    assertFalse(series.placed());
    assertTrue(series.notes().contains("no place in the patient: no sides"));
    assertTrue(series.sized());
    assertEquals("", series.frameOfReference());
    assertFalse(series.displayOriented().placed());
  }

  @Test
  void saysOfCapturesWhatIsNotKnown() throws IOException {
    DatasetBuilder b =
        image(1, 2, 1, new short[2]).text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.7");
    write("capture.dcm", b.build());
    assertTrue(load(folder).allSeries().get(0).placed());
    write("capture.dcm", b.text(Tag.IMAGE_POSITION).text(Tag.PIXEL_SPACING).build());
    Series series = load(folder).allSeries().get(0);
    assertFalse(series.placed());
    assertFalse(series.sized());
    assertTrue(series.notes().contains("pixel size unknown"));
  }

  @Test
  void loadsCompressedSeries() throws IOException {
    List<String> wanted = List.of("u12_jpegls.dcm", "s12_gdcm_j2k.dcm", "u8_rle.dcm");
    try (InputStream in = DicomDataset.class.getResourceAsStream("compressed.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (wanted.contains(e.getName())) {
          Files.write(folder.resolve(e.getName()), zip.readAllBytes());
        }
      }
    }
    Loaded loaded = load(folder);
    assertEquals(List.of(), loaded.problems());
    assertEquals(3, loaded.allSeries().get(0).volume().depth());
  }

  @Test
  void readsPixelsLaterWhereThereIsNoRoom() throws IOException {
    for (int n = 0; n < 3; n++) {
      write("im" + n + ".dcm", image(n, 2, 2, new short[] {(short) n, 1, 2, 3}).build());
    }
    Loaded kept = load(folder);
    Loaded later = new StudyLoader(Long.MAX_VALUE, 0).load(List.of(folder), Progress.NONE);
    Series a = kept.allSeries().get(0).displayOriented();
    Series b = later.allSeries().get(0).displayOriented();
    assertEquals(a.volume().planes(), b.volume().planes());
    for (int k = 0; k < 3; k++) {
      assertArrayEquals(a.volume().slice(k).values(), b.volume().slice(k).values());
    }
  }

  @Test
  void saysThatAFileIsGoneOrChanged() throws IOException {
    write("im1.dcm", image(1, 2, 2, new short[4]).build());
    write("im2.dcm", image(2, 2, 2, new short[4]).build());
    Series series =
        new StudyLoader().index(List.of(folder), Progress.NONE).loaded().allSeries().get(0);
    Files.delete(folder.resolve("im1.dcm"));
    write("im2.dcm", image(2, 4, 4, new short[16]).build());
    UncheckedIOException gone =
        assertThrows(UncheckedIOException.class, () -> series.volume().slice(0));
    assertEquals("im1.dcm: no such file", gone.getMessage());
    UncheckedIOException changed =
        assertThrows(UncheckedIOException.class, () -> series.volume().slice(1));
    assertEquals("im2.dcm: it has changed since it was opened", changed.getMessage());
  }

  @Test
  void tellsOtherObjects() throws IOException {
    DatasetBuilder b =
        image(1, 2, 2, new short[4])
            .text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.66.4")
            .text(Tag.MODALITY, "SEG")
            .text(Tag.SEGMENTATION_TYPE, "BINARY");
    write("seg.dcm", b.build());
    StudyIndex index = new StudyLoader().index(List.of(folder), Progress.NONE);
    assertEquals("segmentation, binary", index.others().get(0).kind());
    assertTrue(index.loaded().allSeries().isEmpty());
  }

  private static DatasetBuilder image(int number, int columns, int rows, short[] pixels) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (short value : pixels) {
      bytes.putShort(value);
    }
    return new DatasetBuilder()
        .text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.4")
        .text(Tag.SOP_INSTANCE_UID, "1.2.3." + number)
        .text(Tag.STUDY_INSTANCE_UID, "1.2.4")
        .text(Tag.SERIES_INSTANCE_UID, "1.2.5")
        .text(Tag.MODALITY, "MR")
        .numbers(Tag.SLICE_THICKNESS, 3)
        .numbers(Tag.IMAGE_POSITION, -10, 20, 5 + 3.0 * number - 3)
        .numbers(Tag.IMAGE_ORIENTATION, 1, 0, 0, 0, 1, 0)
        .numbers(Tag.PIXEL_SPACING, 0.5, 0.5)
        .numbers(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .numbers(Tag.ROWS, rows)
        .numbers(Tag.COLUMNS, columns)
        .numbers(Tag.BITS_ALLOCATED, 16)
        .numbers(Tag.BITS_STORED, 16)
        .numbers(Tag.HIGH_BIT, 15)
        .numbers(Tag.PIXEL_REPRESENTATION, 0)
        .bytes(Tag.PIXEL_DATA, Vr.OW, bytes.array());
  }

  /** Two values of Siemens' header: seven slices, whose normal points to the feet. */
  private static byte[] csa() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("SV10".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {4, 3, 2, 1});
    out.writeBytes(ints(2, 77));
    csaTag(out, "NumberOfImagesInMosaic", "7");
    csaTag(out, "SliceNormalVector", "0.0", "0.0", "-1.0");
    return out.toByteArray();
  }

  private static void csaTag(ByteArrayOutputStream out, String name, String... values) {
    byte[] padded = new byte[64];
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(letters, 0, padded, 0, letters.length);
    out.writeBytes(padded);
    out.writeBytes(ints(values.length, 0, 0, values.length, 77));
    for (String value : values) {
      byte[] text = (value + "\0").getBytes(StandardCharsets.US_ASCII);
      out.writeBytes(ints(text.length, text.length, 77, text.length));
      out.writeBytes(text);
      out.writeBytes(new byte[(4 - text.length % 4) % 4]);
    }
  }

  private static DicomDataset pointer(int tag) {
    return new DatasetBuilder()
        .bytes(
            Tag.DIMENSION_INDEX_POINTER,
            Vr.AT,
            ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .array())
        .build();
  }

  private static DicomDataset directory(String... folderAndFile) {
    List<DicomDataset> records = new ArrayList<>();
    for (int n = 0; n < folderAndFile.length; n += 2) {
      records.add(
          new DatasetBuilder()
              .text(Tag.REFERENCED_FILE_ID, folderAndFile[n], folderAndFile[n + 1])
              .build());
    }
    return new DatasetBuilder()
        .text(Tag.SOP_CLASS_UID, "1.2.840.10008.1.3.10")
        .text(Tag.SOP_INSTANCE_UID, "1.2.9")
        .items(Tag.DIRECTORY_RECORDS, records)
        .build();
  }

  private static List<DicomDataset> item(java.util.function.Consumer<DatasetBuilder> content) {
    DatasetBuilder b = new DatasetBuilder();
    content.accept(b);
    return List.of(b.build());
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private void write(String name, DicomDataset dataset) throws IOException {
    DicomWriter.write(folder.resolve(name), dataset, TransferSyntax.EXPLICIT_LE);
  }

  private static Loaded load(Path path) {
    return new StudyLoader().load(List.of(path), Progress.NONE);
  }
}
