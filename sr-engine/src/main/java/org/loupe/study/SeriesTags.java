package org.loupe.study;

import java.util.Set;
import org.loupe.dicom.Tag;

/**
 * The attributes that studies and series are put together from. Of every file that is read these
 * alone stay in memory; all others are read from the file when they are asked for.
 */
final class SeriesTags {

  /** Philips' private scale slope and intercept (2005,xx0E) and (2005,xx0D). */
  private static final int SCALE_SLOPE = 0x2005000e;

  private static final int SCALE_INTERCEPT = 0x2005000d;

  static final Set<Integer> ALL =
      Set.of(
          SCALE_SLOPE,
          SCALE_INTERCEPT,
          Tag.ACQUISITION_MATRIX,
          Tag.ACQUISITION_NUMBER,
          Tag.CONTENT_TIME,
          Tag.CONTRAST_BOLUS_AGENT,
          Tag.DIFFUSION_B_VALUE,
          Tag.DIMENSION_INDEX_SEQUENCE,
          Tag.DIMENSION_INDEX_VALUES,
          Tag.ECHO_NUMBERS,
          Tag.ECHO_PULSE_SEQUENCE,
          Tag.ECHO_TIME,
          Tag.EFFECTIVE_ECHO_TIME,
          Tag.FLIP_ANGLE,
          Tag.FRAME_ACQUISITION_NUMBER,
          Tag.FRAME_OF_REFERENCE_UID,
          Tag.FRAME_TYPE,
          Tag.IMAGE_POSITION,
          Tag.IMAGE_TYPE,
          Tag.INSTANCE_NUMBER,
          Tag.INVERSION_TIME,
          Tag.INVERSION_TIMES,
          Tag.IN_PLANE_PHASE_ENCODING_DIRECTION,
          Tag.LUT_LABEL,
          Tag.MEASUREMENT_UNITS_CODE_SEQUENCE,
          Tag.MODALITY,
          Tag.MR_ACQUISITION_FREQUENCY_ENCODING_STEPS,
          Tag.MR_ACQUISITION_PHASE_ENCODING_STEPS,
          Tag.NOMINAL_SCANNED_PIXEL_SPACING,
          Tag.PATIENT_NAME,
          Tag.PERCENT_SAMPLING,
          Tag.PHOTOMETRIC_INTERPRETATION,
          Tag.PIXEL_REPRESENTATION,
          Tag.PIXEL_SPACING,
          Tag.PROTOCOL_NAME,
          Tag.REPETITION_TIME,
          Tag.REAL_WORLD_VALUE_FIRST_VALUE_MAPPED,
          Tag.REAL_WORLD_VALUE_INTERCEPT,
          Tag.REAL_WORLD_VALUE_SLOPE,
          Tag.RESCALE_INTERCEPT,
          Tag.RESCALE_SLOPE,
          Tag.SAMPLES_PER_PIXEL,
          Tag.SCANNING_SEQUENCE,
          Tag.SEQUENCE_VARIANT,
          Tag.SERIES_DESCRIPTION,
          Tag.SERIES_INSTANCE_UID,
          Tag.SERIES_NUMBER,
          Tag.SOP_CLASS_UID,
          Tag.SPECIFIC_CHARACTER_SET,
          Tag.STACK_ID,
          Tag.STUDY_DATE,
          Tag.STUDY_DESCRIPTION,
          Tag.STUDY_INSTANCE_UID,
          Tag.TEMPORAL_POSITION,
          Tag.TEMPORAL_POSITION_INDEX,
          Tag.TRIGGER_DELAY,
          Tag.TRIGGER_TIME,
          Tag.VOI_LUT_FUNCTION,
          Tag.VOI_LUT_SEQUENCE,
          Tag.WINDOW_CENTER,
          Tag.WINDOW_WIDTH);

  private SeriesTags() {}
}
