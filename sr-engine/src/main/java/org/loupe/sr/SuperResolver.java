package org.loupe.sr;

import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.KSpace;
import org.loupe.image.Samples;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.Precision;
import org.loupe.sr.remote.RemoteException;
import org.loupe.sr.remote.ServerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(SuperResolver.class);

  /** Raised whenever the same model makes other pictures of the same slices than before. */
  public static final int REVISION = 3;

  /** Highest factor, in output pixels per target pixel. */
  public static final double MAX_FACTOR = 16;

  /**
   * No pixel's expected error is less, in units of the normalised slice. Training sees little of
   * the empty background and expects next to nothing there, but cut k-space rings into it.
   */
  private static final float LEAST_ERROR = 0.002f;

  /**
   * A decoded rectangle.
   *
   * @param values the picture, in the units of the target
   * @param expectedError scale of the Laplace distribution of its error, in the same units; NaN
   *     where the model gives none
   */
  public record Decoded(Image2 values, Image2 expectedError) {

    Decoded transposed() {
      return new Decoded(values.transposed(), expectedError.transposed());
    }
  }

  /** What takes the place of a backend that failed. */
  @FunctionalInterface
  interface Fallback {
    /**
     * The next backend.
     *
     * @return null where there is none: then the failure is the caller's
     * @throws ModelException where it cannot be opened
     */
    Backend after(Backend failed, RuntimeException why) throws ModelException;
  }

  private final ModelManifest manifest;
  private final Fallback fallback;

  /** All that were opened, the one in use last; earlier ones still decode what they prepared. */
  private final Deque<Backend> backends = new ArrayDeque<>();

  private ModelInfo info;
  private Consumer<ModelInfo> moved = changed -> {};

  SuperResolver(Backend backend, ModelManifest manifest, Fallback fallback) {
    this.manifest = manifest;
    this.fallback = fallback;
    use(backend);
  }

  /** With a single backend. */
  SuperResolver(NDManager manager, SliceModel model, ModelInfo info) {
    this(new Backend(manager, model, info.device()), info.manifest(), (failed, why) -> null);
  }

  /**
   * Loads a model. Where a CUDA device fails later, the CPU goes on in its place.
   *
   * @throws ModelException where the package is damaged
   * @throws IllegalArgumentException where CUDA is asked for and there is none that works
   */
  public static SuperResolver open(ModelPackage model, DeviceChoice choice) throws ModelException {
    return open(model, choice, DeviceProvider.DJL);
  }

  static SuperResolver open(ModelPackage model, DeviceChoice choice, DeviceProvider provider)
      throws ModelException {
    DeviceOpening opening = new DeviceOpening(model, provider);
    Backend first = opening.open(choice);
    return new SuperResolver(first, model.manifest(), (failed, why) -> onCpu(opening, failed, why));
  }

  /**
   * Loads a model whose heavy networks run on a server. Where the server cannot be used, now or
   * later, this machine goes on in its place.
   *
   * @param choice device of this machine, should it be needed
   * @throws ModelException where the package is damaged
   */
  public static SuperResolver open(ModelPackage model, DeviceChoice choice, ServerSettings server)
      throws ModelException {
    return open(model, choice, server, DeviceProvider.DJL);
  }

  static SuperResolver open(
      ModelPackage model, DeviceChoice choice, ServerSettings server, DeviceProvider provider)
      throws ModelException {
    DeviceOpening opening = new DeviceOpening(model, provider);
    Backend first;
    try {
      first = Backend.remote(model, server);
    } catch (RemoteException e) {
      LOG.warn("{}", e.getMessage());
      first = opening.open(choice, e.getMessage());
    }
    return new SuperResolver(
        first,
        model.manifest(),
        (failed, why) -> {
          if (why instanceof RemoteException) {
            return opening.open(choice, why.getMessage());
          }
          return onCpu(opening, failed, why);
        });
  }

  /** Loads a model on the server that the environment names, else on this machine. */
  public static SuperResolver openWhereConfigured(ModelPackage model, DeviceChoice choice)
      throws ModelException {
    Optional<ServerSettings> server = ServerSettings.of(System.getenv());
    return server.isPresent() ? open(model, choice, server.get()) : open(model, choice);
  }

  /** The CPU in place of a CUDA device that failed; null where it was no failure of a device. */
  private static Backend onCpu(DeviceOpening opening, Backend failed, RuntimeException why)
      throws ModelException {
    return failed.device().startsWith("CUDA") && DeviceFailure.isOfDevice(why)
        ? opening.onCpu(failed.device() + ": " + DeviceFailure.words(why))
        : null;
  }

  private void use(Backend backend) {
    backends.addLast(backend);
    info = new ModelInfo(manifest, backend.device());
  }

  /**
   * Says whom to tell when the model goes on elsewhere than {@link #info} said; on the thread of
   * the call that failed.
   */
  public void whenMoved(Consumer<ModelInfo> listener) {
    moved = listener;
  }

  /** Goes on with the next backend, or throws what the last one threw. */
  private void giveWay(Backend failed, RuntimeException why) {
    if (Thread.currentThread().isInterrupted()) {
      throw why;
    }
    if (!failed.equals(backends.getLast())) {
      return;
    }
    Backend next;
    try {
      next = fallback.after(failed, why);
    } catch (ModelException e) {
      why.addSuppressed(e);
      throw why;
    }
    if (next == null) {
      throw why;
    }
    LOG.warn("{} failed, going on with {}", failed.device(), next.device());
    use(next);
    moved.accept(info);
  }

  public ModelInfo info() {
    return info;
  }

  /** The number format of encoder and segmentation network where they run now. */
  Precision precision() {
    return Precision.of(backends.getLast().manager());
  }

  /**
   * Runs what of the model does not depend on the zoom, for one slice, as for a view that somebody
   * waits for. A reference that does not cover it ({@link SliceInput#covered}) is left out.
   */
  public SliceFeatures prepare(SliceInput input) {
    return prepare(input, Passes.ONE);
  }

  /**
   * The same for pictures that need not be there at once: {@link Passes#MIRRORED} takes twice the
   * time and memory.
   */
  public SliceFeatures prepare(SliceInput input, Passes passes) {
    SliceInput used = input.covered() ? input : input.withoutReference();
    return prepare(used.onAcquiredGrid(), used.target(), passes);
  }

  /** Turns the slice as the model knows slices; views stay as they are ({@link #decode}). */
  private SliceFeatures prepare(SliceInput acquired, Image2 stored, Passes passes) {
    while (true) {
      Backend backend = backends.getLast();
      boolean turned = manifest.turns(acquired.phase());
      try {
        SliceFeatures features = backend.prepare(turned ? acquired.transposed() : acquired, passes);
        features.setStored(stored, turned);
        features.passes = passes;
        return features;
      } catch (RuntimeException e) {
        giveWay(backend, e);
      }
    }
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
        times(normalised.values(), features.current().scale),
        times(
            atLeast(normalised.expectedError(), LEAST_ERROR),
            features.current().scale * info.errorScale()));
  }

  /** NaN stays NaN. */
  private static Image2 atLeast(Image2 image, float least) {
    float[] values = image.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i], least);
    }
    return image;
  }

  private static Image2 filtered(Image2 target, View view) {
    return Interpolation.BICUBIC.resample(
        target,
        new Samples(view.x() * view.columnStep(), view.columnStep(), view.width()),
        new Samples(view.y() * view.rowStep(), view.rowStep(), view.height()));
  }

  /** The whole slice, as {@link #upscale(SliceFeatures, int, int, boolean)}. */
  public Image2 upscale(
      SliceInput input, int width, int height, boolean consistency, Passes passes) {
    try (SliceFeatures features = prepare(input, passes)) {
      return upscale(features, width, height, consistency);
    }
  }

  /**
   * The whole slice on a lattice of the given size over the same field of view: output column i at
   * target column {@code i * target width / width}. Measured k-space is the acquired lattice's.
   *
   * @param consistency whether the measured k-space replaces the picture's own; never for a model
   *     that does without
   */
  public Image2 upscale(SliceFeatures features, int width, int height, boolean consistency) {
    int columns = features.current().acquiredWidth();
    int rows = features.current().acquiredHeight();
    if (width < columns != height < rows) {
      // Finer along one axis alone: what is coarser comes from a whole picture, without aliasing.
      Image2 fine =
          upscale(features, Math.max(width, columns), Math.max(height, rows), consistency);
      return KSpace.degrade(fine, width, height);
    }
    Image2 stored = features.target();
    View whole =
        new View(
            (double) stored.width() / width,
            (double) stored.height() / height,
            0,
            0,
            width,
            height);
    SliceFeatures used = features.current();
    used.tied = false;
    Image2 picture;
    try {
      picture = decode(features, whole).values();
    } finally {
      used.tied = true;
    }
    if (features.current() != used) {
      // A fallback took over on the way and added what this one leaves out.
      return upscale(features, width, height, consistency);
    }
    Image2 target = used.acquired().target();
    boolean finer = width >= target.width() && height >= target.height();
    return consistency && used.backend.model().consistent() && finer
        ? KSpace.dataConsistency(picture, SliceInput.finite(target))
        : picture;
  }

  private Decoded decodeNormalised(SliceFeatures features, View view) {
    while (true) {
      SliceFeatures used = features.current();
      try {
        return used.decode(view);
      } catch (RuntimeException e) {
        giveWay(used.backend, e);
        used.replaceBy(prepare(used.acquired(), used.target(), used.passes));
      }
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
    backends.forEach(Backend::close);
  }
}
