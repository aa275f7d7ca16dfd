package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalDouble;
import org.loupe.dicom.codec.CodecException;
import org.loupe.dicom.codec.Decoded;
import org.loupe.dicom.codec.FrameDecoder;
import org.loupe.dicom.codec.FrameFormat;
import org.loupe.dicom.codec.RawDecoder;
import org.loupe.dicom.codec.RleDecoder;

/**
 * The pixels of a data set (PS3.3 C.7.6.3), uncompressed or compressed: 1, 8, 16 or 32 bits
 * allocated, any bits stored and high bit, signed or not, of one sample or several. Frames are
 * decoded when they are asked for.
 */
public final class PixelData {

  private static final String RLE = "1.2.840.10008.1.2.5";

  /** Implicit little endian with the pixels in big endian, of old GE archives. */
  private static final String GE_BIG_ENDIAN_PIXELS = "1.2.840.113619.5.2";

  private static final int MAX_PIXELS = 1 << 28;

  private final TransferSyntax syntax;
  private final ByteBuffer bytes;
  private final FrameFragments fragments;
  private final String photometric;
  private final FrameFormat format;
  private final int frames;
  private final int stored;
  private final int shift;
  private final boolean signed;
  private final boolean planar;
  private final boolean swapped;

  /**
   * Takes the pixels of a file.
   *
   * @throws DicomException where there are none, too few, or of a kind that is not supported
   */
  public PixelData(DicomFile file) throws DicomException {
    DicomDataset d = file.dataset();
    DicomElement element = d.get(Tag.PIXEL_DATA);
    if (FloatPixelData.in(d)) {
      throw new DicomException("its pixels are floating-point numbers, not stored integers");
    }
    if (element == null) {
      throw new DicomException(
          file.damage().isEmpty() ? "truncated, or no image: it holds no pixels" : file.damage());
    }
    syntax = file.syntax();
    if (!syntax.decodable()) {
      throw new DicomException(
          "pixels in %s (transfer syntax %s) are not supported"
              .formatted(syntax.name(), syntax.uid()));
    }
    photometric = d.string(Tag.PHOTOMETRIC_INTERPRETATION);
    int allocated = positive(d, Tag.BITS_ALLOCATED);
    if (allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32) {
      throw new DicomException(allocated + " bits allocated per pixel are not supported");
    }
    int samples = d.integer(Tag.SAMPLES_PER_PIXEL, 1);
    if (samples < 1 || samples > 4) {
      throw new DicomException(samples + " samples per pixel are not supported");
    }
    format = new FrameFormat(positive(d, Tag.COLUMNS), positive(d, Tag.ROWS), samples, allocated);
    if ((long) format.columns() * format.rows() * samples > MAX_PIXELS) {
      throw new DicomException(
          "images of %d x %d pixels are not supported".formatted(format.columns(), format.rows()));
    }
    frames = Math.max(1, d.integer(Tag.NUMBER_OF_FRAMES, 1));
    stored = d.integer(Tag.BITS_STORED, allocated);
    int highBit = d.integer(Tag.HIGH_BIT, stored - 1);
    shift = highBit + 1 - stored;
    if (stored < 1 || shift < 0 || highBit >= allocated) {
      throw new DicomException(
          "%d bits stored up to bit %d do not fit %d bits".formatted(stored, highBit, allocated));
    }
    signed = d.integer(Tag.PIXEL_REPRESENTATION, 0) == 1;
    planar = samples > 1 && d.integer(Tag.PLANAR_CONFIGURATION, 0) == 1;
    if (!element.fragments().isEmpty()) {
      bytes = null;
      swapped = false;
      fragments = FrameFragments.of(d, element.fragments(), frames);
      return;
    }
    fragments = null;
    boolean bigPixels = syntax.uid().equals(GE_BIG_ENDIAN_PIXELS);
    bytes = bigPixels ? element.value().duplicate().order(ByteOrder.BIG_ENDIAN) : element.value();
    // Bytes of smaller pixels that travel as big endian words are swapped (PS3.5 annex D).
    swapped = allocated <= 8 && element.vr() == Vr.OW && syntax.bigEndian();
    long need = (frames * frameBits() + 7) / 8;
    need += swapped ? need & 1 : 0;
    if (bytes.limit() < need) {
      throw new DicomException(
          file.damage().isEmpty()
              ? "truncated: %d bytes of pixels in place of %d".formatted(bytes.limit(), need)
              : file.damage());
    }
  }

  public int columns() {
    return format.columns();
  }

  public int rows() {
    return format.rows();
  }

  public int frames() {
    return frames;
  }

  /** Samples of a pixel: 1, or 3 for colour. */
  public int samples() {
    return format.samples();
  }

  /** Bits of a sample in the uncompressed form: 1, 8, 16 or 32. */
  public int bitsAllocated() {
    return format.bitsAllocated();
  }

  /** Whether stored values have a sign. */
  public boolean signed() {
    return signed;
  }

  /** Photometric interpretation of what {@link #stored} gives. */
  public String photometric() {
    // JPEG 2000's component transform is undone by its decoder.
    return fragments != null && photometric.matches("YBR_(RCT|ICT)") ? "RGB" : photometric;
  }

  /**
   * Stored values of a frame (0-based): the bits stored alone, with their sign; pixel by pixel, row
   * by row, the samples of a pixel together; subsampled colours repeated. Unsigned values of 32
   * bits are the bits of the result.
   *
   * @throws DicomException where the frame cannot be decoded
   */
  public int[] stored(int frame) throws DicomException {
    if (fragments == null) {
      int[] raw = photometric.equals("YBR_FULL_422") && samples() == 3 ? raw422(frame) : raw(frame);
      return inRange(raw, stored, shift);
    }
    byte[] compressed = fragments.frame(frame);
    try {
      FrameDecoder decoder =
          switch (syntax.uid()) {
            case RLE -> new RleDecoder();
            case TransferSyntax.ENCAPSULATED -> new RawDecoder(false, planar);
            case TransferSyntax.DEFLATED_FRAMES -> new RawDecoder(true, planar);
            default -> FrameDecoder.of(compressed);
          };
      boolean bytesKept = decoder instanceof RleDecoder || decoder instanceof RawDecoder;
      Decoded decoded = decoder.decode(compressed, format);
      if (syntax.lossy()) {
        // What overshoots the bits stored is a value like others, no overlay in unused bits.
        return inRange(decoded.values(), decoded.precision(), 0);
      }
      boolean whole = bytesKept || decoded.precision() > stored;
      return inRange(decoded.values(), Math.min(stored, decoded.precision()), whole ? shift : 0);
    } catch (CodecException e) {
      String where = frames > 1 ? "frame %d: ".formatted(frame + 1) : "";
      throw new DicomException(where + e.getMessage(), e);
    }
  }

  private long frameBits() {
    long pixels = (long) format.columns() * format.rows();
    boolean halved = photometric.equals("YBR_FULL_422") && samples() == 3;
    return pixels * (halved ? 2 : samples()) * bitsAllocated();
  }

  private int[] raw(int frame) {
    int pixels = format.columns() * format.rows();
    int samples = samples();
    int[] values = new int[pixels * samples];
    long first = (long) frame * values.length;
    if (bitsAllocated() == 1 && samples == 1) {
      bits(values, first);
      return values;
    }
    for (int n = 0; n < values.length; n++) {
      int from = planar ? n % samples * pixels + n / samples : n;
      values[n] = raw(first + from);
    }
    return values;
  }

  /** Single bits, a byte of zeros at a time: most of a segmentation is nothing. */
  private void bits(int[] values, long first) {
    for (int n = 0; n < values.length; n++) {
      long at = first + n;
      while ((at & 7) == 0
          && n + 8 <= values.length
          && bytes.get((int) (at >> 3) ^ (swapped ? 1 : 0)) == 0) {
        n += 8;
        at += 8;
      }
      if (n < values.length) {
        values[n] = raw(at);
      }
    }
  }

  /** Two luminances and then their common colour differences (PS3.3 C.7.6.3.1.2). */
  private int[] raw422(int frame) {
    int pixels = format.columns() * format.rows();
    int[] values = new int[3 * pixels];
    long first = (long) frame * 2 * pixels;
    for (int n = 0; n < pixels; n++) {
      long pair = first + n / 2 * 4L;
      values[3 * n] = raw(pair + n % 2);
      values[3 * n + 1] = raw(pair + 2);
      values[3 * n + 2] = raw(pair + 3);
    }
    return values;
  }

  private int raw(long at) {
    int n = (int) at;
    return switch (bitsAllocated()) {
      case 1 -> (bytes.get((int) (at >> 3) ^ (swapped ? 1 : 0)) >> (n & 7)) & 1;
      case 8 -> bytes.get(swapped ? n ^ 1 : n);
      case 16 -> bytes.getShort(2 * n);
      // Two words of 16 bits, the least significant first in either byte order, as dcmtk and gdcm
      // do.
      default -> Short.toUnsignedInt(bytes.getShort(4 * n)) | bytes.getShort(4 * n + 2) << 16;
    };
  }

  /** Keeps some bits from a place on, in place. */
  private int[] inRange(int[] values, int bits, int from) {
    int above = Integer.SIZE - bits - from;
    for (int n = 0; n < values.length; n++) {
      int high = values[n] << above;
      values[n] = signed ? high >> (above + from) : high >>> (above + from);
    }
    return values;
  }

  private static int positive(DicomDataset d, int tag) throws DicomException {
    OptionalDouble number = d.number(tag);
    if (number.isEmpty() || number.getAsDouble() < 1 || number.getAsDouble() > 65535) {
      throw new DicomException("it lacks a sound " + Dictionary.describe(tag));
    }
    return (int) number.getAsDouble();
  }
}
