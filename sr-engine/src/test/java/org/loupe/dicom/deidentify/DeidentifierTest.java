package org.loupe.dicom.deidentify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomElement;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Dictionary;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Vr;

/** Every attribute of PS3.15 table E.1-1, in one data set and within a sequence of it. */
class DeidentifierTest {

  private static final String SECRET = "SECRET";
  private static final String OLD_UID = "1.2.3.4.5.6";
  private static final Set<Retained> NOTHING = EnumSet.noneOf(Retained.class);

  /** The columns of the table's options. */
  private static final List<Retained> COLUMNS =
      List.of(
          Retained.UIDS,
          Retained.DEVICE,
          Retained.INSTITUTION,
          Retained.CHARACTERISTICS,
          Retained.DATES,
          Retained.SHIFTED_DATES);

  private record Row(int tag, String basic, List<String> options) {}

  /** The table as it is checked in, but for the repeating groups. */
  private static List<Row> table() throws IOException {
    try (InputStream in = Deidentifier.class.getResourceAsStream("confidentiality.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .filter(parts -> !parts[0].contains("x"))
          .map(
              p ->
                  new Row(
                      Integer.parseUnsignedInt(p[0], 16), p[1], List.of(p).subList(2, p.length)))
          .toList();
    }
  }

  private static void put(DatasetBuilder b, int tag) {
    Vr vr = Dictionary.vr(tag);
    switch (vr) {
      case UI -> b.text(tag, OLD_UID);
      case SQ -> b.items(tag, new DatasetBuilder().text(Tag.PATIENT_COMMENTS, SECRET).build());
      case DA -> b.text(tag, "20240229");
      case DT -> b.text(tag, "20240229101112");
      case TM -> b.text(tag, "101112");
      case DS, IS -> b.text(tag, "123");
      case AS -> b.text(tag, "055Y");
      case US, SS, UL, SL, FL, FD, AT -> b.bytes(tag, vr, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
      case OB, OW, OD, OF, OL, OV, UN, SV, UV ->
          b.bytes(tag, vr, (SECRET + "OF").getBytes(StandardCharsets.US_ASCII));
      default -> b.text(tag, SECRET);
    }
  }

  private static DicomDataset full() throws IOException {
    DatasetBuilder b = new DatasetBuilder();
    for (Row row : table()) {
      put(b, row.tag);
    }
    // Not in the table: the kind of object, private and repeating groups, unknown attributes.
    b.text(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.4")
        .text(Tag.MODALITY, "MR")
        .bytes(0x00091001, Vr.LO, SECRET.getBytes(StandardCharsets.US_ASCII))
        .bytes(0x60003000, Vr.OW, SECRET.getBytes(StandardCharsets.US_ASCII))
        .bytes(0x60004000, Vr.LT, SECRET.getBytes(StandardCharsets.US_ASCII))
        .bytes(0x50000030, Vr.SH, SECRET.getBytes(StandardCharsets.US_ASCII))
        .bytes(0x00187777, Vr.LO, SECRET.getBytes(StandardCharsets.US_ASCII));
    return b.build();
  }

  @Test
  void everyAttributeOfTheTableIsTreatedAsItSays() throws IOException {
    List<Row> table = table();
    assertTrue(table.size() > 600);
    DicomDataset d = new Deidentifier(NOTHING, "key").apply(full());
    for (Row row : table) {
      String where = Dictionary.describe(row.tag) + " " + row.basic;
      DicomElement e = d.get(row.tag);
      // Commands and the meta information of files belong to no data set.
      boolean known = !Dictionary.keyword(row.tag).isEmpty() && row.tag >>> 16 >= 8;
      if (!known || row.basic.equals("X")) {
        assertNull(e, where);
        continue;
      }
      if (row.tag == Tag.PATIENT_NAME || row.tag == Tag.PATIENT_ID) {
        assertTrue(d.string(row.tag).startsWith("ANON"), where);
        continue;
      }
      assertNotNull(e, where);
      switch (row.basic) {
        case "Z", "X/Z" -> assertFalse(d.has(row.tag), where);
        case "U" -> {
          assertEquals(1, d.strings(row.tag).size(), where);
          assertNotEquals(OLD_UID, d.string(row.tag), where);
        }
        // The rest has a value, another one.
        default -> assertTrue(d.has(row.tag), where);
      }
    }
    assertEquals("1.2.840.10008.5.1.4.1.1.4", d.string(Tag.SOP_CLASS_UID));
    assertEquals("MR", d.string(Tag.MODALITY));
    assertEquals("YES", d.string(Tag.PATIENT_IDENTITY_REMOVED));
    assertEquals("113100", Code.of(d, Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE).value());
    String bytes =
        new String(DicomWriter.encode(d, TransferSyntax.EXPLICIT_LE), StandardCharsets.ISO_8859_1);
    assertFalse(bytes.contains(SECRET));
    assertFalse(bytes.contains(OLD_UID));
    assertFalse(bytes.contains("20240229"));
  }

  @ParameterizedTest
  @EnumSource(Retained.class)
  void optionsRetainWhatTheTableSaysAndNothingElse(Retained option) throws IOException {
    DicomDataset old = full();
    DicomDataset basic = new Deidentifier(NOTHING, "key").apply(old);
    DicomDataset d = new Deidentifier(EnumSet.of(option), "key").apply(old);
    int kept = 0;
    for (Row row : table()) {
      String what = row.options.get(COLUMNS.indexOf(option));
      String where = Dictionary.describe(row.tag) + " " + option;
      boolean other = row.tag == Tag.PATIENT_IDENTITY_REMOVED || row.tag >>> 16 < 8;
      if (Dictionary.vr(row.tag) == Vr.SQ || other) {
        continue;
      }
      if (what.equals("K")) {
        assertEquals(old.strings(row.tag), d.strings(row.tag), where);
        kept++;
      } else if (what.equals("C") && option == Retained.SHIFTED_DATES) {
        kept++;
        if (Dictionary.vr(row.tag) == Vr.DA) {
          assertEquals(8, d.string(row.tag).length(), where);
          assertNotEquals("20240229", d.string(row.tag), where);
          assertNotEquals("19000101", d.string(row.tag), where);
        }
      } else if (!row.basic.equals("U")) {
        assertEquals(basic.strings(row.tag), d.strings(row.tag), where);
      }
    }
    assertTrue(kept > 5, option + " keeps " + kept);
    List<DicomDataset> codes = d.items(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE);
    assertEquals(option.code().value(), codes.get(1).string(Tag.CODE_VALUE));
  }

  @Test
  void uidsAndDatesStayConsistent() throws IOException {
    Deidentifier one = new Deidentifier(EnumSet.of(Retained.SHIFTED_DATES), "key");
    DicomDataset first =
        new DatasetBuilder()
            .text(Tag.SOP_INSTANCE_UID, "1.2.1")
            .text(Tag.STUDY_INSTANCE_UID, "1.2")
            .text(Tag.PATIENT_ID, "A")
            .text(Tag.STUDY_DATE, "20240301")
            .build();
    DicomDataset second =
        new DatasetBuilder()
            .text(Tag.SOP_INSTANCE_UID, "1.2.2")
            .text(Tag.STUDY_INSTANCE_UID, "1.2")
            .text(Tag.PATIENT_ID, "A")
            .text(Tag.STUDY_DATE, "20240311")
            .items(
                Tag.SOURCE_IMAGE_SEQUENCE,
                new DatasetBuilder().text(Tag.REFERENCED_SOP_INSTANCE_UID, "1.2.1").build())
            .build();
    DicomDataset a = one.apply(first);
    DicomDataset b = one.apply(second);
    assertEquals(a.string(Tag.STUDY_INSTANCE_UID), b.string(Tag.STUDY_INSTANCE_UID));
    assertEquals(a.string(Tag.PATIENT_ID), b.string(Tag.PATIENT_ID));
    assertEquals(
        a.string(Tag.SOP_INSTANCE_UID),
        b.items(Tag.SOURCE_IMAGE_SEQUENCE).get(0).string(Tag.REFERENCED_SOP_INSTANCE_UID));
    var from = java.time.format.DateTimeFormatter.BASIC_ISO_DATE;
    var day = java.time.LocalDate.parse(a.string(Tag.STUDY_DATE), from);
    assertEquals(day.plusDays(10), java.time.LocalDate.parse(b.string(Tag.STUDY_DATE), from));
    assertEquals("MODIFIED", a.string(Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED));
    // Another key, other UIDs; the same key, the same ones.
    assertNotEquals(one.uid("1.2"), new Deidentifier(NOTHING, "other").uid("1.2"));
    assertEquals(one.uid("1.2"), new Deidentifier(NOTHING, "key").uid("1.2"));
  }

  private static DatasetBuilder item(String type) {
    return new DatasetBuilder().text(Tag.VALUE_TYPE, type);
  }

  private static String bytes(DicomDataset d) {
    return new String(
        DicomWriter.encode(d, TransferSyntax.EXPLICIT_LE), StandardCharsets.ISO_8859_1);
  }

  /** Reports keep their structure, numbers and codes, and nothing that was typed. */
  @Test
  void whatWasTypedIntoReportsAndOverImagesGoes() throws IOException {
    Code length = Code.dcm("121206", "Distance");
    DicomDataset number =
        item("NUM")
            .codes(Tag.CONCEPT_NAME_CODE_SEQUENCE, length)
            .items(
                Tag.MEASURED_VALUE_SEQUENCE,
                new DatasetBuilder().numbers(Tag.NUMERIC_VALUE, 4.5).build())
            .build();
    DicomDataset text = item("TEXT").text(Tag.TEXT_VALUE, SECRET).build();
    DicomDataset inner = item("CONTAINER").items(Tag.CONTENT_SEQUENCE, text, number).build();
    DicomDataset label = new DatasetBuilder().text(Tag.UNFORMATTED_TEXT_VALUE, SECRET).build();
    DicomDataset layer = new DatasetBuilder().items(Tag.TEXT_OBJECT_SEQUENCE, label).build();
    DicomDataset d =
        new Deidentifier(NOTHING, "key")
            .apply(
                new DatasetBuilder()
                    .items(Tag.CONTENT_SEQUENCE, inner)
                    .items(Tag.GRAPHIC_ANNOTATION_SEQUENCE, layer)
                    .text(0x0040A067, SECRET)
                    .build());
    assertFalse(bytes(d).contains(SECRET));
    List<DicomDataset> read = d.items(Tag.CONTENT_SEQUENCE).get(0).items(Tag.CONTENT_SEQUENCE);
    assertEquals("ANONYMOUS", read.get(0).string(Tag.TEXT_VALUE));
    assertTrue(Code.of(read.get(1), Tag.CONCEPT_NAME_CODE_SEQUENCE).is(length));
    assertEquals(
        "4.5", read.get(1).items(Tag.MEASURED_VALUE_SEQUENCE).get(0).string(Tag.NUMERIC_VALUE));
  }

  @Test
  void codesOfPersonsAndInstitutionsGo() throws IOException {
    Code secret = new Code("4711", "L", SECRET);
    DicomDataset operator = new DatasetBuilder().codes(0x00401101, secret).build();
    DicomDataset old =
        new DatasetBuilder().codes(0x00080082, secret).items(0x00081072, operator).build();
    DicomDataset d = new Deidentifier(NOTHING, "key").apply(old);
    assertFalse(bytes(d).contains(SECRET));
    assertFalse(bytes(d).contains("4711"));
    assertEquals("ANONYMOUS", Code.of(d.items(0x00081072).get(0), 0x00401101).meaning());
    DicomDataset kept = new Deidentifier(EnumSet.of(Retained.INSTITUTION), "key").apply(old);
    assertEquals(SECRET, Code.of(kept, 0x00080082).meaning());
    assertEquals("ANONYMOUS", Code.of(kept.items(0x00081072).get(0), 0x00401101).meaning());
  }

  /** A sequence that nobody looked into, and the command that a file was sent with. */
  @Test
  void whatIsNotUnderstoodGoes() throws IOException {
    byte[] secret = (SECRET + "OF").getBytes(StandardCharsets.US_ASCII);
    DicomDataset d =
        new Deidentifier(NOTHING, "key")
            .apply(
                new DatasetBuilder()
                    .bytes(0x00000110, Vr.US, new byte[] {1, 0})
                    .text(Tag.MODALITY, "MR")
                    .bytes(Tag.DERIVATION_CODE_SEQUENCE, Vr.UN, secret)
                    .build());
    assertNull(d.get(0x00000110));
    assertNull(d.get(Tag.DERIVATION_CODE_SEQUENCE));
    assertEquals("MR", d.string(Tag.MODALITY));
  }

  private static DatasetBuilder overlaid() {
    return new DatasetBuilder()
        .numbers(Tag.ROWS, 1)
        .numbers(Tag.COLUMNS, 2)
        .numbers(Tag.BITS_ALLOCATED, 16)
        .numbers(Tag.BITS_STORED, 12)
        .numbers(Tag.HIGH_BIT, 11)
        .numbers(0x60000010, 1)
        .numbers(0x60000011, 2)
        .numbers(0x60000102, 12);
  }

  @Test
  void overlaysInUnusedBitsGo() throws IOException {
    byte[] pixels = {0x34, 0x12, (byte) 0xff, (byte) 0xef};
    Deidentifier basic = new Deidentifier(NOTHING, "key");
    DicomDataset d = basic.apply(overlaid().bytes(Tag.PIXEL_DATA, Vr.OW, pixels).build());
    byte[] left = new byte[4];
    d.get(Tag.PIXEL_DATA).value().get(0, left);
    assertArrayEquals(new byte[] {0x34, 0x02, (byte) 0xff, (byte) 0xef}, left);
    // One with bits of its own is none of the pixels'.
    DatasetBuilder own = overlaid().bytes(0x60003000, Vr.OW, new byte[] {3, 0});
    DicomDataset e = basic.apply(own.bytes(Tag.PIXEL_DATA, Vr.OW, pixels).build());
    e.get(Tag.PIXEL_DATA).value().get(0, left);
    assertArrayEquals(pixels, left);
  }

  @Test
  void overlaysInCompressedPixelsAreRefused() throws IOException {
    DicomDataset plain =
        overlaid()
            .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
            .numbers(Tag.PIXEL_REPRESENTATION, 0)
            .bytes(Tag.PIXEL_DATA, Vr.OW, new byte[4])
            .build();
    DicomDataset compressed = PixelCompression.JPEG_LS.apply(plain);
    DicomException e =
        assertThrows(
            DicomException.class, () -> new Deidentifier(NOTHING, "key").apply(compressed));
    assertTrue(e.getMessage().startsWith("an overlay in its pixels"), e.getMessage());
  }

  @Test
  void burntInTextIsRefused() {
    DicomDataset d = new DatasetBuilder().text(Tag.BURNED_IN_ANNOTATION, "YES").build();
    DicomException e =
        assertThrows(DicomException.class, () -> new Deidentifier(NOTHING, "key").apply(d));
    assertTrue(e.getMessage().contains("burnt-in"));
  }

  /** A file in Japanese keeps nothing of its name, and its text is UTF-8. */
  @Test
  void namesInOtherScriptsGoToo() throws IOException {
    DicomDataset old;
    try (InputStream in = Tag.class.getResourceAsStream("japanese.dcm")) {
      old = DicomReader.configured().read(in.readAllBytes()).dataset();
    }
    DicomDataset d = new Deidentifier(NOTHING, "key").apply(old);
    assertTrue(d.string(Tag.PATIENT_NAME).matches("ANON\\^[0-9a-f]{12}"));
    assertEquals("ISO_IR 192", d.string(Tag.SPECIFIC_CHARACTER_SET));
    assertEquals(old.get(Tag.PIXEL_DATA).value().limit(), d.get(Tag.PIXEL_DATA).value().limit());
  }
}
