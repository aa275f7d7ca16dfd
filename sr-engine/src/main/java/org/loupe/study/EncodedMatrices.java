package org.loupe.study;

import java.util.List;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.image.EncodedMatrix;
import org.loupe.image.PhaseAxis;

/** Reads the measured matrix from tags of classic and of enhanced MR images. */
final class EncodedMatrices {

  private EncodedMatrices() {}

  /**
   * Acquisition Matrix holds frequency rows, frequency columns, phase rows, phase columns, two of
   * them 0 (PS3.3 C.8.3.1). Scanners differ in which two, so where In-plane Phase Encoding
   * Direction is given it decides which of both numbers goes along the rows; places alone tell
   * numbers, and no axis of phase encoding.
   */
  static EncodedMatrix of(FrameTags tags) {
    double sampling = tags.number(Tag.PERCENT_SAMPLING).orElse(100) / 100;
    if (!(sampling > 0 && sampling <= 1)) {
      sampling = 1;
    }
    PhaseAxis phase =
        switch (tags.string(Tag.IN_PLANE_PHASE_ENCODING_DIRECTION)) {
          case "ROW" -> PhaseAxis.COLUMNS;
          case "COL", "COLUMN" -> PhaseAxis.ROWS;
          default -> PhaseAxis.UNKNOWN;
        };
    int[] matrix = matrix(tags);
    int frequencySteps = Math.max(matrix[0], matrix[1]);
    int phaseSteps = Math.max(matrix[2], matrix[3]);
    return switch (phase) {
      case COLUMNS -> new EncodedMatrix(phaseSteps, frequencySteps, sampling, phase);
      case ROWS -> new EncodedMatrix(frequencySteps, phaseSteps, sampling, phase);
      case UNKNOWN -> byPlace(tags.numbers(Tag.ACQUISITION_MATRIX).length == 4, matrix);
    };
  }

  /**
   * @param placed whether the numbers have places: those of enhanced images have none
   */
  private static EncodedMatrix byPlace(boolean placed, int[] matrix) {
    if (!placed) {
      return EncodedMatrix.UNKNOWN;
    }
    if (matrix[0] > 0 && matrix[1] == 0 && matrix[2] == 0 && matrix[3] > 0) {
      return new EncodedMatrix(matrix[3], matrix[0], 1, PhaseAxis.UNKNOWN);
    }
    if (matrix[0] == 0 && matrix[1] > 0 && matrix[2] > 0 && matrix[3] == 0) {
      return new EncodedMatrix(matrix[1], matrix[2], 1, PhaseAxis.UNKNOWN);
    }
    return EncodedMatrix.UNKNOWN;
  }

  /** Frequency rows, frequency columns, phase rows, phase columns; 0 for what is not there. */
  private static int[] matrix(FrameTags tags) {
    double[] values = tags.numbers(Tag.ACQUISITION_MATRIX);
    if (values.length == 4) {
      int[] matrix = new int[4];
      for (int n = 0; n < 4; n++) {
        matrix[n] = values[n] > 0 && values[n] < 65536 ? (int) values[n] : 0;
      }
      return matrix;
    }
    List<Integer> steps =
        List.of(
            steps(tags, Tag.MR_ACQUISITION_FREQUENCY_ENCODING_STEPS),
            steps(tags, Tag.MR_ACQUISITION_PHASE_ENCODING_STEPS));
    return new int[] {steps.get(0), 0, 0, steps.get(1)};
  }

  private static int steps(FrameTags tags, int tag) {
    double number = tags.number(tag).orElse(0);
    return number > 0 && number < 65536 ? (int) number : 0;
  }
}
