package org.loupe.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.KSpace;
import org.loupe.image.PlaneResampler;
import org.loupe.image.Samples;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels that run in Java for every slice or view: resampling and data consistency. A slice of
 * {@code size} x {@code size} pixels is super-resolved by a factor of 2.5.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

  private static final double FACTOR = 2.5;

  /** Rows and columns of the slice. */
  @Param({"128", "256"})
  public int size;

  private int fine;
  private Image2 slice;
  private Image2 picture;
  private Samples samples;
  private double[] positions;
  private Volume volume;
  private SlicePlane oblique;

  /** Makes a slice of waves and a stack of it. */
  @Setup
  public void make() {
    fine = (int) (FACTOR * size);
    slice = waves(size);
    picture = waves(fine);
    samples = new Samples(0, 1 / FACTOR, fine);
    positions = AxisMatrix.positions(0, 1 / FACTOR, fine);
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      planes.add(
          new SlicePlane(new Vec3(0, 0, 3 * k), new Vec3(1, 0, 0), new Vec3(0, 1, 0), size, size));
      slices.add(slice);
    }
    volume = new Volume(planes, slices);
    Vec3 down = new Vec3(0, 0.995, 0.0998);
    oblique = new SlicePlane(new Vec3(1, 1, 20), new Vec3(1, 0, 0), down, size - 4, size - 4);
  }

  private static Image2 waves(int size) {
    Image2 image = new Image2(size, size);
    for (int i = 0; i < image.values().length; i++) {
      int x = i % size;
      int y = i / size;
      image.values()[i] = (float) (2 + Math.sin(25.0 * x / size) + Math.cos(31.0 * y / size));
    }
    return image;
  }

  /** Interpolation of a view, as panes do without super-resolution. */
  @Benchmark
  public Image2 bicubic() {
    return Interpolation.BICUBIC.resample(slice, samples, samples);
  }

  /** The matrix of zero filling along one axis, made for every piece. */
  @Benchmark
  public float[] bandLimitedMatrix() {
    return AxisMatrix.bandLimited(positions, size, size);
  }

  /** The matrix of cubic interpolation along one axis. */
  @Benchmark
  public float[] cubicMatrix() {
    return AxisMatrix.cubic(positions, 1 / FACTOR, size);
  }

  /** The measured k-space put back into a whole slice. */
  @Benchmark
  public Image2 dataConsistency() {
    return KSpace.dataConsistency(picture, slice);
  }

  /** Zero filling of a whole slice. */
  @Benchmark
  public Image2 zeroFill() {
    return KSpace.zeroFill(slice, fine, fine);
  }

  /** A reference cut along the plane of a tilted target. */
  @Benchmark
  public PlaneResampler.Resliced obliqueReference() {
    return PlaneResampler.toPlane(volume, oblique);
  }
}
