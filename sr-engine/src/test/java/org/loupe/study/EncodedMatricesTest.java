package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.image.EncodedMatrix;
import org.loupe.image.PhaseAxis;

class EncodedMatricesTest {

  /** Frequency rows, frequency columns, phase rows, phase columns; direction; columns and rows. */
  @ParameterizedTest
  @CsvSource({
    "0, 256, 200, 0, COL, 256, 200, ROWS",
    "256, 0, 0, 200, ROW, 200, 256, COLUMNS",
    // Places alone tell numbers, and no axis.
    "0, 256, 200, 0, '', 256, 200, UNKNOWN",
    "256, 0, 0, 200, '', 200, 256, UNKNOWN",
    // The numbers stand in the wrong places: the direction knows better.
    "256, 0, 0, 200, COL, 256, 200, ROWS",
    "0, 256, 200, 0, ROW, 200, 256, COLUMNS",
    "256, 0, 200, 0, '', 0, 0, UNKNOWN",
    "0, 0, 0, 0, ROW, 0, 0, COLUMNS",
  })
  void readsTheMatrixOfAClassicImage(
      int frequencyRows,
      int frequencyColumns,
      int phaseRows,
      int phaseColumns,
      String direction,
      int columns,
      int rows,
      PhaseAxis phase) {
    DatasetBuilder b =
        new DatasetBuilder()
            .numbers(
                Tag.ACQUISITION_MATRIX, frequencyRows, frequencyColumns, phaseRows, phaseColumns)
            .numbers(Tag.PERCENT_SAMPLING, 80);
    if (!direction.isEmpty()) {
      b.text(Tag.IN_PLANE_PHASE_ENCODING_DIRECTION, direction);
    }
    EncodedMatrix matrix = EncodedMatrices.of(FrameTags.of(b.build(), 0));
    assertEquals(columns, matrix.columns());
    assertEquals(rows, matrix.rows());
    assertEquals(phase, matrix.phase());
    assertEquals(phase == PhaseAxis.UNKNOWN ? 1 : 0.8, matrix.sampling());
    EncodedMatrix turned = matrix.transposed();
    assertEquals(rows, turned.columns());
    assertEquals(matrix, turned.transposed());
  }

  @Test
  void readsTheStepsOfAnEnhancedImage() {
    assertEquals(new EncodedMatrix(320, 240, 1, PhaseAxis.ROWS), enhanced("COLUMN"));
  }

  /** Numbers of steps without a direction belong to no axis. */
  @Test
  void stepsOfOtherDirectionsSayNothing() {
    assertEquals(EncodedMatrix.UNKNOWN, enhanced("OTHER"));
  }

  /** Of an enhanced image with 320 frequency and 240 phase encoding steps. */
  private static EncodedMatrix enhanced(String direction) {
    DicomDataset geometry =
        new DatasetBuilder()
            .text(Tag.IN_PLANE_PHASE_ENCODING_DIRECTION, direction)
            .numbers(Tag.MR_ACQUISITION_FREQUENCY_ENCODING_STEPS, 320)
            .numbers(Tag.MR_ACQUISITION_PHASE_ENCODING_STEPS, 240)
            .build();
    DicomDataset groups = new DatasetBuilder().items(0x00189125, List.of(geometry)).build();
    DicomDataset enhanced =
        new DatasetBuilder().items(Tag.SHARED_FUNCTIONAL_GROUPS, List.of(groups)).build();
    return EncodedMatrices.of(FrameTags.of(enhanced, 0));
  }

  @Test
  void saysNothingWithoutTags() {
    DicomDataset empty = new DatasetBuilder().text(Tag.MODALITY, "MR").build();
    assertEquals(EncodedMatrix.UNKNOWN, EncodedMatrices.of(FrameTags.of(empty, 0)));
    DicomDataset odd =
        new DatasetBuilder()
            .numbers(Tag.ACQUISITION_MATRIX, 256)
            .numbers(Tag.PERCENT_SAMPLING, 0)
            .build();
    assertEquals(EncodedMatrix.UNKNOWN, EncodedMatrices.of(FrameTags.of(odd, 0)));
  }
}
