package org.loupe.sr.train.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.Samples;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;

/**
 * A study of a simulated patient: T1, PD and T2 of one head in one frame of reference, axial.
 *
 * <p>Every slice is computed on a lattice twice as fine as the finest acquisition: tissue fractions
 * of nine planes across the slice give signals by the signal equations, weighted by the slice
 * profile (a trapezoid, {@link #THICKNESS} wide at half height) and a smooth receive field. The
 * centre of its k-space that the acquisition measures is kept, complex Gaussian noise is added, and
 * the magnitude taken (so noise is Rician). The same seed gives the same study.
 */
public final class HeadSimulator {

  /** Slice thickness, mm. */
  public static final double THICKNESS = 4;

  /** Distance between slices, mm. */
  public static final double SPACING = 4.4;

  private static final int FINE_COLUMNS = 680;
  private static final int FINE_ROWS = 800;

  /** Pixel size of the fine lattice, mm. */
  private static final double FINE = 0.28;

  /** RAS mm of the first pixel's centre: patient's right, anterior. */
  private static final double X0 = 95;

  private static final double Y0 = 93;

  /** RAS mm of the topmost slice. */
  private static final double TOP = 74;

  private static final int PERIVASCULAR_SPACES = 200;

  private static final double PROFILE_STEP = 0.5;
  private static final double[] PROFILE = {0.5, 1, 1, 1, 1, 1, 1, 1, 0.5};

  /** Greatest departure of the receive field from 1, about. */
  private static final double FIELD_STRENGTH = 0.12;

  /**
   * The study. Values are whole numbers from 0 to 4095.
   *
   * @param t1 T1-weighted, high resolution
   * @param pd proton density, high resolution
   * @param t2 T2-weighted, acquired at 2.5 times lower resolution in plane
   * @param truth T2 without noise at the resolution of PD: what super-resolution looks for
   */
  public record Study(Volume t1, Volume pd, Volume t2, Volume truth) {}

  private final Head head;
  private final long seed;
  private final List<PerivascularSpace> perivascular;

  /**
   * @param headFile T1-weighted head, the Colin 27 average on 1 mm voxels (its intensities are what
   *     the tissue model knows)
   * @param brainFile the same without what is not brain
   * @throws IOException naming the file that cannot be used
   */
  public HeadSimulator(Path headFile, Path brainFile, long seed) throws IOException {
    head = Head.load(headFile, brainFile);
    this.seed = seed;
    perivascular = PerivascularSpace.scattered(PERIVASCULAR_SPACES, new Random(seed));
  }

  /**
   * @param slices number of slices, downwards from the vertex
   * @param progress told the number of slices done
   */
  public Study run(int slices, IntConsumer progress) {
    List<Acquisition> all = new ArrayList<>(Acquisition.ALL);
    all.add(Acquisition.TRUTH);
    List<List<Image2>> images = new ArrayList<>();
    all.forEach(a -> images.add(new ArrayList<>()));
    double[] heights = new double[slices];
    for (int k = 0; k < slices; k++) {
      // Upwards, so that the stack runs along the normal of its planes.
      heights[k] = TOP - (slices - 1 - k) * SPACING;
      List<Image2> fine = fine(heights[k], all);
      for (int a = 0; a < all.size(); a++) {
        Acquisition how = all.get(a);
        Image2 kept = KSpace.degrade(fine.get(a), how.columns(), how.rows());
        Random random = new Random(seed * 1_000_003 + 1009L * k + a);
        images.get(a).add(magnitude(kept, how.noise(), random));
      }
      progress.accept(k + 1);
    }
    List<Volume> v = images.stream().map(i -> volume(i, heights)).toList();
    return new Study(v.get(0), v.get(1), v.get(2), v.get(3));
  }

  /** Noise-free signal of each acquisition on the fine lattice. */
  private List<Image2> fine(double z, List<Acquisition> all) {
    List<Mixture.Weights> weights = all.stream().map(Mixture.Weights::new).toList();
    List<Image2> out = new ArrayList<>();
    all.forEach(a -> out.add(new Image2(FINE_COLUMNS, FINE_ROWS)));
    double total = Arrays.stream(PROFILE).sum();
    Mixture mixture = new Mixture();
    for (int s = 0; s < PROFILE.length; s++) {
      double height = z + (s - (PROFILE.length - 1) / 2.0) * PROFILE_STEP;
      double weight = PROFILE[s] / total;
      Head.Fields fields =
          head.plane(
              height, new Samples(X0, -FINE, FINE_COLUMNS), new Samples(Y0, -FINE, FINE_ROWS));
      float[] plaques = draw(Lesion.PLAQUES, height);
      float[] spaces = draw(perivascular, height);
      for (int i = 0; i < FINE_COLUMNS * FINE_ROWS; i++) {
        double intensity = fields.intensity()[i];
        if (intensity <= 0) {
          continue;
        }
        mixture.set(intensity, fields.sharp()[i], fields.cranial()[i], plaques[i], spaces[i]);
        for (int a = 0; a < out.size(); a++) {
          out.get(a).values()[i] += (float) (weight * mixture.signal(weights.get(a)));
        }
      }
    }
    for (int a = 0; a < out.size(); a++) {
      // Signal and truth of T2 share their coils.
      int coils = all.get(a).name().hashCode();
      receive(out.get(a), z, new Random(seed * 31 + coils));
    }
    return out;
  }

  /** The shapes' fractions at one height, on the fine lattice. */
  private static float[] draw(List<? extends Inclusion> shapes, double height) {
    float[] out = new float[FINE_COLUMNS * FINE_ROWS];
    for (Inclusion shape : shapes) {
      double r = shape.reach();
      if (Math.abs(shape.z() - height) > r) {
        continue;
      }
      int c0 = Math.clamp(Math.round((X0 - shape.x() - r) / FINE), 0, FINE_COLUMNS);
      int c1 = Math.clamp(Math.round((X0 - shape.x() + r) / FINE) + 1, 0, FINE_COLUMNS);
      int r0 = Math.clamp(Math.round((Y0 - shape.y() - r) / FINE), 0, FINE_ROWS);
      int r1 = Math.clamp(Math.round((Y0 - shape.y() + r) / FINE) + 1, 0, FINE_ROWS);
      for (int row = r0; row < r1; row++) {
        for (int column = c0; column < c1; column++) {
          int i = row * FINE_COLUMNS + column;
          double v = shape.at(X0 - column * FINE, Y0 - row * FINE, height);
          out[i] = Math.max(out[i], (float) v);
        }
      }
    }
    return out;
  }

  /** Multiplies by a smooth field: a random quadratic in x, y, z, as of receive coils. */
  private static void receive(Image2 image, double z, Random random) {
    double[] c = new double[7];
    for (int i = 0; i < c.length; i++) {
      c[i] = FIELD_STRENGTH * (random.nextDouble() - 0.5);
    }
    double w = z / 100;
    for (int row = 0; row < FINE_ROWS; row++) {
      double v = (Y0 - row * FINE) / 100;
      for (int column = 0; column < FINE_COLUMNS; column++) {
        double u = (X0 - column * FINE) / 100;
        double field =
            1
                + c[0] * u
                + c[1] * v
                + c[2] * w
                + c[3] * u * v
                + c[4] * u * u
                + c[5] * v * v
                + c[6] * w * w;
        image.values()[row * FINE_COLUMNS + column] *= (float) field;
      }
    }
  }

  private static Image2 magnitude(Image2 x, double noise, Random random) {
    float[] v = new float[x.values().length];
    for (int i = 0; i < v.length; i++) {
      double real = x.values()[i] + noise * random.nextGaussian();
      double imaginary = noise * random.nextGaussian();
      v[i] = (float) Math.min(4095, Math.rint(Math.hypot(real, imaginary)));
    }
    return new Image2(v, x.width(), x.height());
  }

  private static Volume volume(List<Image2> slices, double[] heights) {
    int columns = slices.get(0).width();
    int rows = slices.get(0).height();
    double dx = FINE * FINE_COLUMNS / columns;
    double dy = FINE * FINE_ROWS / rows;
    List<SlicePlane> planes = new ArrayList<>();
    for (double z : heights) {
      // LPS: x and y are RAS's negated; columns run to the left, rows to posterior.
      planes.add(
          new SlicePlane(
              new Vec3(-X0, -Y0, z), new Vec3(dx, 0, 0), new Vec3(0, dy, 0), columns, rows));
    }
    return new Volume(planes, slices);
  }
}
