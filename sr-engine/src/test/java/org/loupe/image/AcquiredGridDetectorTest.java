package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcquiredGridDetectorTest {

  private static final int SLICES = 5;

  /** Matrix acquired, matrix stored, filter, SNR; the filtered edge is soft, the other exact. */
  @ParameterizedTest
  @CsvSource({
    "160, 128, 256, 256, NONE, 60, 0.03",
    "160, 128, 256, 256, NONE, 20, 0.03",
    "160, 128, 256, 256, HAMMING, 60, 0.08",
    "160, 128, 256, 256, HAMMING, 20, 0.08",
    "160, 128, 256, 256, TUKEY, 60, 0.08",
    "160, 128, 256, 256, TUKEY, 20, 0.1",
    "192, 144, 256, 384, NONE, 30, 0.03",
    "192, 144, 256, 384, TUKEY, 60, 0.08",
  })
  void findsAKnownMatrix(
      int columns,
      int rows,
      int storedColumns,
      int storedRows,
      Scanner.Filter filter,
      double snr,
      double tolerance) {
    AcquiredGrid grid =
        detect(columns, rows, storedColumns, storedRows, filter, snr, EncodedMatrix.UNKNOWN);
    assertEquals(columns, grid.columns(), tolerance * columns, grid::toString);
    assertEquals(rows, grid.rows(), tolerance * rows, grid::toString);
    assertEquals(storedColumns, grid.storedColumns());
    assertEquals(storedRows, grid.storedRows());
    assertEquals("spectrum", grid.reason());
  }

  @Test
  void findsEachAxisOnItsOwn() {
    AcquiredGrid grid = detect(160, 200, 256, 200, Scanner.Filter.NONE, 40, EncodedMatrix.UNKNOWN);
    assertEquals(160, grid.columns(), 4, grid::toString);
    assertEquals(200, grid.rows(), grid::toString);
    assertEquals("columns: spectrum; rows: full band", grid.reason());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 60, 30, 20, 10, 5})
  void aFullBandIsLeftAsItIs(double snr) {
    AcquiredGrid grid = detect(200, 150, 200, 150, Scanner.Filter.NONE, snr, EncodedMatrix.UNKNOWN);
    assertTrue(grid.isStored(), grid::toString);
    assertEquals("full band", grid.reason());
  }

  /** The benchmark's protocol crops k-space: nothing may be found in what it makes. */
  @ParameterizedTest
  @ValueSource(doubles = {1.1, 1.5, 2, 2.7, 3, 3.3, 4, 6})
  void aSliceOfTheProtocolIsLeftAsItIs(double scale) {
    List<Image2> slices = new ArrayList<>();
    for (Image2 slice : Scanner.object(288, 264, SLICES)) {
      slices.add(KSpace.degrade(slice, KSpace.lowSize(288, scale), KSpace.lowSize(264, scale)));
    }
    AcquiredGrid grid = AcquiredGridDetector.detect(volume(slices), EncodedMatrix.UNKNOWN);
    assertTrue(grid.isStored(), grid::toString);
  }

  @Test
  void aMatrixOfTheTagsThatTheSpectrumBearsOutIsExact() {
    EncodedMatrix tags = new EncodedMatrix(160, 128, 1, PhaseAxis.ROWS);
    AcquiredGrid grid = detect(160, 128, 256, 256, Scanner.Filter.HAMMING, 20, tags);
    assertEquals(160, grid.columns());
    assertEquals(128, grid.rows());
    assertEquals("tags, and the spectrum agrees", grid.reason());
  }

  /** Some scanners count Percent Sampling in the matrix, others leave it to the reader. */
  @ParameterizedTest
  @CsvSource({"160, 0.8", "128, 0.8"})
  void percentSamplingCountsWhereTheSpectrumSaysSo(int tagged, double sampling) {
    EncodedMatrix tags = new EncodedMatrix(160, tagged, sampling, PhaseAxis.ROWS);
    AcquiredGrid grid = detect(160, 128, 256, 256, Scanner.Filter.NONE, 40, tags);
    assertEquals(128, grid.rows(), grid::toString);
  }

  @Test
  void aMatrixOfTheTagsThatTheSpectrumRefutesIsNotUsed() {
    EncodedMatrix tags = new EncodedMatrix(120, 110, 1, PhaseAxis.COLUMNS);
    AcquiredGrid full = detect(200, 150, 200, 150, Scanner.Filter.NONE, 40, tags);
    assertTrue(full.isStored(), full::toString);
    assertTrue(full.reason().contains("although the tags say 120"), full.reason());
    AcquiredGrid half =
        detect(
            130,
            120,
            256,
            256,
            Scanner.Filter.NONE,
            40,
            new EncodedMatrix(256, 256, 1, PhaseAxis.COLUMNS));
    assertEquals(130, half.columns(), 4);
    assertTrue(half.reason().contains("although the tags say 256"), half.reason());
  }

  @Test
  void fewPixelsAndEmptySlicesAreNotJudged() {
    List<Image2> small = List.of(Fixtures.pattern(21, 17, 0), Fixtures.pattern(21, 17, 1));
    assertTrue(AcquiredGridDetector.detect(volume(small), EncodedMatrix.UNKNOWN).isStored());
    List<Image2> empty = List.of(new Image2(128, 128), new Image2(128, 128));
    AcquiredGrid grid = AcquiredGridDetector.detect(volume(empty), EncodedMatrix.UNKNOWN);
    assertTrue(grid.isStored());
    assertEquals("too few pixels to tell", grid.reason());
    List<Image2> lines = List.of(Fixtures.pattern(1, 128, 0), Fixtures.pattern(1, 128, 1));
    assertTrue(AcquiredGridDetector.detect(volume(lines), EncodedMatrix.UNKNOWN).isStored());
  }

  private static AcquiredGrid detect(
      int columns,
      int rows,
      int storedColumns,
      int storedRows,
      Scanner.Filter filter,
      double snr,
      EncodedMatrix tags) {
    Random random = new Random(7);
    List<Image2> slices = new ArrayList<>();
    for (Image2 slice : Scanner.object(columns, rows, SLICES)) {
      slices.add(Scanner.stored(slice, filter, snr, storedColumns, storedRows, random));
    }
    return AcquiredGridDetector.detect(volume(slices), tags);
  }

  private static Volume volume(List<Image2> slices) {
    List<SlicePlane> planes = new ArrayList<>();
    for (Image2 slice : slices) {
      planes.add(
          new SlicePlane(
              new Vec3(0, 0, 4 * planes.size()),
              new Vec3(0.8, 0, 0),
              new Vec3(0, 0.8, 0),
              slice.width(),
              slice.height()));
    }
    return new Volume(planes, slices);
  }
}
