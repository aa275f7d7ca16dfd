package org.loupe.sr;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Maps of a prepared slice, one plane per channel, for {@link DirectDecoder}. Samples lie at target
 * positions {@code (column * columnRatio, row * rowRatio)} of their {@link Lattice}.
 *
 * <p>They lie outside the Java heap, in an arena of their slice: they are most of what the caches
 * hold, and a collector would keep spare room in proportion to them.
 */
abstract class MapPlanes {

  /** Samples that are asked of a source at once: few enough not to litter the heap. */
  private static final int AT_ONCE = 1 << 17;

  final Lattice lattice;

  /**
   * Where the samples lie.
   *
   * @param columnRatio their distance along a row over the target's
   * @param rowRatio their distance along a column over the target's
   */
  record Lattice(int channels, int width, int height, double columnRatio, double rowRatio) {

    /** Samples of all channels. */
    long samples() {
      return (long) channels * width * height;
    }
  }

  /** Where maps come from. */
  interface Source {
    /** Row-major values of some rows of a channel. */
    float[] rows(int channel, int first, int count);
  }

  /** Reads maps; for one thread. */
  interface Reader {
    /**
     * Some samples of a row.
     *
     * @param first column of the first one
     */
    void read(int channel, int row, int first, int count, float[] out);
  }

  private MapPlanes(Lattice lattice) {
    this.lattice = lattice;
  }

  abstract Reader reader();

  /** Memory held, in bytes. */
  abstract long bytes();

  /** Keeps a row, given as part of an array. */
  abstract void store(int channel, int row, float[] values, int from);

  final MapPlanes filled(Source source) {
    int rows = Math.max(1, AT_ONCE / lattice.width());
    for (int channel = 0; channel < lattice.channels(); channel++) {
      for (int first = 0; first < lattice.height(); first += rows) {
        int count = Math.min(rows, lattice.height() - first);
        float[] values = source.rows(channel, first, count);
        for (int i = 0; i < count; i++) {
          store(channel, first + i, values, i * lattice.width());
        }
      }
    }
    return this;
  }

  /** Where a sample lies in its plane, in samples from the first. */
  final long at(int row, int column) {
    return (long) row * lattice.width() + column;
  }

  /**
   * Memory for the planes, each on its own: pieces of a megabyte fill the gaps that an allocator
   * has, where one piece of all planes would leave gaps of its size.
   */
  final MemorySegment[] planes(MemoryLayout sample, Arena arena) {
    MemorySegment[] planes = new MemorySegment[lattice.channels()];
    Arrays.setAll(planes, c -> arena.allocate(sample, at(lattice.height(), 0)));
    return planes;
  }

  /** Maps in half precision (IEEE 754 binary16); what is too large for it becomes the largest. */
  static MapPlanes halves(Source source, Lattice lattice, Arena arena) {
    return new Halves(lattice, arena).filled(source);
  }

  /**
   * Maps of 8 bits a sample, spread evenly from a row's least value to its largest: a sample is off
   * by at most 1/510 of that range.
   */
  static MapPlanes bytes(Source source, Lattice lattice, Arena arena) {
    return new Bytes(lattice, arena).filled(source);
  }

  private static final class Halves extends MapPlanes {

    private static final float MOST = 65504;

    private final MemorySegment[] planes;
    private final short[] line;

    Halves(Lattice lattice, Arena arena) {
      super(lattice);
      planes = planes(ValueLayout.JAVA_SHORT, arena);
      line = new short[lattice.width()];
    }

    @Override
    void store(int channel, int row, float[] values, int from) {
      for (int x = 0; x < line.length; x++) {
        line[x] = Float.floatToFloat16(Math.clamp(values[from + x], -MOST, MOST));
      }
      long to = Short.BYTES * at(row, 0);
      MemorySegment.copy(line, 0, planes[channel], ValueLayout.JAVA_SHORT, to, line.length);
    }

    @Override
    Reader reader() {
      short[] part = new short[lattice.width()];
      return (channel, row, first, count, out) -> {
        long from = Short.BYTES * at(row, first);
        MemorySegment.copy(planes[channel], ValueLayout.JAVA_SHORT, from, part, 0, count);
        for (int x = 0; x < count; x++) {
          out[x] = Float.float16ToFloat(part[x]);
        }
      };
    }

    @Override
    long bytes() {
      return Short.BYTES * lattice.samples();
    }
  }

  private static final class Bytes extends MapPlanes {

    private static final int LEVELS = 255;

    /** Stored bytes are signed: level 0 is -128. */
    private static final int OFFSET = 128;

    private final MemorySegment[] planes;

    /** Of each row: the value of byte 0, and the distance of two levels. */
    private final float[] middle;

    private final float[] step;

    private final byte[] line;

    Bytes(Lattice lattice, Arena arena) {
      super(lattice);
      planes = planes(ValueLayout.JAVA_BYTE, arena);
      middle = new float[lattice.channels() * lattice.height()];
      step = new float[lattice.channels() * lattice.height()];
      line = new byte[lattice.width()];
    }

    @Override
    void store(int channel, int row, float[] values, int from) {
      float least = values[from];
      float most = least;
      for (int x = 0; x < line.length; x++) {
        least = Math.min(least, values[from + x]);
        most = Math.max(most, values[from + x]);
      }
      float levels = most > least ? LEVELS / (most - least) : 0;
      for (int x = 0; x < line.length; x++) {
        line[x] = (byte) ((int) ((values[from + x] - least) * levels + 0.5f) - OFFSET);
      }
      int index = channel * lattice.height() + row;
      step[index] = (most - least) / LEVELS;
      middle[index] = least + OFFSET * step[index];
      MemorySegment.copy(line, 0, planes[channel], ValueLayout.JAVA_BYTE, at(row, 0), line.length);
    }

    @Override
    Reader reader() {
      byte[] part = new byte[lattice.width()];
      return (channel, row, first, count, out) -> {
        MemorySegment.copy(planes[channel], ValueLayout.JAVA_BYTE, at(row, first), part, 0, count);
        spread(
            part,
            count,
            step[channel * lattice.height() + row],
            middle[channel * lattice.height() + row],
            out);
      };
    }

    private static void spread(byte[] levels, int count, float step, float middle, float[] out) {
      for (int x = 0; x < count; x++) {
        out[x] = Math.fma(step, levels[x], middle);
      }
    }

    @Override
    long bytes() {
      return lattice.samples() + 4L * (middle.length + step.length);
    }
  }
}
