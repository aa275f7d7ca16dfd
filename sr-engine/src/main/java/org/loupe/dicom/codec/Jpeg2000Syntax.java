package org.loupe.dicom.codec;

/**
 * The frame of a JPEG 2000 code stream (ISO 15444-1 annex A), looked through before its decoder
 * sees it: the decoder never ends, or takes all memory, for what is ruled out here.
 */
final class Jpeg2000Syntax {

  private static final int SIZ = 0xff51;
  private static final int PPM = 0xff60;
  private static final int PPT = 0xff61;
  private static final int SOT = 0xff90;
  private static final int SOD = 0xff93;

  /** Tiles are numbered in 16 bits. */
  private static final long MOST_TILES = 65535;

  private final byte[] b;

  private Jpeg2000Syntax(byte[] codeStream) {
    this.b = codeStream;
  }

  /**
   * Looks through a code stream.
   *
   * @param start where it begins in the array
   * @throws CodecException where its tiles make no sense, or its packets hold what they must not
   */
  static void require(byte[] frame, int start) throws CodecException {
    new Jpeg2000Syntax(frame).headers(start + 2);
  }

  /** Markers of the main header and of tile-parts, with what follows them. */
  private void headers(int from) throws CodecException {
    int at = from;
    long tilePartEnd = b.length;
    while (at + 4 <= b.length) {
      int marker = int16(at);
      if (marker == SOD) {
        int end = (int) Math.min(b.length, Math.max(at + 2L, tilePartEnd));
        requirePackets(at + 2, end);
        at = end;
        continue;
      }
      if (marker < 0xff00) {
        requirePackets(at, b.length); // no marker: whatever the decoder makes of it
        return;
      }
      int length = int16(at + 2);
      switch (marker) {
        case SIZ -> requireTiles(at);
        case PPM, PPT -> requirePackets(at + 4, Math.min(b.length, at + 2 + length));
        case SOT -> {
          long bytes = int32(at + 6);
          tilePartEnd = bytes == 0 ? b.length : at + bytes;
        }
        default -> {}
      }
      at += 2 + length;
    }
  }

  private void requireTiles(int at) throws CodecException {
    long across = tiles(int32(at + 6), int32(at + 22), int32(at + 30));
    long down = tiles(int32(at + 10), int32(at + 26), int32(at + 34));
    if (across < 1 || down < 1 || across * down > MOST_TILES) {
      throw new CodecException("broken: the tiles of the JPEG 2000 code stream make no sense");
    }
  }

  /** Number of tiles along an axis; 0 for what makes no sense. */
  private static long tiles(long end, long size, long offset) {
    return size == 0 || end <= offset ? 0 : Math.ceilDiv(end - offset, size);
  }

  /** Two bytes of ones are never in packets: what follows one has a bit stuffed in (B.10.1). */
  private void requirePackets(int from, int to) throws CodecException {
    for (int n = from; n + 1 < to; n++) {
      if (b[n] == -1 && b[n + 1] == -1) {
        throw new CodecException(
            "broken: the JPEG 2000 code stream has a marker among its packets");
      }
    }
  }

  private int int16(int at) {
    return at + 1 < b.length ? ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff) : 0;
  }

  private long int32(int at) {
    return ((long) int16(at) << 16) | int16(at + 2);
  }
}
