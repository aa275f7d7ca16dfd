package org.loupe.dicom.codec;

import java.util.Arrays;

/**
 * JPEG with Huffman coding (ITU-T T.81): baseline, extended with 8 and 12 bits, progressive, and
 * lossless with all predictors up to 16 bits. No colour transform is undone: the values are those
 * that were coded, with subsampled components repeated.
 */
public final class JpegDecoder implements FrameDecoder {

  private static final int SOS = 0xda;
  private static final int EOI = 0xd9;
  private static final int DHT = 0xc4;
  private static final int DQT = 0xdb;
  private static final int DRI = 0xdd;
  private static final int TABLES = 4;
  private static final int MAX_SCANS = 200;

  /** Samples of a byte at most: a progressive block of 64 takes a bit, coarse colour repeats it. */
  private static final long DENSEST = 2048;

  @Override
  public Decoded decode(byte[] frame, FrameFormat format) throws CodecException {
    try {
      return new Stream(frame, format).decode();
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new CodecException("truncated: the JPEG stream breaks off", e);
    }
  }

  /** One stream while it is decoded. */
  private static final class Stream {
    private final byte[] in;
    private final FrameFormat format;
    private final int[][] quantisation = new int[TABLES][];
    private final HuffmanTable[] dc = new HuffmanTable[TABLES];
    private final HuffmanTable[] ac = new HuffmanTable[TABLES];
    private int interval;
    private JpegFrame frame;
    private int[] values;

    Stream(byte[] in, FrameFormat format) {
      this.in = in;
      this.format = format;
    }

    Decoded decode() throws CodecException {
      int at = 2;
      int seen = 0;
      for (int scans = 0; scans < MAX_SCANS; ) {
        while (at + 1 < in.length && ((in[at] & 0xff) != 0xff || (in[at + 1] & 0xff) == 0xff)) {
          at++; // fill bytes, and what stands between segments
        }
        if (at + 3 >= in.length || (in[at + 1] & 0xff) == EOI) {
          break;
        }
        int marker = in[at + 1] & 0xff;
        if (marker == 0 || (marker >= 0xd0 && marker <= 0xd8)) {
          at += 2;
          continue;
        }
        int segment = at + 4;
        int next = at + 2 + int16(at + 2);
        switch (marker) {
          case DHT -> huffman(segment, next);
          case DQT -> quantisers(segment, next);
          case DRI -> interval = int16(segment);
          case SOS -> {
            JpegScan scan = scan(segment);
            next = decode(scan, next);
            seen += scan.components().length;
            scans++;
          }
          default -> {
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc8 && marker != 0xcc) {
              start(marker - 0xc0, segment);
            }
          }
        }
        at = next;
      }
      if (frame == null || seen < frame.components().length) {
        throw new CodecException("truncated: the JPEG stream has not all components");
      }
      if (!frame.lossless()) {
        new JpegTransform(frame, quantisation).apply(values);
      }
      return new Decoded(values, frame.precision());
    }

    private void start(int process, int at) throws CodecException {
      if (process > 3) {
        throw new CodecException(
            process >= 9
                ? "JPEG with arithmetic coding is not supported"
                : "hierarchical JPEG is not supported");
      }
      int precision = in[at] & 0xff;
      int height = int16(at + 1);
      int width = int16(at + 3);
      JpegFrame.Component[] components = new JpegFrame.Component[in[at + 5] & 0xff];
      format.require("JPEG", width, height, components.length);
      if (format.size() > DENSEST * in.length) {
        throw new CodecException(
            "truncated: %d bytes of JPEG for %d samples".formatted(in.length, format.size()));
      }
      // The cosine processes have 8 or 12 bits; some encoders have written 16.
      boolean sound =
          process == 3
              ? precision >= 2 && precision <= 16
              : precision == 8 || precision == 12 || precision == 16;
      if (frame != null || !sound) {
        throw new CodecException("broken: a JPEG frame of %d bits".formatted(precision));
      }
      for (int c = 0; c < components.length; c++) {
        int factors = in[at + 7 + 3 * c] & 0xff;
        int horizontal = factors >> 4;
        int vertical = factors & 15;
        if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
          throw new CodecException("broken: JPEG sampling factors out of range");
        }
        components[c] =
            new JpegFrame.Component(
                in[at + 6 + 3 * c] & 0xff, horizontal, vertical, in[at + 8 + 3 * c] & 3);
      }
      frame = new JpegFrame(process, precision, width, height, components);
      frame.prepare();
      values = new int[format.size()];
    }

    private JpegScan scan(int at) throws CodecException {
      if (frame == null) {
        throw new CodecException("broken: a JPEG scan before its frame");
      }
      JpegFrame.Component[] components = new JpegFrame.Component[in[at] & 0xff];
      if (components.length < 1 || components.length > frame.components().length) {
        throw new CodecException("broken: a JPEG scan of %d components".formatted(in[at]));
      }
      for (int n = 0; n < components.length; n++) {
        int id = in[at + 1 + 2 * n] & 0xff;
        components[n] =
            Arrays.stream(frame.components())
                .filter(c -> c.id == id)
                .findFirst()
                .orElseThrow(() -> new CodecException("broken: a JPEG scan of no component"));
        components[n].dcTable = (in[at + 2 + 2 * n] >> 4) & 3;
        components[n].acTable = in[at + 2 + 2 * n] & 3;
      }
      int tail = at + 1 + 2 * components.length;
      int approximation = in[tail + 2] & 0xff;
      return new JpegScan(
          components,
          in[tail] & 0xff,
          Math.min(in[tail + 1] & 0xff, 63),
          approximation >> 4,
          approximation & 15,
          interval);
    }

    private int decode(JpegScan scan, int at) throws CodecException {
      JpegBits bits = new JpegBits(in, at);
      if (frame.lossless()) {
        new JpegLosslessScan(frame, scan, bits, dc).decode(values);
      } else {
        new JpegDctScan(frame, scan, bits, dc, ac).decode();
      }
      return bits.end();
    }

    private void huffman(int start, int end) throws CodecException {
      int at = start;
      while (at + 17 <= end) {
        int target = in[at++] & 0xff;
        int[] counts = new int[16];
        int total = 0;
        for (int n = 0; n < counts.length; n++) {
          counts[n] = in[at++] & 0xff;
          total += counts[n];
        }
        byte[] symbols = Arrays.copyOfRange(in, at, at + total);
        at += total;
        (target >> 4 == 0 ? dc : ac)[target & 3] = new HuffmanTable(counts, symbols);
      }
    }

    private void quantisers(int start, int end) {
      int at = start;
      while (at + 65 <= end) {
        int target = in[at++] & 0xff;
        int[] table = new int[64];
        for (int n = 0; n < table.length; n++) {
          table[n] = target >> 4 == 0 ? in[at] & 0xff : int16(at);
          at += target >> 4 == 0 ? 1 : 2;
        }
        quantisation[target & 3] = table;
      }
    }

    private int int16(int at) {
      return ((in[at] & 0xff) << 8) | (in[at + 1] & 0xff);
    }
  }
}
