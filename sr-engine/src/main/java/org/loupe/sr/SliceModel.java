package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.loupe.image.Image2;
import org.loupe.sr.model.DualArbNetwork;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.TorchScriptManifest;

/**
 * A model as {@link SuperResolver} runs it: the part that does not depend on the zoom once per
 * slice, then any rectangle of output pixels. Units, pieces, data consistency and caching are the
 * caller's. For one thread.
 */
interface SliceModel extends AutoCloseable {

  /**
   * Loads and checks the model of a package.
   *
   * @param manager owner of the model's native memory
   * @throws ModelException where the package is damaged or of an unknown format
   */
  static SliceModel load(ModelPackage model, NDManager manager) throws ModelException {
    String format = model.manifest().format();
    if (format == null) {
      return new NetworkModel(model, manager);
    }
    if (format.equals(TorchScriptManifest.FORMAT)) {
      return TorchScriptModel.load(model, manager);
    }
    if (format.equals(DualArbNetwork.FORMAT)) {
      return new DualArbModel(model, manager);
    }
    throw new ModelException(
        "model %s: format %s is unknown; there are %s and %s"
            .formatted(model.label(), format, TorchScriptManifest.FORMAT, DualArbNetwork.FORMAT));
  }

  /**
   * Everything of a slice that does not depend on the zoom; {@link SliceFeatures#residual} is left
   * to the caller.
   *
   * @param passes what is asked for; a model that nobody says has learned from mirrored slices
   *     makes one
   */
  SliceFeatures prepare(SliceInput input, Passes passes);

  /** Whether pictures are made to agree with the measurement. */
  default boolean consistent() {
    return true;
  }

  /**
   * Decodes a whole view without the engine, where the model can.
   *
   * @param values takes the picture, normalised, with the residual of data consistency added
   * @param errors takes the scale of the Laplace distribution of its error, normalised
   * @return false where it cannot; then nothing was written, and {@link #decode} is to be used
   */
  default boolean decodeDirectly(SliceFeatures features, View view, Image2 values, Image2 errors) {
    return false;
  }

  /** Side of the pieces that a view is decoded in: larger ones fall out of the CPU's caches. */
  default int piece() {
    return 256;
  }

  /** Radius of the receptive field of {@link #decode}, output pixels. */
  int halo();

  /**
   * Decodes the output pixels at the given positions, halo included.
   *
   * @param base (rows, columns): the zero-filled interpolation there, normalised
   * @return (2, rows, columns) in the scratch manager: the picture and the scale of the Laplace
   *     distribution of its error, normalised; NaN where a model does not give the latter
   */
  NDArray decode(
      SliceFeatures features,
      AxisSampling rows,
      AxisSampling columns,
      NDArray base,
      NDManager scratch);

  /** Ends what it holds besides native memory, which is its manager's. */
  @Override
  default void close() {}
}
