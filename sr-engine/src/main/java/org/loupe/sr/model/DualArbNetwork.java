package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Map;

/**
 * Dual-ArbNet, the closest published method, for comparison: Zhang, Chi, Lyu, Yang, Tian, "Dual
 * Arbitrary Scale Super-Resolution for Multi-contrast MRI", MICCAI 2023. One residual dense encoder
 * for both contrasts, each at its own resolution, and an implicit decoder that computes every
 * output pixel anew.
 *
 * <p>Different from the paper: images have one channel, magnitude, instead of two; the reference's
 * own reconstruction, an auxiliary output in training, is left out. What the decoder does first,
 * 1x1 convolutions of interpolated 3x3 neighbourhoods of features, is computed as 3x3 convolutions
 * before the interpolation: the same function, as both are linear, and the cheaper order.
 */
public final class DualArbNetwork extends ConvolutionalBlock {

  /** The value of the manifest's {@code format}. */
  public static final String FORMAT = "dual-arbnet";

  /** Sizes of the published network: 13.7 million parameters. */
  public static final Map<String, Integer> PUBLISHED =
      Map.of(
          "channels", 64, "growth", 64, "blocks", 5, "convolutions", 10, "hidden", 64, "layers", 5);

  /** Sizes that two CPU cores can train: 0.2 million parameters. */
  public static final Map<String, Integer> TRAINABLE =
      Map.of(
          "channels", 32, "growth", 16, "blocks", 3, "convolutions", 6, "hidden", 16, "layers", 3);

  private final int layers;
  private final ResidualDenseEncoder encoder;
  private final Projection targetProjection;
  private final Projection referenceProjection;
  private final ImplicitDecoder decoder;

  /** A 3x3 convolution as a graph of its own. */
  private static final class Projection extends GraphBlock {
    Projection(int in, int out) {
      super("convolution", Map.of());
      convolution("projection", in, out, 3);
    }
  }

  /**
   * @param sizes as {@link #PUBLISHED} has them
   */
  public DualArbNetwork(Map<String, Integer> sizes) {
    int channels = sizes.get("channels");
    int hidden = sizes.get("hidden");
    layers = sizes.get("layers");
    encoder =
        child(
            "encoder",
            new ResidualDenseEncoder(
                channels, sizes.get("growth"), sizes.get("blocks"), sizes.get("convolutions")));
    targetProjection = child("target", new Projection(channels, 3 * hidden));
    referenceProjection = child("reference", new Projection(channels, 2 * hidden));
    decoder = child("decoder", new ImplicitDecoder(hidden, layers));
  }

  /** Radius of the decoder's receptive field, apart from its attention over the whole picture. */
  public int halo() {
    return layers * (ImplicitDecoder.CONVOLUTIONS + 1);
  }

  /** Maps of the target (B, 3 hidden, h, w) from (B, 1, h, w), once per slice. */
  public NDArray target(ParameterStore store, NDArray image, boolean training) {
    return projected(targetProjection, store, apply(encoder, store, image, training), training);
  }

  /** Maps of the reference (B, 2 hidden, h, w) from (B, 1, h, w), once per slice. */
  public NDArray reference(ParameterStore store, NDArray image, boolean training) {
    // As in the paper, the encoder learns from the target alone.
    NDArray features = apply(encoder, store, image, training);
    return projected(
        referenceProjection, store, training ? features.stopGradient() : features, training);
  }

  private static NDArray projected(
      Projection projection, ParameterStore store, NDArray features, boolean training) {
    NDArray maps = apply(projection, store, features, training);
    features.close();
    return maps;
  }

  /**
   * Every output pixel, from maps interpolated there.
   *
   * @param coordinates see {@link #coordinates}
   * @return (B, 1, q, q')
   */
  public NDArray decode(
      ParameterStore store,
      NDArray target,
      NDArray reference,
      NDArray coordinates,
      boolean training) {
    return decoder
        .forward(store, new NDList(target, reference, coordinates), training)
        .singletonOrThrow();
  }

  /**
   * What the decoder is told of places: twice the distance of row and column from the nearest
   * target pixel, target pixels per output pixel, reference pixels per output pixel (each the root
   * of the product of both axes').
   *
   * @param rows (B, 1, q, 1) positions, target pixels
   * @param columns (B, 1, 1, q') positions, target pixels
   * @return (B, 4, q, q')
   */
  public static NDArray coordinates(
      NDArray rows, NDArray columns, double targetRatio, double referenceRatio) {
    Shape shape =
        new Shape(rows.getShape().get(0), 1, rows.getShape().get(2), columns.getShape().get(3));
    NDArray down = rows.sub(rows.round()).mul(2).broadcast(shape);
    NDArray across = columns.sub(columns.round()).mul(2).broadcast(shape);
    NDArray ratio = down.onesLike().mul(targetRatio);
    NDArray referenced = down.onesLike().mul(referenceRatio);
    return down.concat(across, 1).concat(ratio, 1).concat(referenced, 1);
  }

  /** One lattice, as in training: see {@link SrNetwork#forwardInternal}. Output (B, 1, q, q'). */
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
    NDArray image = in.get(0);
    NDArray rows = onTarget(in.get(6), image.getShape().get(2));
    NDArray columns = onTarget(in.get(7).swapAxes(2, 3), image.getShape().get(3)).swapAxes(2, 3);
    NDArray target = SrNetwork.sample(rows, target(store, image, training), columns);
    NDArray own = in.get(4).get(new NDIndex(":, :1"));
    NDArray maps = reference(store, own, training);
    boolean same = in.size() <= 8;
    NDArray reference = same ? maps : SrNetwork.sample(in.get(8), maps, in.get(9));
    double referenceRatio = same ? 1 : ratio(rows(in.get(8)), columns(in.get(9)));
    NDArray down = rows(rows);
    NDArray across = columns(columns);
    NDArray places = coordinates(down, across, ratio(down, across), referenceRatio);
    return new NDList(decode(store, target, reference, places, training));
  }

  /** Positions (B, 1, q, 1) whose linear weights on a lattice are (B, 1, q, h). */
  private static NDArray rows(NDArray weights) {
    return weights.matMul(
        numbers(weights.getShape().get(3), weights.getManager()).reshape(1, 1, -1, 1));
  }

  /** Positions (B, 1, 1, q') whose linear weights on a lattice are (B, 1, w, q'). */
  private static NDArray columns(NDArray weights) {
    return numbers(weights.getShape().get(2), weights.getManager())
        .reshape(1, 1, 1, -1)
        .matMul(weights);
  }

  private static double ratio(NDArray rows, NDArray columns) {
    return Math.sqrt(step(rows) * step(columns));
  }

  /** Mean distance of neighbouring positions. */
  private static double step(NDArray positions) {
    float[] values = positions.get(0).toFloatArray();
    return (values[values.length - 1] - values[0]) / (values.length - 1.0);
  }

  /** 0, 1, ..., one for each sample of a lattice. */
  private static NDArray numbers(long count, NDManager manager) {
    return manager.arange((int) count).toType(DataType.FLOAT32, false);
  }

  /**
   * Linear weights (B, 1, q, h) on the target's pixels from those (B, 1, q, 2h) on a lattice twice
   * as fine, whose odd samples are their neighbours' means.
   */
  private static NDArray onTarget(NDArray weights, long size) {
    int n = (int) size;
    float[] refine = new float[2 * n * n];
    for (int i = 0; i < n; i++) {
      refine[2 * i * n + i] = 1;
      refine[(2 * i + 1) * n + i] += 0.5f;
      refine[(2 * i + 1) * n + Math.min(i + 1, n - 1)] += 0.5f;
    }
    return weights.matMul(weights.getManager().create(refine, new Shape(1, 1, 2L * n, n)));
  }
}
