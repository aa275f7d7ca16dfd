package org.loupe.nifti;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.loupe.image.PhaseAxis;

/**
 * The facts of a NIfTI-1 or NIfTI-2 header that matter to an image (nifti1.h, nifti2.h).
 *
 * @param version 1 or 2
 * @param order byte order of the file
 * @param datatype NIfTI datatype code (2 = uint8, 4 = int16, 16 = float32, ...)
 * @param dims {@code dim[0..7]} as in the file: number of dimensions, then the sizes
 * @param pixdim {@code pixdim[0..7]} as in the file
 * @param voxOffset first byte of the voxels
 * @param slope scl_slope as in the file; 0 or not finite means no scaling
 * @param inter scl_inter as in the file
 * @param unitMm millimetres per spatial unit of the file
 * @param qformCode qform_code; 0 where the quaternion says nothing
 * @param sformCode sform_code; 0 where the matrix says nothing
 * @param quaternion quatern_b, c, d and qoffset_x, y, z
 * @param srow srow_x, srow_y, srow_z: 12 numbers
 * @param phase axis of phase encoding within the slices (phase_dim of dim_info); unknown where the
 *     file does not say, or says that it lies across them
 * @param description descrip
 */
public record NiftiHeader(
    int version,
    ByteOrder order,
    int datatype,
    long[] dims,
    double[] pixdim,
    long voxOffset,
    double slope,
    double inter,
    double unitMm,
    int qformCode,
    int sformCode,
    double[] quaternion,
    double[] srow,
    PhaseAxis phase,
    String description) {

  static final int SIZE_1 = 348;
  static final int SIZE_2 = 540;

  /** Where dim_info lies in a header of either version. */
  static final int DIM_INFO_1 = 39;

  private static final int DIM_INFO_2 = 524;

  /** Whether the bytes (at least 4) start like a NIfTI header of either version and byte order. */
  public static boolean looksLikeNifti(byte[] start) {
    if (start.length < 4) {
      return false;
    }
    int size = ByteBuffer.wrap(start).getInt();
    int swapped = Integer.reverseBytes(size);
    return size == SIZE_1 || size == SIZE_2 || swapped == SIZE_1 || swapped == SIZE_2;
  }

  /** Size of the header whose first four bytes are given. */
  static int sizeOf(byte[] start) throws IOException {
    if (!looksLikeNifti(start)) {
      throw new IOException("not a NIfTI file: it does not begin with a NIfTI header");
    }
    int size = ByteBuffer.wrap(start).getInt();
    return size == SIZE_1 || size == SIZE_2 ? size : Integer.reverseBytes(size);
  }

  /** Reads a whole header (348 or 540 bytes). */
  static NiftiHeader parse(byte[] bytes) throws IOException {
    ByteBuffer b = ByteBuffer.wrap(bytes);
    if (b.getInt(0) != bytes.length) {
      b.order(ByteOrder.LITTLE_ENDIAN);
    }
    NiftiHeader header = bytes.length == SIZE_1 ? parse1(b) : parse2(b);
    long n = header.dims[0];
    if (n < 1 || n > 7) {
      throw new IOException("NIfTI header with " + n + " dimensions");
    }
    for (int i = 1; i <= n; i++) {
      if (header.dims[i] < 1) {
        throw new IOException("NIfTI header with a size of " + header.dims[i]);
      }
    }
    return header;
  }

  private static NiftiHeader parse1(ByteBuffer b) throws IOException {
    String magic = text(b, 344, 4);
    if ("ni1".equals(magic)) {
      throw new IOException("a NIfTI pair (.hdr + .img) is not supported: convert it to .nii");
    }
    if (!"n+1".equals(magic)) {
      throw new IOException("an Analyze 7.5 header, not NIfTI: it says nothing of orientation");
    }
    long[] dims = new long[8];
    double[] pixdim = new double[8];
    for (int i = 0; i < 8; i++) {
      dims[i] = b.getShort(40 + 2 * i);
      pixdim[i] = b.getFloat(76 + 4 * i);
    }
    double[] quaternion = new double[6];
    for (int i = 0; i < 6; i++) {
      quaternion[i] = b.getFloat(256 + 4 * i);
    }
    double[] srow = new double[12];
    for (int i = 0; i < 12; i++) {
      srow[i] = b.getFloat(280 + 4 * i);
    }
    return new NiftiHeader(
        1,
        b.order(),
        b.getShort(70),
        dims,
        pixdim,
        Math.max(352, (long) b.getFloat(108)),
        b.getFloat(112),
        b.getFloat(116),
        millimetres(b.get(123)),
        b.getShort(252),
        b.getShort(254),
        quaternion,
        srow,
        phase(b.get(DIM_INFO_1)),
        text(b, 148, 80));
  }

  private static NiftiHeader parse2(ByteBuffer b) throws IOException {
    String magic = text(b, 4, 4);
    if (!"n+2".equals(magic)) {
      throw new IOException("not a single-file NIfTI-2 image");
    }
    long[] dims = new long[8];
    double[] pixdim = new double[8];
    for (int i = 0; i < 8; i++) {
      dims[i] = b.getLong(16 + 8 * i);
      pixdim[i] = b.getDouble(104 + 8 * i);
    }
    double[] quaternion = new double[6];
    for (int i = 0; i < 6; i++) {
      quaternion[i] = b.getDouble(352 + 8 * i);
    }
    double[] srow = new double[12];
    for (int i = 0; i < 12; i++) {
      srow[i] = b.getDouble(400 + 8 * i);
    }
    return new NiftiHeader(
        2,
        b.order(),
        b.getShort(12),
        dims,
        pixdim,
        Math.max(SIZE_2, b.getLong(168)),
        b.getDouble(176),
        b.getDouble(184),
        millimetres(b.getInt(500)),
        b.getInt(344),
        b.getInt(348),
        quaternion,
        srow,
        phase(b.get(DIM_INFO_2)),
        text(b, 240, 80));
  }

  /** Size along an array axis (1-based as in the file); 1 for an axis the file does not have. */
  public long size(int axis) {
    return axis <= dims[0] ? dims[axis] : 1;
  }

  /** Whether voxels are whole numbers in the file (a label map's type). */
  public boolean integral() {
    return datatype != NiftiDatatype.FLOAT32.code() && datatype != NiftiDatatype.FLOAT64.code();
  }

  /** How many volumes the file holds: the product of its sizes beyond the third. */
  public long volumes() {
    long volumes = 1;
    for (int axis = 4; axis <= 7; axis++) {
      volumes *= size(axis);
    }
    return volumes;
  }

  /** Of dim_info, whose bits are freq_dim, phase_dim and slice_dim, two each, lowest first. */
  private static PhaseAxis phase(byte dimInfo) {
    return switch (dimInfo >> 2 & 3) {
      case 1 -> PhaseAxis.COLUMNS;
      case 2 -> PhaseAxis.ROWS;
      default -> PhaseAxis.UNKNOWN;
    };
  }

  /** The dim_info that tells an axis of phase encoding and nothing else. */
  static byte dimInfo(PhaseAxis phase) {
    return switch (phase) {
      case COLUMNS -> 1 << 2;
      case ROWS -> 2 << 2;
      case UNKNOWN -> 0;
    };
  }

  private static double millimetres(int xyztUnits) {
    return switch (xyztUnits & 7) {
      case 1 -> 1000;
      case 3 -> 0.001;
      default -> 1;
    };
  }

  private static String text(ByteBuffer b, int offset, int length) {
    byte[] raw = new byte[length];
    b.get(offset, raw);
    int end = 0;
    while (end < length && raw[end] != 0) {
      end++;
    }
    return new String(raw, 0, end, StandardCharsets.UTF_8).strip();
  }
}
