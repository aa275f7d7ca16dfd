package org.loupe.sr;

import java.util.function.IntFunction;

/**
 * Maps of a prepared slice on the Java heap, one plane per channel, for {@link DirectDecoder}.
 * Samples lie at target positions {@code (column * columnRatio(), row * rowRatio())}.
 */
abstract class MapPlanes {

  final int channels;
  final int width;
  final int height;
  final double columnRatio;
  final double rowRatio;

  private MapPlanes(int channels, int width, int height, double columnRatio, double rowRatio) {
    this.channels = channels;
    this.width = width;
    this.height = height;
    this.columnRatio = columnRatio;
    this.rowRatio = rowRatio;
  }

  /** One row of a channel, linearly interpolated at the taps' positions. */
  abstract void gather(int channel, int row, LinearTaps taps, float[] out);

  /** Memory held, in bytes. */
  abstract long bytes();

  /**
   * Maps in single precision.
   *
   * @param values channel-major, then row-major; kept, not copied
   */
  static MapPlanes single(
      float[] values, int channels, int width, int height, double columnRatio, double rowRatio) {
    return new MapPlanes(channels, width, height, columnRatio, rowRatio) {
      @Override
      void gather(int channel, int row, LinearTaps taps, float[] out) {
        int[] low = taps.low();
        int[] high = taps.high();
        float[] weight = taps.weight();
        int line = (channel * height + row) * width;
        for (int x = 0; x < low.length; x++) {
          float a = values[line + low[x]];
          out[x] = Math.fma(weight[x], values[line + high[x]] - a, a);
        }
      }

      @Override
      long bytes() {
        return 4L * values.length;
      }
    };
  }

  /**
   * The same rounded to bfloat16, in half the memory: an encoder in that format loses nothing.
   *
   * @param planes makes the row-major values of a channel; asked once for each, in turn, as all of
   *     a large slice in single precision would be the largest thing in memory
   */
  static MapPlanes rounded(
      IntFunction<float[]> planes,
      int channels,
      int width,
      int height,
      double columnRatio,
      double rowRatio) {
    int size = width * height;
    short[] halves = new short[channels * size];
    for (int channel = 0; channel < channels; channel++) {
      float[] values = planes.apply(channel);
      for (int i = 0; i < size; i++) {
        int bits = Float.floatToRawIntBits(values[i]);
        // To the nearest, halves to even.
        halves[channel * size + i] = (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
      }
    }
    return new MapPlanes(channels, width, height, columnRatio, rowRatio) {
      @Override
      void gather(int channel, int row, LinearTaps taps, float[] out) {
        int[] low = taps.low();
        int[] high = taps.high();
        float[] weight = taps.weight();
        int line = (channel * height + row) * width;
        for (int x = 0; x < low.length; x++) {
          float a = Float.intBitsToFloat(halves[line + low[x]] << 16);
          float b = Float.intBitsToFloat(halves[line + high[x]] << 16);
          out[x] = Math.fma(weight[x], b - a, a);
        }
      }

      @Override
      long bytes() {
        return 2L * halves.length;
      }
    };
  }
}
