package org.loupe.dicom;

import java.util.Map;
import java.util.Set;

/**
 * How a data set is encoded (PS3.5 section 10, PS3.6 annex A).
 *
 * @param uid Transfer Syntax UID
 * @param name name for messages
 * @param explicitVr whether elements carry their VR
 * @param bigEndian byte order
 * @param deflated whether the data set is deflated (RFC 1951)
 * @param encapsulated whether Pixel Data is compressed into fragments
 */
public record TransferSyntax(
    String uid,
    String name,
    boolean explicitVr,
    boolean bigEndian,
    boolean deflated,
    boolean encapsulated) {

  public static final TransferSyntax IMPLICIT_LE =
      new TransferSyntax(
          "1.2.840.10008.1.2", "implicit VR little endian", false, false, false, false);
  public static final TransferSyntax EXPLICIT_LE =
      new TransferSyntax(
          "1.2.840.10008.1.2.1", "explicit VR little endian", true, false, false, false);
  public static final TransferSyntax DEFLATED_LE =
      new TransferSyntax(
          "1.2.840.10008.1.2.1.99", "deflated explicit VR little endian", true, false, true, false);
  public static final TransferSyntax EXPLICIT_BE =
      new TransferSyntax("1.2.840.10008.1.2.2", "explicit VR big endian", true, true, false, false);

  /** Uncompressed pixels in fragments (PS3.5 A.4.11). */
  static final String ENCAPSULATED = "1.2.840.10008.1.2.1.98";

  /** Frames deflated one by one (PS3.5 A.4.12). */
  static final String DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1";

  private static final Set<String> LOSSY =
      Set.of(
          "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.53",
          "1.2.840.10008.1.2.4.55",
          "1.2.840.10008.1.2.4.81",
          "1.2.840.10008.1.2.4.91");

  /** Data sets that are deflated though their pixels are elsewhere (PS3.5 annex A). */
  private static final Set<String> DEFLATED_JPIP =
      Set.of("1.2.840.10008.1.2.4.95", "1.2.840.10008.1.2.4.205");

  private static final Map<String, String> COMPRESSED =
      Map.ofEntries(
          Map.entry("50", "JPEG baseline"),
          Map.entry("51", "JPEG extended"),
          Map.entry("53", "JPEG spectral selection"),
          Map.entry("55", "JPEG progressive"),
          Map.entry("57", "JPEG lossless"),
          Map.entry("70", "JPEG lossless"),
          Map.entry("80", "JPEG-LS lossless"),
          Map.entry("81", "JPEG-LS"),
          Map.entry("90", "JPEG 2000 lossless"),
          Map.entry("91", "JPEG 2000"),
          Map.entry("92", "JPEG 2000 multi-component"),
          Map.entry("93", "JPEG 2000 multi-component"),
          Map.entry("94", "JPIP"),
          Map.entry("95", "JPIP"),
          Map.entry("100", "MPEG-2"),
          Map.entry("101", "MPEG-2"),
          Map.entry("102", "MPEG-4"),
          Map.entry("103", "MPEG-4"),
          Map.entry("104", "MPEG-4"),
          Map.entry("105", "MPEG-4"),
          Map.entry("106", "MPEG-4"),
          Map.entry("107", "HEVC"),
          Map.entry("108", "HEVC"),
          Map.entry("110", "JPEG XL"),
          Map.entry("111", "JPEG XL"),
          Map.entry("112", "JPEG XL"),
          Map.entry("201", "High-Throughput JPEG 2000"),
          Map.entry("202", "High-Throughput JPEG 2000"),
          Map.entry("203", "High-Throughput JPEG 2000"),
          Map.entry("204", "JPIP, High-Throughput JPEG 2000"),
          Map.entry("205", "JPIP, High-Throughput JPEG 2000"));

  /** What no decoder is there for: moving pictures, pixels elsewhere, code streams of 2019 on. */
  private static final Set<String> UNDECODABLE =
      Set.of(
          "JPIP",
          "MPEG-2",
          "MPEG-4",
          "HEVC",
          "JPEG XL",
          "High-Throughput JPEG 2000",
          "JPIP, High-Throughput JPEG 2000");

  /** Whether pixels in this syntax have, as a rule, lost something. */
  public boolean lossy() {
    return LOSSY.contains(uid);
  }

  /** Whether there is a decoder for pixels in this syntax, as far as its UID tells. */
  boolean decodable() {
    return !UNDECODABLE.contains(name);
  }

  /** The syntax of a UID; an unknown one is taken as encapsulated explicit VR little endian. */
  public static TransferSyntax of(String uid) {
    return switch (uid) {
      case "1.2.840.10008.1.2" -> IMPLICIT_LE;
      case "1.2.840.10008.1.2.1" -> EXPLICIT_LE;
      case "1.2.840.10008.1.2.1.99" -> DEFLATED_LE;
      case "1.2.840.10008.1.2.2" -> EXPLICIT_BE;
      // GE's archives: implicit VR with big endian pixels. Papyrus: as DICOM.
      case "1.2.840.113619.5.2" ->
          new TransferSyntax(uid, "implicit VR, big endian pixels", false, false, false, false);
      case "1.2.840.10008.1.20" -> new TransferSyntax(uid, "Papyrus", true, false, false, false);
      case "1.2.840.10008.1.2.5" -> new TransferSyntax(uid, "RLE", true, false, false, true);
      case ENCAPSULATED ->
          new TransferSyntax(
              uid, "encapsulated explicit VR little endian", true, false, false, true);
      case DEFLATED_FRAMES ->
          new TransferSyntax(uid, "deflated image frames", true, false, false, true);
      default -> {
        String jpeg = "1.2.840.10008.1.2.4.";
        String name = uid.startsWith(jpeg) ? COMPRESSED.get(uid.substring(jpeg.length())) : null;
        yield new TransferSyntax(
            uid,
            name == null ? "transfer syntax " + uid : name,
            true,
            false,
            DEFLATED_JPIP.contains(uid),
            true);
      }
    };
  }
}
