package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxisMatrixTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13})
  void rowsOfLinearAndCubicSumToOne(int size) {
    double[] positions = AxisMatrix.positions(-3.2, 0.37, 60);
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    for (float[] matrix :
        new float[][] {
          AxisMatrix.linear(positions, size),
          AxisMatrix.cubic(positions, 0.37, size),
          AxisMatrix.cubic(positions, 2.6, size)
        }) {
      for (double sum : product(matrix, ones)) {
        assertEquals(1, sum, 1e-6);
      }
    }
  }

  @Test
  void linearAndCubicReproduceARampInside() {
    double[] positions = AxisMatrix.positions(2, 0.37, 30);
    float[] ramp = new float[16];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = 3 - 2 * i;
    }
    double[] linear = product(AxisMatrix.linear(positions, 16), ramp);
    double[] cubic = product(AxisMatrix.cubic(positions, 0.37, 16), ramp);
    for (int i = 0; i < positions.length; i++) {
      assertEquals(3 - 2 * positions[i], linear[i], 1e-5);
      assertEquals(3 - 2 * positions[i], cubic[i], 1e-5);
    }
  }

  @Test
  void linearTakesTheEdgeSampleOutside() {
    double[] out = product(AxisMatrix.linear(new double[] {-5, 0, 2, 9}, 3), new float[] {4, 5, 7});
    assertEquals(4, out[0]);
    assertEquals(4, out[1]);
    assertEquals(7, out[2]);
    assertEquals(7, out[3]);
  }

  @Test
  void widenedCubicSuppressesWhatTheCoarserLatticeCannotCarry() {
    float[] alternating = new float[40];
    for (int i = 0; i < alternating.length; i++) {
      alternating[i] = i % 2 == 0 ? 1 : -1;
    }
    double[] positions = AxisMatrix.positions(12, 3.5, 5);
    for (double value : product(AxisMatrix.cubic(positions, 3.5, 40), alternating)) {
      assertTrue(Math.abs(value) < 0.05, "aliased: " + value);
    }
  }

  @ParameterizedTest
  @CsvSource({"21, 17, 50, 33", "21, 17, 21, 34", "20, 16, 45, 32", "20, 17, 60, 40"})
  void bandLimitedIsZeroFilling(int w, int h, int toW, int toH) {
    // The real part is all there is where the highest frequency is paired, or empty.
    Image2 x = KSpace.zeroFill(Fixtures.pattern(w - 1 - w % 2, h - 1 - h % 2, 1), w, h);
    if (w % 2 == 1 && h % 2 == 1) {
      x = Fixtures.pattern(w, h, 1);
    }
    Image2 wanted = KSpace.zeroFill(x, toW, toH);
    assertEquals(0, Fixtures.difference(wanted, resample(x, toW, w, toH, h)), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"40, 31, 13, 11", "40, 31, 39, 9", "33, 36, 15, 35"})
  void bandLimitedIsCroppingOfKSpace(int w, int h, int toW, int toH) {
    Image2 x = Fixtures.pattern(w, h, 2);
    Image2 wanted = KSpace.degrade(x, toW, toH);
    assertEquals(0, Fixtures.difference(wanted, resample(x, toW, toW, toH, toH)), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"24, 24", "24, 9", "25, 25", "25, 8"})
  void bandLimitedReproducesALowFrequencyAnywhere(int size, int band) {
    double[] positions = AxisMatrix.positions(-7.3, 0.4142, 100);
    double[] out = product(AxisMatrix.bandLimited(positions, size, band), cosine(3, size));
    for (int i = 0; i < positions.length; i++) {
      assertEquals(Math.cos(2 * Math.PI * 3 * positions[i] / size + 0.4), out[i], 2e-6);
    }
  }

  @Test
  void bandLimitedDropsWhatIsAboveTheBand() {
    double[] positions = AxisMatrix.positions(0, 0.4142, 50);
    for (double value : product(AxisMatrix.bandLimited(positions, 24, 5), cosine(3, 24))) {
      assertEquals(0, value, 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 9})
  void refusesABandThatTheSignalDoesNotHave(int band) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> AxisMatrix.bandLimited(new double[] {0}, 8, band));
    assertEquals("band " + band + " of 8", e.getMessage());
  }

  private static float[] cosine(int frequency, int size) {
    float[] samples = new float[size];
    for (int i = 0; i < size; i++) {
      samples[i] = (float) Math.cos(2 * Math.PI * frequency * i / size + 0.4);
    }
    return samples;
  }

  private static double[] product(float[] matrix, float[] x) {
    double[] out = new double[matrix.length / x.length];
    for (int i = 0; i < matrix.length; i++) {
      out[i / x.length] += (double) matrix[i] * x[i % x.length];
    }
    return out;
  }

  /** Rows, then columns, each through its band. */
  private static Image2 resample(Image2 x, int w, int bandW, int h, int bandH) {
    int inW = x.width();
    int inH = x.height();
    float[] columns =
        AxisMatrix.bandLimited(AxisMatrix.positions(0, (double) inW / w, w), inW, bandW);
    float[] rows = AxisMatrix.bandLimited(AxisMatrix.positions(0, (double) inH / h, h), inH, bandH);
    double[] half = new double[inH * w];
    for (int r = 0; r < inH; r++) {
      for (int i = 0; i < w; i++) {
        for (int c = 0; c < inW; c++) {
          half[r * w + i] += (double) columns[i * inW + c] * x.at(c, r);
        }
      }
    }
    Image2 out = new Image2(w, h);
    for (int j = 0; j < h; j++) {
      for (int i = 0; i < w; i++) {
        double sum = 0;
        for (int r = 0; r < inH; r++) {
          sum += rows[j * inH + r] * half[r * w + i];
        }
        out.values()[j * w + i] = (float) sum;
      }
    }
    return out;
  }
}
