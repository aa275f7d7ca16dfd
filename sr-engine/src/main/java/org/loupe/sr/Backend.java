package org.loupe.sr;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.remote.InferenceClient;
import org.loupe.sr.remote.ServerSettings;

/**
 * A model on a device: slices in and pictures out, normalised, data consistency included. What it
 * prepared only it can decode.
 *
 * @param manager owner of the native memory
 * @param device its name for the screen
 */
record Backend(NDManager manager, SliceModel model, String device, Closer closer)
    implements AutoCloseable {

  /** Ends what else the backend holds. */
  interface Closer {
    void close();
  }

  Backend(NDManager manager, SliceModel model, String device) {
    this(manager, model, device, () -> {});
  }

  /** Output pixels per target pixel of the lattice on which the residual is measured. */
  private static final int RESIDUAL_FACTOR = 2;

  /** Pixels of a slice whose preparation leaves so much free memory that giving it back pays. */
  private static final int LARGE = 1 << 17;

  /**
   * Loads a model.
   *
   * @param manager becomes the backend's
   * @throws ModelException where the package is damaged
   */
  static Backend load(ModelPackage model, NDManager manager, String device) throws ModelException {
    try {
      return new Backend(manager, SliceModel.load(model, manager), device);
    } catch (ModelException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * A model whose slices are prepared on a server and decoded here.
   *
   * @throws ModelException where the package is damaged or its networks are not Loupe's
   * @throws org.loupe.sr.remote.RemoteException where the server cannot be used
   */
  static Backend remote(ModelPackage model, ServerSettings server) throws ModelException {
    InferenceClient client = InferenceClient.connect(server);
    NDManager manager = NDManager.newBaseManager(Device.cpu());
    try {
      RemoteNetworks networks = new RemoteNetworks(client, model);
      SliceModel slices =
          new NetworkModel(
              model.loadNetwork(manager), networks, /* decodesDirectly= */ true, manager);
      return new Backend(manager, slices, "server " + server.label(), client::close);
    } catch (ModelException | RuntimeException e) {
      manager.close();
      client.close();
      throw e;
    }
  }

  Backend labelled(String label) {
    return new Backend(manager, model, label, closer);
  }

  /**
   * Runs what of the model does not depend on the zoom.
   *
   * @param input on its acquired lattice
   */
  SliceFeatures prepare(SliceInput input, Passes passes) {
    SliceFeatures features = tied(model.prepare(input, passes));
    if (input.target().values().length >= LARGE) {
      NativeHeap.trim();
    }
    return features;
  }

  /** Measures what the pictures of a slice lack against it. */
  private SliceFeatures tied(SliceFeatures features) {
    features.backend = this;
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
      Image2 picture = decode(features, whole).values();
      NDArray fine = scratch.create(picture.values(), new Shape(picture.height(), picture.width()));
      NDArray back =
          bandLimited(picture.height(), target.height(), scratch)
              .matMul(fine)
              .matMul(bandLimited(picture.width(), target.width(), scratch).transpose());
      features.setResidual(SlicePreparer.array(target, features.scale, scratch).sub(back));
      return features;
    } catch (RuntimeException | OutOfMemoryError e) {
      features.close();
      throw e;
    }
  }

  /** The matrix of k-space cropping from {@code size} to {@code band} samples. */
  private static NDArray bandLimited(int size, int band, NDManager manager) {
    double[] positions = AxisMatrix.positions(0, (double) size / band, band);
    return manager.create(AxisMatrix.bandLimited(positions, size, band), new Shape(band, size));
  }

  /** A rectangle, normalised; the view is on the acquired lattice. */
  SuperResolver.Decoded decode(SliceFeatures features, View view) {
    Image2 values = new Image2(view.width(), view.height());
    Image2 errors = new Image2(view.width(), view.height());
    if (model.decodeDirectly(features, view, values, errors)) {
      return new SuperResolver.Decoded(values, errors);
    }
    int side = model.piece();
    for (int y = 0; y < view.height(); y += side) {
      for (int x = 0; x < view.width(); x += side) {
        int width = Math.min(side, view.width() - x);
        int height = Math.min(side, view.height() - y);
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
    return new SuperResolver.Decoded(values, errors);
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
      if (features.tied && features.residual != null) {
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

  @Override
  public void close() {
    model.close();
    manager.close();
    closer.close();
  }
}
