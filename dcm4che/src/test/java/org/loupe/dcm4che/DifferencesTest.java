package org.loupe.dcm4che;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomReader;

/**
 * What is wrong, or new, in files that are met in practice: docs/conformance.md says which of it
 * the two readers read alike.
 */
class DifferencesTest {

  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String IMPLICIT = "1.2.840.10008.1.2";

  /** A kind of file, and whether both readers say the same of it. */
  private enum Case {
    NO_PREAMBLE(false, join(bytes("DICM"), meta(EXPLICIT), explicit())),
    NO_META(true, explicit()),
    NO_GROUP_LENGTH(true, join(new byte[128], bytes("DICM"), syntax(EXPLICIT), explicit())),
    WRONG_GROUP_LENGTH(
        true,
        join(
            new byte[128],
            bytes("DICM"),
            element(0x00020000, "UL", le(400)),
            syntax(EXPLICIT),
            explicit())),
    NO_SYNTAX(
        true,
        join(
            new byte[128], bytes("DICM"), element(0x00020012, "UI", bytes("1.2.3\0")), explicit())),
    IMPLICIT_DECLARED_EXPLICIT(false, file(EXPLICIT, implicit())),
    EXPLICIT_DECLARED_IMPLICIT(false, file(IMPLICIT, explicit())),
    GE_IMPLICIT(false, file("1.2.840.113619.5.2", implicit())),
    COMMAND_SET(
        false, file(EXPLICIT, join(bare(0x00000002, bytes("1.2.840.10008.1.1\0")), explicit()))),
    ODD_LENGTH(true, file(EXPLICIT, join(explicit(), element(0x00100020, "LO", bytes("ABC"))))),
    TRAILING_ZEROS(true, file(EXPLICIT, join(explicit(), new byte[24]))),
    TRAILING_ZEROS_IMPLICIT(true, file(IMPLICIT, join(implicit(), new byte[24]))),
    UNKNOWN_VR(
        true, file(EXPLICIT, join(explicit(), longElement(0x00111001, "ZZ", bytes("1234"))))),
    NEW_VR(true, file(EXPLICIT, join(explicit(), longElement(0x00720083, "UV", new byte[8])))),
    NEW_VR_PRIVATE(
        false, file(EXPLICIT, join(explicit(), longElement(0x00111001, "UV", new byte[8])))),
    NO_VR(false, file(EXPLICIT, join(explicit(), bare(0x00100020, bytes("AB"))))),
    UNKNOWN_SEQUENCE(
        true, file(EXPLICIT, join(explicit(), undefined(0x00111010, "UN", item(implicit()))))),
    UNKNOWN_SEQUENCE_EXPLICIT(
        false, file(EXPLICIT, join(explicit(), undefined(0x00111010, "UN", item(explicit()))))),
    IMPLICIT_ITEM(
        false, file(EXPLICIT, join(explicit(), undefined(0x00400275, "SQ", item(implicit()))))),
    NO_SEQUENCE_END(
        false,
        file(
            EXPLICIT,
            join(
                explicit(),
                longHead(0x00400275, "SQ", -1),
                item(explicit()),
                element(0x00401001, "SH", bytes("AB"))))),
    SURPLUS_DELIMITERS(
        true, file(EXPLICIT, join(explicit(), bare(0xfffee0dd, ""), bare(0xfffee00d, ""), last()))),
    BEYOND_ITEM(
        false,
        file(
            EXPLICIT,
            join(
                explicit(),
                longElement(
                    0x00400275,
                    "SQ",
                    item(join(new byte[] {8, 0, 0x60, 0, 'C', 'S', 40, 0}, bytes("MR")))),
                last())));

    private final boolean alike;
    private final byte[] file;

    Case(boolean alike, byte[] file) {
      this.alike = alike;
      this.file = file;
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAsTheDocumentSays(Case each) {
    String ours = Described.by(DicomReader.builtIn(), each.file);
    String theirs = Described.by(new Dcm4cheReader(), each.file);
    assertEquals(each.alike, ours.equals(theirs), () -> "\n" + ours + "\n--- and\n" + theirs);
  }

  /** Ours reads every one of them, and finds the modality. */
  @ParameterizedTest
  @EnumSource
  void oursReadsThemAll(Case each) throws DicomException {
    var file = DicomReader.builtIn().read(each.file);
    assertEquals("MR", file.dataset().string(0x00080060));
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

  private static byte[] file(String syntax, byte[] dataset) {
    return join(new byte[128], bytes("DICM"), meta(syntax), dataset);
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
    return join(longHead(tag, vr, -1), items, bare(0xfffee0dd, ""));
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

  private static byte[] bare(int tag, String value) {
    return bare(tag, bytes(value));
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
