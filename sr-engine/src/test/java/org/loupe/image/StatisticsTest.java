package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void percentileIsTheNearestRank() {
    Image2 image = new Image2(new float[] {40, 10, 50, 20, 30}, 5, 1);
    assertEquals(10, Statistics.percentile(image, 0));
    assertEquals(30, Statistics.percentile(image, 0.5));
    assertEquals(40, Statistics.percentile(image, 0.7));
    assertEquals(50, Statistics.percentile(image, 1));
  }

  @Test
  void percentileLeavesOutWhatIsNotFinite() {
    Image2 image =
        new Image2(new float[] {Float.NaN, 2, Float.POSITIVE_INFINITY, 1, 3, Float.NaN}, 3, 2);
    assertEquals(2, Statistics.percentile(image, 0.5));
    assertEquals(3, Statistics.percentile(image, 1));
    assertEquals(0, Statistics.percentile(new Image2(new float[] {Float.NaN}, 1, 1), 0.5));
  }

  @Test
  void normalIsTheHighPercentileOfAnOrdinarySlice() {
    float[] values = new float[1001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    assertEquals(995, Statistics.normal(new Image2(values, 1001, 1)));
  }

  @Test
  void normalOfFewBrightPixelsKeepsThemAtFour() {
    Image2 image = new Image2(100, 100);
    image.values()[17] = 80;
    image.values()[18] = 60;
    assertEquals(20, Statistics.normal(image));
  }

  @Test
  void normalIsOneWhereNothingIsPositive() {
    assertEquals(1, Statistics.normal(new Image2(10, 10)));
    assertEquals(1, Statistics.normal(new Image2(new float[] {-3, -2}, 2, 1)));
  }
}
