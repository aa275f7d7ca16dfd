package org.loupe.nifti;

import java.util.ArrayList;
import java.util.List;
import org.loupe.image.EncodedMatrix;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;

/**
 * A NIfTI volume in the array order of its file.
 *
 * @param rawDims {@code dim[0..7]} of the file it came from (or would go to)
 * @param affine 4x4, voxel (i, j, k) to patient mm in NIfTI's RAS axes
 * @param qformCode qform_code of the file
 * @param sformCode sform_code of the file
 * @param affineCode what the affine's coordinates are: 0 unknown, 1 scanner, 2 aligned to something
 *     else, 3 Talairach, 4 MNI
 * @param slices slice k holds voxel (i, j, k) at column i and row j, after scl_slope and scl_inter
 * @param phase axis of phase encoding within the slices
 * @param notes what was left out or assumed, in words for the user
 */
public record NiftiImage(
    long[] rawDims,
    double[][] affine,
    int qformCode,
    int sformCode,
    int affineCode,
    List<Image2> slices,
    PhaseAxis phase,
    List<String> notes) {

  public NiftiImage {
    slices = List.copyOf(slices);
    notes = List.copyOf(notes);
    if (affine.length != 4 || slices.isEmpty()) {
      throw new IllegalArgumentException(affine.length + " rows, " + slices.size() + " slices");
    }
    Image2 first = slices.get(0);
    for (Image2 slice : slices) {
      if (slice.width() != first.width() || slice.height() != first.height()) {
        throw new IllegalArgumentException("slices of different sizes");
      }
    }
  }

  /** A new image whose qform and sform say the same, with one code. */
  public static NiftiImage of(List<Image2> slices, double[][] affine, int code) {
    long[] dims = {3, slices.get(0).width(), slices.get(0).height(), slices.size(), 1, 1, 1, 1};
    return new NiftiImage(dims, affine, code, code, code, slices, PhaseAxis.UNKNOWN, List.of());
  }

  /**
   * A volume as NIfTI, array axes kept. NIfTI knows only even slice steps: for uneven gaps the mean
   * step is written.
   */
  public static NiftiImage of(Volume volume, int code) {
    return of(volume.slices(), affine(volume), code);
  }

  /** The affine of a volume's array, 4x4, voxel to RAS mm; the mean step for uneven gaps. */
  public static double[][] affine(Volume volume) {
    SlicePlane plane = volume.plane(0);
    Vec3 step = plane.normal();
    int last = volume.depth() - 1;
    if (last > 0) {
      step = volume.plane(last).origin().minus(plane.origin()).times(1.0 / last);
    }
    Vec3[] columns = {plane.columnStep(), plane.rowStep(), step, plane.origin()};
    double[][] affine = new double[4][4];
    for (int c = 0; c < 4; c++) {
      affine[0][c] = 0 - columns[c].x();
      affine[1][c] = 0 - columns[c].y();
      affine[2][c] = columns[c].z();
    }
    affine[3][3] = 1;
    return affine;
  }

  /** The same with a known axis of phase encoding. */
  public NiftiImage withPhase(PhaseAxis known) {
    return new NiftiImage(rawDims, affine, qformCode, sformCode, affineCode, slices, known, notes);
  }

  /** What the file tells of the measured matrix: the axis of phase encoding at most. */
  public EncodedMatrix encodedMatrix() {
    return EncodedMatrix.UNKNOWN.along(phase);
  }

  /** The axis of phase encoding: the file's, else the usual one. */
  public PhaseAxis phaseOrUsual() {
    return phase.orUsual(toVolume().plane(0));
  }

  public int columns() {
    return slices.get(0).width();
  }

  public int rows() {
    return slices.get(0).height();
  }

  public int depth() {
    return slices.size();
  }

  public float at(int i, int j, int k) {
    return slices.get(k).at(i, j);
  }

  /**
   * The affine of the same field of view on another in-plane lattice with the same first sample.
   *
   * @param columnRatio new column spacing over the old
   * @param rowRatio new row spacing over the old
   * @return a new array
   */
  public static double[][] resampled(double[][] affine, double columnRatio, double rowRatio) {
    double[][] result = new double[4][];
    for (int row = 0; row < 4; row++) {
      result[row] = affine[row].clone();
      result[row][0] *= columnRatio;
      result[row][1] *= rowRatio;
    }
    return result;
  }

  /** The same voxels in DICOM's LPS axes; columns run along i, rows along j, slices along k. */
  public Volume toVolume() {
    List<SlicePlane> planes = new ArrayList<>();
    Vec3 columnStep = lps(0);
    Vec3 rowStep = lps(1);
    for (int k = 0; k < depth(); k++) {
      Vec3 origin = lps(3).plus(lps(2).times(k));
      planes.add(new SlicePlane(origin, columnStep, rowStep, columns(), rows()));
    }
    return new Volume(planes, slices);
  }

  private Vec3 lps(int column) {
    return new Vec3(0 - affine[0][column], 0 - affine[1][column], affine[2][column]);
  }
}
