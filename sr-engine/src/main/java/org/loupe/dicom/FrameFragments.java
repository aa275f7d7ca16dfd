package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compressed pixel data by frames (PS3.5 annex A.4): a frame may be cut into fragments, whose first
 * one the offset table tells; where it is empty, fragments are counted, and where that does not
 * tell either, a new code stream starts a new frame.
 */
final class FrameFragments {

  private final List<List<ByteBuffer>> frames;

  private FrameFragments(List<List<ByteBuffer>> frames) {
    this.frames = frames;
  }

  /** Sorts the fragments of Pixel Data, the offset table first, into frames. */
  static FrameFragments of(DicomDataset dataset, List<ByteBuffer> fragments, int frames)
      throws DicomException {
    List<ByteBuffer> data = fragments.subList(Math.min(1, fragments.size()), fragments.size());
    if (data.isEmpty()) {
      throw new DicomException("truncated: there is no compressed frame");
    }
    if (frames == 1) {
      return new FrameFragments(List.of(data));
    }
    if (data.size() == frames) {
      return new FrameFragments(data.stream().map(List::of).toList());
    }
    List<List<ByteBuffer>> byOffset = byOffset(data, offsets(dataset, fragments.get(0), frames));
    if (byOffset.size() == frames) {
      return new FrameFragments(byOffset);
    }
    List<List<ByteBuffer>> byStart = byStart(data);
    if (byStart.size() >= frames) {
      return new FrameFragments(byStart);
    }
    // Fewer than said: those that are there can be read.
    return new FrameFragments(
        data.size() < frames ? data.stream().map(List::of).toList() : byStart);
  }

  /** The bytes of a frame (0-based). */
  byte[] frame(int n) throws DicomException {
    if (n >= frames.size()) {
      throw new DicomException(
          "truncated: frame %d is not there, only %d are".formatted(n + 1, frames.size()));
    }
    long length = 0;
    for (ByteBuffer fragment : frames.get(n)) {
      length += fragment.limit();
    }
    if (length > Integer.MAX_VALUE - 64) {
      throw new DicomException("a compressed frame of more than 2 GB is not supported");
    }
    byte[] bytes = new byte[(int) length];
    int at = 0;
    for (ByteBuffer fragment : frames.get(n)) {
      fragment.get(0, bytes, at, fragment.limit());
      at += fragment.limit();
    }
    return bytes;
  }

  /** Offsets of the frames' first fragments from the first of all; empty where none are told. */
  private static long[] offsets(DicomDataset dataset, ByteBuffer table, int frames) {
    DicomElement extended = dataset.get(Tag.EXTENDED_OFFSET_TABLE);
    if (extended != null && extended.value().limit() == 8L * frames) {
      ByteBuffer value = extended.value();
      return java.util.stream.IntStream.range(0, frames)
          .mapToLong(n -> value.getLong(8 * n))
          .toArray();
    }
    ByteBuffer little = table.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (table.limit() != 4L * frames) {
      return new long[0];
    }
    return java.util.stream.IntStream.range(0, frames)
        .mapToLong(n -> little.getInt(4 * n) & 0xffffffffL)
        .toArray();
  }

  private static List<List<ByteBuffer>> byOffset(List<ByteBuffer> data, long[] offsets) {
    List<List<ByteBuffer>> frames = new ArrayList<>();
    long at = 0;
    for (ByteBuffer fragment : data) {
      if (Arrays.binarySearch(offsets, at) >= 0) {
        frames.add(new ArrayList<>());
      }
      if (!frames.isEmpty()) {
        frames.get(frames.size() - 1).add(fragment);
      }
      at += 8L + fragment.limit();
    }
    return frames;
  }

  private static List<List<ByteBuffer>> byStart(List<ByteBuffer> data) {
    List<List<ByteBuffer>> frames = new ArrayList<>();
    for (ByteBuffer fragment : data) {
      int first =
          fragment.limit() < 2 ? 0 : ((fragment.get(0) & 0xff) << 8) | (fragment.get(1) & 0xff);
      if (frames.isEmpty() || first == 0xffd8 || first == 0xff4f) {
        frames.add(new ArrayList<>());
      }
      frames.get(frames.size() - 1).add(fragment);
    }
    return frames;
  }
}
