package org.loupe.dicom;

/** The tags that Loupe uses, by the keywords of PS3.6. */
public final class Tag {
  public static final int FILE_META_GROUP_LENGTH = 0x00020000;
  public static final int FILE_META_VERSION = 0x00020001;
  public static final int MEDIA_STORAGE_SOP_CLASS_UID = 0x00020002;
  public static final int MEDIA_STORAGE_SOP_INSTANCE_UID = 0x00020003;
  public static final int TRANSFER_SYNTAX_UID = 0x00020010;
  public static final int IMPLEMENTATION_CLASS_UID = 0x00020012;
  public static final int IMPLEMENTATION_VERSION_NAME = 0x00020013;

  public static final int DIRECTORY_RECORDS = 0x00041220;
  public static final int REFERENCED_FILE_ID = 0x00041500;

  public static final int SPECIFIC_CHARACTER_SET = 0x00080005;
  public static final int IMAGE_TYPE = 0x00080008;
  public static final int SOP_CLASS_UID = 0x00080016;
  public static final int SOP_INSTANCE_UID = 0x00080018;
  public static final int STUDY_DATE = 0x00080020;
  public static final int SERIES_DATE = 0x00080021;
  public static final int CONTENT_DATE = 0x00080023;
  public static final int STUDY_TIME = 0x00080030;
  public static final int SERIES_TIME = 0x00080031;
  public static final int CONTENT_TIME = 0x00080033;
  public static final int ACCESSION_NUMBER = 0x00080050;
  public static final int MODALITY = 0x00080060;
  public static final int CONVERSION_TYPE = 0x00080064;
  public static final int MANUFACTURER = 0x00080070;
  public static final int REFERRING_PHYSICIAN_NAME = 0x00080090;
  public static final int STUDY_DESCRIPTION = 0x00081030;
  public static final int SERIES_DESCRIPTION = 0x0008103E;
  public static final int MANUFACTURER_MODEL_NAME = 0x00081090;
  public static final int DERIVATION_DESCRIPTION = 0x00082111;
  public static final int FRAME_TYPE = 0x00089007;
  public static final int PATIENT_NAME = 0x00100010;
  public static final int PATIENT_ID = 0x00100020;
  public static final int PATIENT_BIRTH_DATE = 0x00100030;
  public static final int PATIENT_SEX = 0x00100040;

  public static final int CONTRAST_BOLUS_AGENT = 0x00180010;
  public static final int BODY_PART_EXAMINED = 0x00180015;
  public static final int SCANNING_SEQUENCE = 0x00180020;
  public static final int SEQUENCE_VARIANT = 0x00180021;
  public static final int SCAN_OPTIONS = 0x00180022;
  public static final int MR_ACQUISITION_TYPE = 0x00180023;
  public static final int SLICE_THICKNESS = 0x00180050;
  public static final int REPETITION_TIME = 0x00180080;
  public static final int ECHO_TIME = 0x00180081;
  public static final int INVERSION_TIME = 0x00180082;
  public static final int ECHO_NUMBERS = 0x00180086;
  public static final int MAGNETIC_FIELD_STRENGTH = 0x00180087;
  public static final int SPACING_BETWEEN_SLICES = 0x00180088;
  public static final int ECHO_TRAIN_LENGTH = 0x00180091;
  public static final int PERCENT_SAMPLING = 0x00180093;
  public static final int PROTOCOL_NAME = 0x00181030;
  public static final int TRIGGER_TIME = 0x00181060;
  public static final int ACQUISITION_MATRIX = 0x00181310;
  public static final int IN_PLANE_PHASE_ENCODING_DIRECTION = 0x00181312;
  public static final int FLIP_ANGLE = 0x00181314;
  public static final int PATIENT_POSITION = 0x00185100;
  public static final int ECHO_PULSE_SEQUENCE = 0x00189008;
  public static final int MR_ACQUISITION_FREQUENCY_ENCODING_STEPS = 0x00189058;
  public static final int INVERSION_TIMES = 0x00189079;
  public static final int EFFECTIVE_ECHO_TIME = 0x00189082;
  public static final int DIFFUSION_B_VALUE = 0x00189087;
  public static final int MR_ACQUISITION_PHASE_ENCODING_STEPS = 0x00189231;

  public static final int STUDY_INSTANCE_UID = 0x0020000D;
  public static final int SERIES_INSTANCE_UID = 0x0020000E;
  public static final int STUDY_ID = 0x00200010;
  public static final int SERIES_NUMBER = 0x00200011;
  public static final int ACQUISITION_NUMBER = 0x00200012;
  public static final int INSTANCE_NUMBER = 0x00200013;
  public static final int IMAGE_POSITION = 0x00200032;
  public static final int IMAGE_ORIENTATION = 0x00200037;
  public static final int FRAME_OF_REFERENCE_UID = 0x00200052;
  public static final int TEMPORAL_POSITION = 0x00200100;
  public static final int POSITION_REFERENCE_INDICATOR = 0x00201040;
  public static final int SLICE_LOCATION = 0x00201041;
  public static final int STACK_ID = 0x00209056;
  public static final int IN_STACK_POSITION = 0x00209057;
  public static final int TEMPORAL_POSITION_INDEX = 0x00209128;
  public static final int FRAME_ACQUISITION_NUMBER = 0x00209156;
  public static final int DIMENSION_INDEX_VALUES = 0x00209157;
  public static final int DIMENSION_INDEX_SEQUENCE = 0x00209222;
  public static final int DIMENSION_INDEX_POINTER = 0x00209165;
  public static final int TRIGGER_DELAY = 0x00209153;

  public static final int SAMPLES_PER_PIXEL = 0x00280002;
  public static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
  public static final int PLANAR_CONFIGURATION = 0x00280006;
  public static final int NUMBER_OF_FRAMES = 0x00280008;
  public static final int ROWS = 0x00280010;
  public static final int COLUMNS = 0x00280011;
  public static final int NOMINAL_SCANNED_PIXEL_SPACING = 0x00182010;
  public static final int PIXEL_SPACING = 0x00280030;
  public static final int BITS_ALLOCATED = 0x00280100;
  public static final int BITS_STORED = 0x00280101;
  public static final int HIGH_BIT = 0x00280102;
  public static final int PIXEL_REPRESENTATION = 0x00280103;
  public static final int SMALLEST_PIXEL_VALUE = 0x00280106;
  public static final int LARGEST_PIXEL_VALUE = 0x00280107;
  public static final int PIXEL_PADDING_VALUE = 0x00280120;
  public static final int PIXEL_PADDING_RANGE_LIMIT = 0x00280121;
  public static final int CONTENT_LABEL = 0x00700080;
  public static final int SEGMENTATION_TYPE = 0x00620001;
  public static final int WINDOW_CENTER = 0x00281050;
  public static final int WINDOW_WIDTH = 0x00281051;
  public static final int RESCALE_INTERCEPT = 0x00281052;
  public static final int RESCALE_SLOPE = 0x00281053;
  public static final int RESCALE_TYPE = 0x00281054;
  public static final int VOI_LUT_FUNCTION = 0x00281056;
  public static final int MODALITY_LUT_SEQUENCE = 0x00283000;
  public static final int VOI_LUT_SEQUENCE = 0x00283010;
  public static final int LUT_DESCRIPTOR = 0x00283002;
  public static final int LUT_DATA = 0x00283006;

  public static final int SHARED_FUNCTIONAL_GROUPS = 0x52009229;
  public static final int PER_FRAME_FUNCTIONAL_GROUPS = 0x52009230;
  public static final int EXTENDED_OFFSET_TABLE = 0x7FE00001;
  public static final int PIXEL_DATA = 0x7FE00010;

  static final int ITEM = 0xFFFEE000;
  static final int ITEM_DELIMITATION = 0xFFFEE00D;
  static final int SEQUENCE_DELIMITATION = 0xFFFEE0DD;

  private Tag() {}
}
