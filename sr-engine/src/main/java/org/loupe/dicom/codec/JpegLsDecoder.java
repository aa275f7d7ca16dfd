package org.loupe.dicom.codec;

/**
 * JPEG-LS, lossless and near-lossless (ISO 14495-1, ITU-T T.87): markers here, the samples of a
 * scan in {@link JpegLsScan}.
 */
public final class JpegLsDecoder implements FrameDecoder {

  private static final int SOF = 0xfff7;
  private static final int PRESETS = 0xfff8;
  private static final int SOS = 0xffda;
  private static final int EOI = 0xffd9;
  private static final int RESTARTS = 0xffdd;
  private static final int DEEPEST = 16;

  /** Whether a JPEG stream has the frame marker of JPEG-LS before its first scan. */
  static boolean isJpegLs(byte[] frame) {
    int at = 2;
    while (at + 4 <= frame.length) {
      int marker = int16(frame, at);
      if (marker == SOF) {
        return true;
      }
      if (marker < 0xff01 || marker == SOS || (marker >= 0xffc0 && marker <= 0xffc3)) {
        return false;
      }
      at += marker == 0xffff ? 1 : 2 + int16(frame, at + 2);
    }
    return false;
  }

  @Override
  public Decoded decode(byte[] frame, FrameFormat format) throws CodecException {
    try {
      return decodeStream(frame, format);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new CodecException("truncated: the JPEG-LS stream breaks off", e);
    }
  }

  private static Decoded decodeStream(byte[] in, FrameFormat format) throws CodecException {
    int precision = 0;
    int[] presets = new int[5];
    byte[] components = new byte[0];
    int[] values = null;
    int done = 0;
    int at = 2;
    while (true) {
      while ((in[at] & 0xff) == 0xff && (in[at + 1] & 0xff) == 0xff) {
        at++; // fill bytes
      }
      int marker = int16(in, at);
      if (marker == EOI) {
        throw new CodecException("truncated: the JPEG-LS stream ends before its last component");
      }
      int segment = at + 4;
      int next = at + 2 + int16(in, at + 2);
      if (marker < 0xff01 || next > in.length) {
        throw new CodecException("broken: no marker in the JPEG-LS stream");
      }
      switch (marker) {
        case SOF -> {
          precision = in[segment] & 0xff;
          int height = int16(in, segment + 1);
          int width = int16(in, segment + 3);
          int count = in[segment + 5] & 0xff;
          format.require("JPEG-LS", width, height, count);
          if (precision < 2 || precision > DEEPEST) {
            throw new CodecException("broken: JPEG-LS of %d bits".formatted(precision));
          }
          components = new byte[count];
          for (int c = 0; c < count; c++) {
            components[c] = in[segment + 6 + 3 * c];
          }
          values = new int[format.size()];
        }
        case PRESETS -> {
          if (in[segment] != 1) {
            throw new CodecException("JPEG-LS with mapping tables is not supported");
          }
          for (int n = 0; n < presets.length; n++) {
            presets[n] = int16(in, segment + 1 + 2 * n);
          }
        }
        case RESTARTS -> {
          if (int16(in, segment) != 0) {
            throw new CodecException("JPEG-LS with restart markers is not supported");
          }
        }
        case SOS -> {
          if (values == null) {
            throw new CodecException("broken: a JPEG-LS scan before its frame");
          }
          int count = in[segment] & 0xff;
          int first = index(components, in[segment + 1]);
          int near = in[segment + 1 + 2 * count] & 0xff;
          int interleave = in[segment + 2 + 2 * count] & 0xff;
          int shift = in[segment + 3 + 2 * count] & 0x0f;
          if (count < 1 || first + count > components.length || (count == 1) != (interleave == 0)) {
            throw new CodecException("broken: a JPEG-LS scan of %d components".formatted(count));
          }
          JpegLsParameters parameters = JpegLsParameters.of(precision, near, presets);
          JpegLsScan scan = new JpegLsScan(in, next, parameters, format, count);
          next = scan.decode(values, first, interleave == 2, shift);
          done += count;
          if (done >= components.length) {
            return new Decoded(values, precision);
          }
        }
        default -> {
          // Application data and comments.
        }
      }
      at = next;
    }
  }

  private static int index(byte[] components, byte id) throws CodecException {
    for (int c = 0; c < components.length; c++) {
      if (components[c] == id) {
        return c;
      }
    }
    throw new CodecException("broken: a JPEG-LS scan of a component that there is not");
  }

  private static int int16(byte[] b, int at) {
    return ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff);
  }
}
