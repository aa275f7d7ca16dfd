package org.loupe.sr.train.simulate;

import java.util.Arrays;

/**
 * Squared Euclidean distance to the nearest marked voxel, exact, one axis after the other
 * (Felzenszwalb and Huttenlocher, Theory of Computing 8:415, 2012).
 */
final class DistanceTransform {

  /** Farther than any voxel. */
  private static final float FAR = 1e12f;

  private DistanceTransform() {}

  /**
   * @param marked x fastest, then y, then z
   * @return squared distances in voxels; huge where nothing is marked
   */
  static float[] squared(boolean[] marked, int nx, int ny, int nz) {
    float[] d = new float[marked.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = marked[i] ? 0 : FAR;
    }
    int plane = nx * ny;
    Line line = new Line(Math.max(nx, Math.max(ny, nz)));
    for (int z = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        line.run(d, z * plane + y * nx, 1, nx);
      }
      for (int x = 0; x < nx; x++) {
        line.run(d, z * plane + x, nx, ny);
      }
    }
    for (int i = 0; i < plane; i++) {
      line.run(d, i, plane, nz);
    }
    return d;
  }

  /** Lower envelope of the parabolas that stand on one line's values. */
  private static final class Line {
    private final double[] f;
    private final int[] vertex;
    private final double[] from;

    Line(int n) {
      f = new double[n];
      vertex = new int[n];
      from = new double[n + 1];
    }

    void run(float[] d, int offset, int stride, int n) {
      for (int i = 0; i < n; i++) {
        f[i] = d[offset + i * stride];
      }
      int k = 0;
      vertex[0] = 0;
      Arrays.fill(from, 0, n + 1, Double.POSITIVE_INFINITY);
      from[0] = Double.NEGATIVE_INFINITY;
      for (int q = 1; q < n; q++) {
        double s = crossing(q, vertex[k]);
        while (s <= from[k]) {
          k--;
          s = crossing(q, vertex[k]);
        }
        k++;
        vertex[k] = q;
        from[k] = s;
        from[k + 1] = Double.POSITIVE_INFINITY;
      }
      k = 0;
      for (int i = 0; i < n; i++) {
        while (from[k + 1] < i) {
          k++;
        }
        double step = i - vertex[k];
        d[offset + i * stride] = (float) Math.min(FAR, step * step + f[vertex[k]]);
      }
    }

    private double crossing(int q, int p) {
      return (f[q] + (double) q * q - f[p] - (double) p * p) / (2.0 * q - 2.0 * p);
    }
  }
}
