package org.loupe.sr.train.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Samples;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;

/**
 * A T1-weighted head and where its brain is, sampled anywhere. Axes are NIfTI's RAS mm; the grid is
 * parallel to them.
 *
 * <p>Three fields on the source's grid: {@code intensity} as given; {@code sharp}, the same with
 * edges deblurred; {@code cranial}, 1 in the cranial cavity (the brain closed by {@link
 * #CLOSING_MM}, with its sulci and ventricles), falling to 0 within a few mm outside it.
 */
final class Head {

  /** Wider than half a sulcus. */
  private static final double CLOSING_MM = 8;

  /** Thickness of what may lie between brain and skull. */
  private static final double MENINGES_MM = 5;

  private static final double SHARPENING = 1.6;

  private final List<Image2> intensity;
  private final List<Image2> sharp;
  private final List<Image2> cranial;

  /** RAS mm of voxel (0, 0, 0), and of one step along each axis. */
  private final double[] origin = new double[3];

  private final double[] step = new double[3];

  /**
   * Fields of one sub-slice, on the caller's lattice.
   *
   * @param intensity source intensity
   * @param sharp deblurred source intensity
   * @param cranial 0 to 1
   */
  record Fields(float[] intensity, float[] sharp, float[] cranial) {}

  private Head(NiftiImage head, boolean[] brain) {
    for (int axis = 0; axis < 3; axis++) {
      origin[axis] = head.affine()[axis][3];
      step[axis] = head.affine()[axis][axis];
    }
    intensity = head.slices();
    sharp = sharpen(head.slices());
    cranial = cavity(brain);
  }

  /**
   * Reads the head and its skull-stripped copy on the same grid.
   *
   * @throws IOException naming the file that cannot be used
   */
  static Head load(Path headFile, Path brainFile) throws IOException {
    NiftiImage head = read(headFile);
    NiftiImage stripped = read(brainFile);
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        if (Math.abs(head.affine()[r][c] - stripped.affine()[r][c]) > 1e-3) {
          throw new IOException(brainFile + " is not on the grid of " + headFile);
        }
      }
    }
    if (head.columns() != stripped.columns()
        || head.rows() != stripped.rows()
        || head.depth() != stripped.depth()) {
      throw new IOException(brainFile + " is not on the grid of " + headFile);
    }
    int plane = head.columns() * head.rows();
    boolean[] brain = new boolean[plane * head.depth()];
    for (int k = 0; k < head.depth(); k++) {
      for (int i = 0; i < plane; i++) {
        brain[k * plane + i] = stripped.slices().get(k).values()[i] > 0;
      }
    }
    return new Head(head, brain);
  }

  private static NiftiImage read(Path file) throws IOException {
    NiftiImage image;
    try {
      image = NiftiReader.read(file);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        double v = image.affine()[r][c];
        if (r == c ? Math.abs(Math.abs(v) - 1) > 0.01 : v != 0) {
          throw new IOException(file + ": the head must lie on 1 mm voxels parallel to RAS axes");
        }
      }
    }
    return image;
  }

  /**
   * The plane at height z (RAS mm), sampled at {@code x = x0 + i dx}, {@code y = y0 + j dy} (RAS
   * mm).
   */
  Fields plane(double z, Samples x, Samples y) {
    Samples columns = new Samples((x.first() - origin[0]) / step[0], x.step() / step[0], x.count());
    Samples rows = new Samples((y.first() - origin[1]) / step[1], y.step() / step[1], y.count());
    double k = (z - origin[2]) / step[2];
    return new Fields(
        sample(intensity, k, columns, rows, Interpolation.BICUBIC),
        sample(sharp, k, columns, rows, Interpolation.BICUBIC),
        sample(cranial, k, columns, rows, Interpolation.BILINEAR));
  }

  /** One plane between slices: every pixel's column of the volume, interpolated at k. */
  private static float[] sample(
      List<Image2> volume, double k, Samples columns, Samples rows, Interpolation kind) {
    int low = Math.clamp((long) Math.floor(k) - 1, 0, Math.max(0, volume.size() - 4));
    int count = Math.min(4, volume.size());
    int plane = volume.get(0).values().length;
    float[] stack = new float[plane * count];
    for (int s = 0; s < count; s++) {
      System.arraycopy(volume.get(low + s).values(), 0, stack, s * plane, plane);
    }
    Image2 across =
        kind.resample(
            new Image2(stack, plane, count), new Samples(0, 1, plane), new Samples(k - low, 1, 1));
    Image2 flat = volume.get(0);
    return kind.resample(new Image2(across.values(), flat.width(), flat.height()), columns, rows)
        .values();
  }

  /** Adds back what a 3x3x3 binomial blur takes away, to make up for the 1 mm voxels. */
  private static List<Image2> sharpen(List<Image2> in) {
    int w = in.get(0).width();
    int h = in.get(0).height();
    List<Image2> blurred = new ArrayList<>();
    for (int k = 0; k < in.size(); k++) {
      float[] a = in.get(Math.max(0, k - 1)).values();
      float[] b = in.get(k).values();
      float[] c = in.get(Math.min(in.size() - 1, k + 1)).values();
      float[] v = new float[b.length];
      for (int i = 0; i < v.length; i++) {
        v[i] = 0.25f * a[i] + 0.5f * b[i] + 0.25f * c[i];
      }
      blur(v, w, h, 1, w);
      blur(v, h, w, w, 1);
      for (int i = 0; i < v.length; i++) {
        v[i] = (float) (b[i] + SHARPENING * (b[i] - v[i]));
      }
      blurred.add(new Image2(v, w, h));
    }
    return blurred;
  }

  /** (1 2 1) / 4 along lines of n values. */
  private static void blur(float[] v, int n, int lines, int stride, int lineStride) {
    for (int l = 0; l < lines; l++) {
      int p = l * lineStride;
      float before = v[p];
      for (int i = 0; i < n; i++, p += stride) {
        float here = v[p];
        float after = i + 1 < n ? v[p + stride] : here;
        v[p] = 0.25f * before + 0.5f * here + 0.25f * after;
        before = here;
      }
    }
  }

  private List<Image2> cavity(boolean[] brain) {
    int w = intensity.get(0).width();
    int h = intensity.get(0).height();
    int depth = intensity.size();
    boolean[] outside = new boolean[brain.length];
    float[] d = DistanceTransform.squared(brain, w, h, depth);
    for (int i = 0; i < d.length; i++) {
      outside[i] = d[i] > CLOSING_MM * CLOSING_MM;
    }
    d = DistanceTransform.squared(outside, w, h, depth);
    boolean[] closed = new boolean[brain.length];
    for (int i = 0; i < d.length; i++) {
      closed[i] = d[i] > CLOSING_MM * CLOSING_MM;
    }
    d = DistanceTransform.squared(closed, w, h, depth);
    List<Image2> out = new ArrayList<>();
    int plane = w * h;
    for (int k = 0; k < depth; k++) {
      float[] v = new float[plane];
      for (int i = 0; i < plane; i++) {
        double mm = Math.sqrt(d[k * plane + i]);
        double near = Math.clamp((MENINGES_MM - mm) / 3, 0, 1);
        // Outside the closed brain only what is dark on T1 is CSF or dura; the rest is marrow,
        // muscle or fat beyond a thin skull.
        double dark = Math.clamp((65 - intensity.get(k).values()[i]) / 15, 0, 1);
        v[i] = (float) (mm == 0 ? 1 : near * dark);
      }
      out.add(new Image2(v, w, h));
    }
    return out;
  }
}
