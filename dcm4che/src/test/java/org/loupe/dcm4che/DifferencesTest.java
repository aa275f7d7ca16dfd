package org.loupe.dcm4che;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.loupe.dicom.DicomReader;

/**
 * What is wrong, or new, in files that are met in practice: docs/conformance.md says which of it
 * the two readers read alike.
 */
class DifferencesTest {

  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String IMPLICIT = "1.2.840.10008.1.2";

  static Stream<Arguments> files() {
    return Stream.of(
        alike("no meta group", explicit()),
        alike("no group length", join(start(), syntax(EXPLICIT), explicit())),
        alike(
            "a wrong group length",
            join(start(), element(0x00020000, "UL", le(400)), syntax(EXPLICIT), explicit())),
        alike(
            "no transfer syntax",
            join(start(), element(0x00020012, "UI", bytes("1.2.3\0")), explicit())),
        alike("an odd length", and(element(0x00100020, "LO", bytes("ABC")))),
        alike("zeros at the end", and(new byte[24])),
        alike("zeros at the end, implicit", file(IMPLICIT, join(implicit(), new byte[24]))),
        alike("an unknown VR", and(longElement(0x00111001, "ZZ", bytes("1234")))),
        alike("a new VR", and(longElement(0x00720083, "UV", new byte[8]))),
        alike("a sequence in UN", and(undefined(0x00111010, "UN", item(implicit())))),
        alike("delimiters too many", and(join(bare(0xfffee0dd), bare(0xfffee00d), last()))),
        different("no preamble", join(bytes("DICM"), meta(EXPLICIT), explicit())),
        different("implicit, declared explicit", file(EXPLICIT, implicit())),
        different("explicit, declared implicit", file(IMPLICIT, explicit())),
        different("GE's implicit syntax", file("1.2.840.113619.5.2", implicit())),
        different(
            "a command set before the data set",
            file(EXPLICIT, join(bare(0x00000002, bytes("1.2.840.10008.1.1\0")), explicit()))),
        different("a new VR, private", and(longElement(0x00111001, "UV", new byte[8]))),
        different("an element without VR", and(bare(0x00100020, bytes("AB")))),
        different("an explicit sequence in UN", and(undefined(0x00111010, "UN", item(explicit())))),
        different("an implicit item", and(undefined(0x00400275, "SQ", item(implicit())))),
        different(
            "a sequence without end",
            and(join(longHead(0x00400275, "SQ", -1), item(explicit()), last()))),
        different(
            "a value that is longer than its item",
            and(
                join(
                    longElement(
                        0x00400275,
                        "SQ",
                        item(join(tag(0x00080060), bytes("CS"), le((short) 40), bytes("MR")))),
                    last()))));
  }

  private static Arguments alike(String name, byte[] file) {
    return Arguments.of(name, file, true);
  }

  private static Arguments different(String name, byte[] file) {
    return Arguments.of(name, file, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isAsTheDocumentSays(String name, byte[] file, boolean alike) throws IOException {
    String ours = Described.by(DicomReader.builtIn(), file);
    String theirs = Described.by(new Dcm4cheReader(), file);
    assertEquals(alike, ours.equals(theirs), () -> "\n" + ours + "\n--- and\n" + theirs);
    // Ours reads every one of them.
    assertEquals("MR", DicomReader.builtIn().read(file).dataset().string(0x00080060));
    Path document = Path.of(System.getProperty("loupe.home"), "docs", "conformance.md");
    assertEquals(!alike, Files.readString(document).contains("| " + name + " |"));
  }

  private static byte[] explicit() {
    return join(element(0x00080060, "CS", bytes("MR")), element(0x00280010, "US", le((short) 6)));
  }

  private static byte[] implicit() {
    return join(bare(0x00080060, bytes("MR")), bare(0x00280010, le((short) 6)));
  }

  private static byte[] last() {
    return element(0x00401001, "SH", bytes("AB"));
  }

  private static byte[] start() {
    return join(new byte[128], bytes("DICM"));
  }

  private static byte[] file(String syntax, byte[] dataset) {
    return join(start(), meta(syntax), dataset);
  }

  /** A sound file in explicit VR little endian, and something more. */
  private static byte[] and(byte[] more) {
    return file(EXPLICIT, join(explicit(), more));
  }

  private static byte[] meta(String syntax) {
    byte[] group = syntax(syntax);
    return join(element(0x00020000, "UL", le(group.length)), group);
  }

  private static byte[] syntax(String uid) {
    return element(0x00020010, "UI", bytes(uid.length() % 2 == 0 ? uid : uid + '\0'));
  }

  private static byte[] item(byte[] content) {
    return bare(0xfffee000, content);
  }

  private static byte[] undefined(int tag, String vr, byte[] items) {
    return join(longHead(tag, vr, -1), items, bare(0xfffee0dd));
  }

  private static byte[] element(int tag, String vr, byte[] value) {
    return join(tag(tag), bytes(vr), le((short) value.length), value);
  }

  private static byte[] longElement(int tag, String vr, byte[] value) {
    return join(longHead(tag, vr, value.length), value);
  }

  private static byte[] longHead(int tag, String vr, int length) {
    return join(tag(tag), bytes(vr), new byte[2], le(length));
  }

  private static byte[] bare(int tag) {
    return bare(tag, new byte[0]);
  }

  /** An element without VR. */
  private static byte[] bare(int tag, byte[] value) {
    return join(tag(tag), le(value.length), value);
  }

  private static byte[] tag(int tag) {
    return join(le((short) (tag >>> 16)), le((short) tag));
  }

  private static byte[] le(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] le(short value) {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort(value).array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
