package org.loupe.nifti;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.loupe.image.AtomicFile;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;

/** Writes NIfTI-1, float32, little endian; gzipped where the name ends in .gz. */
public final class NiftiWriter {

  private static final int MAX_SIZE = Short.MAX_VALUE;

  private NiftiWriter() {}

  /**
   * What a file is to hold.
   *
   * @param affine 4x4, voxel (i, j, k) to patient mm in NIfTI's RAS axes
   * @param affineCode see {@link NiftiImage#affineCode}
   * @param phase axis of phase encoding within the slices
   */
  public record Grid(
      int columns, int rows, int depth, double[][] affine, int affineCode, PhaseAxis phase) {}

  /** Makes the slices of a file, in order, each when it is written. */
  @FunctionalInterface
  public interface Slices {
    Image2 make(int k) throws IOException;
  }

  /**
   * Writes the file whole or not at all. The sform is the image's affine with its sform code; the
   * qform says the same where the axes are perpendicular and has code 0 where they are not.
   *
   * @throws IOException where the file cannot be written, or an axis exceeds NIfTI-1's 32767
   */
  public static void write(Path path, NiftiImage image) throws IOException {
    Grid grid =
        new Grid(
            image.columns(),
            image.rows(),
            image.depth(),
            image.affine(),
            image.affineCode(),
            image.phase());
    write(path, grid, image.slices()::get);
  }

  /**
   * The same for slices that are made while the file is written, so that memory holds one of them.
   *
   * @throws IOException also where a slice cannot be made or has another size
   */
  public static void write(Path path, Grid grid, Slices slices) throws IOException {
    if (grid.columns > MAX_SIZE || grid.rows > MAX_SIZE || grid.depth > MAX_SIZE) {
      throw new IOException(
          "NIfTI-1 holds at most %d voxels along an axis, not %d x %d x %d"
              .formatted(MAX_SIZE, grid.columns, grid.rows, grid.depth));
    }
    boolean gzip = path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    AtomicFile.write(
        path,
        temporary -> {
          try (OutputStream file = Files.newOutputStream(temporary);
              OutputStream out =
                  gzip ? new GZIPOutputStream(file, 1 << 16) : new BufferedOutputStream(file)) {
            out.write(header(grid));
            for (int k = 0; k < grid.depth; k++) {
              Image2 slice = slices.make(k);
              if (slice.width() != grid.columns || slice.height() != grid.rows) {
                throw new IOException("slice " + k + " has another size");
              }
              out.write(bytes(slice.values()));
            }
          }
        });
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return b.array();
  }

  private static byte[] header(Grid grid) {
    ByteBuffer b = ByteBuffer.allocate(352).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, NiftiHeader.SIZE_1);
    b.put(NiftiHeader.DIM_INFO_1, NiftiHeader.dimInfo(grid.phase()));
    int[] dims = {3, grid.columns(), grid.rows(), grid.depth(), 1, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
      b.putShort(40 + 2 * i, (short) dims[i]);
    }
    b.putShort(70, (short) NiftiDatatype.FLOAT32.code());
    b.putShort(72, (short) 32);
    double[][] affine = grid.affine();
    Qform q = Qform.of(affine);
    double[] pixdim = {q.qfac(), q.sizes()[0], q.sizes()[1], q.sizes()[2], 1, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
      b.putFloat(76 + 4 * i, (float) pixdim[i]);
    }
    b.putFloat(108, 352);
    b.putFloat(112, 1);
    b.put(123, (byte) 2);
    b.put(148, "Loupe".getBytes(StandardCharsets.US_ASCII));
    int qformCode = grid.affineCode();
    b.putShort(252, (short) (q.exact() ? qformCode : 0));
    b.putShort(254, (short) grid.affineCode());
    double[] quaternion = {
      q.b(), q.c(), q.d(), affine[0][3], affine[1][3], affine[2][3],
    };
    for (int i = 0; i < 6; i++) {
      b.putFloat(256 + 4 * i, (float) quaternion[i]);
    }
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        b.putFloat(280 + 16 * r + 4 * c, (float) affine[r][c]);
      }
    }
    b.put(344, "n+1".getBytes(StandardCharsets.US_ASCII));
    return b.array();
  }

  /**
   * An affine as NIfTI's qform.
   *
   * @param exact false where the axes are not perpendicular, so that no quaternion says it
   */
  private record Qform(double b, double c, double d, double qfac, double[] sizes, boolean exact) {

    /** Rotation matrix to quaternion as in nifti1_io's nifti_mat44_to_quatern. */
    static Qform of(double[][] affine) {
      double[] sizes = new double[3];
      double[][] r = new double[3][3];
      for (int col = 0; col < 3; col++) {
        sizes[col] =
            Math.sqrt(
                affine[0][col] * affine[0][col]
                    + affine[1][col] * affine[1][col]
                    + affine[2][col] * affine[2][col]);
        for (int row = 0; row < 3; row++) {
          r[row][col] = affine[row][col] / sizes[col];
        }
      }
      double qfac = NiftiAffine.determinant(affine) < 0 ? -1 : 1;
      boolean exact = true;
      for (int p = 0; p < 3; p++) {
        int q = (p + 1) % 3;
        double dot = r[0][p] * r[0][q] + r[1][p] * r[1][q] + r[2][p] * r[2][q];
        exact &= Math.abs(dot) < 1e-5;
      }
      for (int row = 0; row < 3; row++) {
        r[row][2] *= qfac;
      }
      double a = 1 + r[0][0] + r[1][1] + r[2][2];
      double b;
      double c;
      double d;
      if (a > 0.5) {
        a = 0.5 * Math.sqrt(a);
        b = 0.25 * (r[2][1] - r[1][2]) / a;
        c = 0.25 * (r[0][2] - r[2][0]) / a;
        d = 0.25 * (r[1][0] - r[0][1]) / a;
      } else {
        double xd = 1 + r[0][0] - (r[1][1] + r[2][2]);
        double yd = 1 + r[1][1] - (r[0][0] + r[2][2]);
        double zd = 1 + r[2][2] - (r[0][0] + r[1][1]);
        if (xd > 1) {
          b = 0.5 * Math.sqrt(xd);
          c = 0.25 * (r[0][1] + r[1][0]) / b;
          d = 0.25 * (r[0][2] + r[2][0]) / b;
          a = 0.25 * (r[2][1] - r[1][2]) / b;
        } else if (yd > 1) {
          c = 0.5 * Math.sqrt(yd);
          b = 0.25 * (r[0][1] + r[1][0]) / c;
          d = 0.25 * (r[1][2] + r[2][1]) / c;
          a = 0.25 * (r[0][2] - r[2][0]) / c;
        } else {
          d = 0.5 * Math.sqrt(zd);
          b = 0.25 * (r[0][2] + r[2][0]) / d;
          c = 0.25 * (r[1][2] + r[2][1]) / d;
          a = 0.25 * (r[1][0] - r[0][1]) / d;
        }
        if (a < 0) {
          b = -b;
          c = -c;
          d = -d;
        }
      }
      return new Qform(b, c, d, qfac, sizes, exact);
    }
  }
}
