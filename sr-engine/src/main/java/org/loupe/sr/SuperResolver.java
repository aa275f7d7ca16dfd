package org.loupe.sr;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.KSpace;
import org.loupe.image.Samples;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;

/**
 * Super-resolves slices: {@link #prepare} does the heavy work once per slice, {@link #decode} makes
 * any rectangle at any pixel size from it, {@link #upscale} a whole slice. Not for concurrent use:
 * one thread at a time, see {@link SrScheduler}.
 *
 * <p>The picture of a view is the network's plus the band-limited interpolation of what the
 * network's whole slice lacks against the measurement (data consistency). For a whole slice on one
 * lattice the measured k-space is put back exactly. Views and sizes are given on the lattice that
 * the slice is stored on; inside, all is on the acquired one ({@link SliceInput#acquired}).
 */
public final class SuperResolver implements AutoCloseable {

  /** Highest factor, in output pixels per target pixel. */
  public static final double MAX_FACTOR = 16;

  /** Side of the pieces that a decode is cut into: larger ones fall out of the CPU's caches. */
  private static final int PIECE = 256;

  /** Output pixels per target pixel of the lattice on which the residual is measured. */
  private static final int RESIDUAL_FACTOR = 2;

  /**
   * A decoded rectangle.
   *
   * @param values the picture, in the units of the target
   * @param expectedError scale of the Laplace distribution of its error, in the same units; NaN
   *     where the model gives none
   */
  public record Decoded(Image2 values, Image2 expectedError) {}

  private final NDManager manager;
  private final SliceModel model;
  private final ModelInfo info;

  SuperResolver(NDManager manager, SliceModel model, ModelInfo info) {
    this.manager = manager;
    this.model = model;
    this.info = info;
  }

  /**
   * Loads a model.
   *
   * @throws ModelException where the package is damaged
   * @throws IllegalArgumentException where the device is asked for and absent
   */
  public static SuperResolver open(ModelPackage model, DeviceChoice choice) throws ModelException {
    Device device = choice.resolve(Engine.getInstance().getGpuCount());
    NDManager manager = NDManager.newBaseManager(device);
    try {
      ModelInfo info = new ModelInfo(model.manifest(), DeviceChoice.label(device));
      return new SuperResolver(manager, SliceModel.load(model, manager), info);
    } catch (ModelException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  public ModelInfo info() {
    return info;
  }

  /** Runs what of the model does not depend on the zoom, for one slice. */
  public SliceFeatures prepare(SliceInput input) {
    SliceFeatures features = model.prepare(input.onAcquiredGrid());
    features.setStored(input.target());
    if (!model.consistent()) {
      return features;
    }
    try (NDManager scratch = manager.newSubManager()) {
      Image2 target = features.input.target();
      double step = 1.0 / RESIDUAL_FACTOR;
      View whole =
          new View(
              step,
              step,
              0,
              0,
              RESIDUAL_FACTOR * target.width(),
              RESIDUAL_FACTOR * target.height());
      Image2 picture = decodeNormalised(features, whole).values();
      NDArray fine = scratch.create(picture.values(), new Shape(picture.height(), picture.width()));
      NDArray back =
          bandLimited(picture.height(), target.height(), scratch)
              .matMul(fine)
              .matMul(bandLimited(picture.width(), target.width(), scratch).transpose());
      features.setResidual(back.neg().add(features.low));
      return features;
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** The matrix of k-space cropping from {@code size} to {@code band} samples. */
  private static NDArray bandLimited(int size, int band, NDManager manager) {
    double[] positions = AxisMatrix.positions(0, (double) size / band, band);
    return manager.create(AxisMatrix.bandLimited(positions, size, band), new Shape(band, size));
  }

  /**
   * Decodes a rectangle. At factors of 1 and below, in acquired pixels, it is the target, filtered.
   *
   * @throws IllegalArgumentException where a factor is above {@link #MAX_FACTOR}
   */
  public Decoded decode(SliceFeatures features, View view) {
    if (Math.min(view.columnStep(), view.rowStep()) < 1 / MAX_FACTOR - 1e-9) {
      throw new IllegalArgumentException(
          "factor %.3g is above %g"
              .formatted(1 / Math.min(view.columnStep(), view.rowStep()), MAX_FACTOR));
    }
    View acquired = features.onAcquired(view);
    if (acquired.columnStep() >= 1 && acquired.rowStep() >= 1) {
      return new Decoded(
          filtered(features.target(), view), new Image2(view.width(), view.height()));
    }
    Decoded normalised = decodeNormalised(features, acquired);
    return new Decoded(
        times(normalised.values(), features.scale),
        times(normalised.expectedError(), features.scale * info.errorScale()));
  }

  private static Image2 filtered(Image2 target, View view) {
    return Interpolation.BICUBIC.resample(
        target,
        new Samples(view.x() * view.columnStep(), view.columnStep(), view.width()),
        new Samples(view.y() * view.rowStep(), view.rowStep(), view.height()));
  }

  /**
   * The whole slice on a lattice of the given size over the same field of view: output column i at
   * target column {@code i * target width / width}. Measured k-space is the acquired lattice's.
   *
   * @param consistency whether the measured k-space replaces the picture's own; never for a model
   *     that does without
   */
  public Image2 upscale(SliceFeatures features, int width, int height, boolean consistency) {
    Image2 stored = features.target();
    View whole =
        new View(
            (double) stored.width() / width,
            (double) stored.height() / height,
            0,
            0,
            width,
            height);
    NDArray residual = features.residual;
    features.residual = null;
    try {
      Image2 picture = decode(features, whole).values();
      Image2 target = features.input.target();
      boolean finer = width >= target.width() && height >= target.height();
      return consistency && model.consistent() && finer
          ? KSpace.dataConsistency(picture, SliceInput.finite(target))
          : picture;
    } finally {
      features.residual = residual;
    }
  }

  private Decoded decodeNormalised(SliceFeatures features, View view) {
    Image2 values = new Image2(view.width(), view.height());
    Image2 errors = new Image2(view.width(), view.height());
    if (model.decodeDirectly(features, view, values, errors)) {
      return new Decoded(values, errors);
    }
    for (int y = 0; y < view.height(); y += PIECE) {
      for (int x = 0; x < view.width(); x += PIECE) {
        int width = Math.min(PIECE, view.width() - x);
        int height = Math.min(PIECE, view.height() - y);
        View piece =
            new View(view.columnStep(), view.rowStep(), view.x() + x, view.y() + y, width, height);
        float[] both = decodePiece(features, piece);
        for (int row = 0; row < height; row++) {
          int to = (y + row) * view.width() + x;
          System.arraycopy(both, row * width, values.values(), to, width);
          System.arraycopy(both, (height + row) * width, errors.values(), to, width);
        }
      }
    }
    return new Decoded(values, errors);
  }

  /** Picture, then expected error, of one piece: 2 * height * width values, normalised. */
  private float[] decodePiece(SliceFeatures features, View view) {
    int halo = model.halo();
    try (NDManager scratch = manager.newSubManager()) {
      AxisSampling rows =
          new AxisSampling(view.rowStep(), view.y() - halo, view.height() + 2 * halo, scratch);
      AxisSampling columns =
          new AxisSampling(view.columnStep(), view.x() - halo, view.width() + 2 * halo, scratch);
      NDArray zeroFillRows = rows.bandLimited(features.low.getShape().get(0));
      NDArray zeroFillColumns = columns.bandLimited(features.low.getShape().get(1)).transpose();
      NDArray base = zeroFillRows.matMul(features.low).matMul(zeroFillColumns);
      NDArray out = model.decode(features, rows, columns, base, scratch);
      NDArray inner =
          out.get(
              new NDIndex(
                  ":, {}:{}, {}:{}", halo, halo + view.height(), halo, halo + view.width()));
      NDArray picture = inner.get(0);
      if (features.residual != null) {
        NDArray missing = zeroFillRows.matMul(features.residual).matMul(zeroFillColumns);
        picture =
            picture.add(
                missing.get(
                    new NDIndex(
                        "{}:{}, {}:{}", halo, halo + view.height(), halo, halo + view.width())));
      }
      return picture.stack(inner.get(1)).toFloatArray();
    }
  }

  private static Image2 times(Image2 image, float factor) {
    float[] values = image.values();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return image;
  }

  @Override
  public void close() {
    manager.close();
  }
}
