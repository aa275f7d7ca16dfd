package org.loupe.nifti;

import java.util.List;

/**
 * The transform from voxel indices to patient millimetres in NIfTI's RAS axes, 4x4, by nifti1.h:
 * the sform where it has a code, else the qform, else only the voxel sizes.
 */
final class NiftiAffine {

  /** Voxel sizes beyond these, in whatever unit, are slips of a writer. */
  private static final double LEAST_VOXEL = 1e-6;

  private static final double MOST_VOXEL = 1e9;

  private NiftiAffine() {}

  /** The transform to use; what had to be guessed is added to the notes. */
  static double[][] of(NiftiHeader h, List<String> notes) {
    double[][] affine = null;
    if (h.sformCode() > 0) {
      affine = sform(h);
      if (!invertible(affine)) {
        notes.add("the file's sform is singular and is not used");
        affine = null;
      }
    }
    if (affine == null && h.qformCode() > 0) {
      affine = qform(h);
      if (!invertible(affine)) {
        notes.add("the file's qform is singular and is not used");
        affine = null;
      }
    }
    if (affine == null) {
      notes.add("the file says nothing of its orientation: radiological order is assumed");
      affine = voxelSizes(h);
    }
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        affine[r][c] *= h.unitMm();
      }
    }
    return affine;
  }

  /**
   * The code of the coordinates that {@link #of} gives: the used form's own, but 1 (scanner) where
   * a qform of code 1 says the same as the sform.
   */
  static int code(NiftiHeader h) {
    boolean useSform = h.sformCode() > 0 && invertible(sform(h));
    int qformCode = invertible(qform(h)) ? Math.max(0, h.qformCode()) : 0;
    if (!useSform || qformCode != 1) {
      return useSform ? h.sformCode() : qformCode;
    }
    double[][] s = sform(h);
    double[][] q = qform(h);
    for (int corner = 0; corner < 8; corner++) {
      for (int r = 0; r < 3; r++) {
        double difference = s[r][3] - q[r][3];
        for (int axis = 0; axis < 3; axis++) {
          if ((corner >> axis & 1) == 1) {
            difference += (s[r][axis] - q[r][axis]) * (h.size(axis + 1) - 1);
          }
        }
        if (Math.abs(difference) * h.unitMm() > 0.05) {
          return h.sformCode();
        }
      }
    }
    return 1;
  }

  static double[][] sform(NiftiHeader h) {
    double[][] a = new double[4][4];
    for (int r = 0; r < 3; r++) {
      System.arraycopy(h.srow(), 4 * r, a[r], 0, 4);
    }
    a[3][3] = 1;
    return a;
  }

  /** Method 2 of nifti1.h: unit quaternion, voxel sizes, qfac in pixdim[0]. */
  static double[][] qform(NiftiHeader h) {
    double b = h.quaternion()[0];
    double c = h.quaternion()[1];
    double d = h.quaternion()[2];
    double rest = 1 - (b * b + c * c + d * d);
    double a;
    if (rest < 1e-7) {
      // A half turn: rounding can leave (b, c, d) a little off unit length.
      double length = Math.sqrt(b * b + c * c + d * d);
      b /= length;
      c /= length;
      d /= length;
      a = 0;
    } else {
      a = Math.sqrt(rest);
    }
    double[][] rotation = {
      {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
      {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)},
      {2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b}
    };
    double qfac = h.pixdim()[0] < 0 ? -1 : 1;
    double[][] affine = new double[4][4];
    for (int r = 0; r < 3; r++) {
      affine[r][0] = rotation[r][0] * voxelSize(h, 1);
      affine[r][1] = rotation[r][1] * voxelSize(h, 2);
      affine[r][2] = rotation[r][2] * voxelSize(h, 3) * qfac;
      affine[r][3] = h.quaternion()[3 + r];
    }
    affine[3][3] = 1;
    return affine;
  }

  /** With neither code: first axis to the left, the array's middle at the origin, as nibabel. */
  private static double[][] voxelSizes(NiftiHeader h) {
    double[][] affine = new double[4][4];
    for (int r = 0; r < 3; r++) {
      double step = r == 0 ? -voxelSize(h, 1) : voxelSize(h, r + 1);
      affine[r][r] = step;
      affine[r][3] = -step * (h.size(r + 1) - 1) / 2.0;
    }
    affine[3][3] = 1;
    return affine;
  }

  private static double voxelSize(NiftiHeader h, int axis) {
    double size = Math.abs(h.pixdim()[axis]);
    return size >= LEAST_VOXEL && size <= MOST_VOXEL ? size : 1;
  }

  private static boolean invertible(double[][] m) {
    double product = 1;
    for (int c = 0; c < 3; c++) {
      double size = Math.sqrt(m[0][c] * m[0][c] + m[1][c] * m[1][c] + m[2][c] * m[2][c]);
      if (!(size >= LEAST_VOXEL && size <= MOST_VOXEL)) {
        return false;
      }
      product *= size;
    }
    return Math.abs(determinant(m)) > 1e-6 * product;
  }

  /** Determinant of the upper left 3x3. */
  static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }
}
