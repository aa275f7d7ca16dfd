package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/**
 * The super-resolution network: an encoder on the target's lattice and a reference branch, both run
 * once per slice, and a thin decoder at output resolution. The three parts meet only through
 * features sampled at exact sub-pixel positions, so one set of weights serves every factor.
 */
public final class SrNetwork extends ConvolutionalBlock {

  /** Tissue maps of the prior: CSF, grey matter, white matter. */
  public static final int TISSUES = 3;

  /** The encoder sees FOLD x FOLD reference samples per target pixel. */
  public static final int FOLD = 4;

  static final int GUIDES = 8;
  static final int HIDDEN = 16;
  static final int SAMPLED = HIDDEN + GUIDES;

  private final Encoder encoder;
  private final ReferenceBranch referenceBranch;
  private final Decoder decoder;

  /**
   * @param channels width of the encoder
   * @param blocks residual blocks of the encoder
   */
  public SrNetwork(int channels, int blocks) {
    encoder = child("encoder", new Encoder(channels, blocks));
    referenceBranch = child("reference", new ReferenceBranch());
    decoder = child("decoder", new Decoder());
  }

  /**
   * Takes the weights of a network with no more residual blocks; the others start as identities.
   */
  void startAs(SrNetwork shallower) {
    encoder.startAs(shallower.encoder);
    referenceBranch.copy(shallower.referenceBranch);
    decoder.copy(shallower.decoder);
  }

  /** See {@link Encoder}; arrays of the call live in the manager of {@code target}. */
  public NDArray encode(
      ParameterStore store,
      NDArray target,
      NDArray neighbours,
      NDArray folded,
      NDArray prior,
      boolean training) {
    return encoder
        .forward(store, new NDList(target, neighbours, folded, prior), training)
        .singletonOrThrow();
  }

  /**
   * Floating-point operations of the encoder's convolutions for a slice: two per weight and pixel.
   */
  public double encoderFlops(long pixels) {
    long weights = 0;
    for (Parameter parameter : encoder.getParameters().values()) {
      if (parameter.getType() == Parameter.Type.WEIGHT) {
        weights += parameter.getArray().size();
      }
    }
    return 2.0 * weights * pixels;
  }

  /** See {@link ReferenceBranch}. */
  public NDArray guide(ParameterStore store, NDArray reference, boolean training) {
    return apply(referenceBranch, store, reference, training);
  }

  /** See {@link Decoder}. */
  public NDArray decode(
      ParameterStore store, NDArray base, NDArray sampled, NDArray guides, boolean training) {
    return decoder.forward(store, new NDList(base, sampled, guides), training).singletonOrThrow();
  }

  /** A copy of the decoder's weights. */
  public DecoderWeights decoderWeights() {
    List<float[]> arrays =
        decoder.getParameters().values().stream().map(p -> p.getArray().toFloatArray()).toList();
    return new DecoderWeights(
        GUIDES,
        HIDDEN,
        arrays.get(0),
        arrays.get(1),
        arrays.get(2),
        arrays.get(3),
        arrays.get(4),
        arrays.get(5));
  }

  /**
   * The natural logarithm of the expected absolute error, in units of the normalised slice, from
   * the decoder's second output: held between exp(-8) and 1 smoothly, as errors are.
   */
  public static NDArray logError(NDArray output) {
    return output.div(4f).tanh().sub(1f).mul(4f);
  }

  /**
   * Separable sampling of maps: {@code rows * maps * columns}.
   *
   * @param rows (q, h) or (B, 1, q, h) weights
   * @param maps (B, C, h, w)
   * @param columns (w, q') or (B, 1, w, q') weights
   * @return (B, C, q, q')
   */
  public static NDArray sample(NDArray rows, NDArray maps, NDArray columns) {
    NDArray half = rows.matMul(maps);
    NDArray sampled = half.matMul(columns);
    half.close();
    return sampled;
  }

  /**
   * The whole network for one lattice, as in training. Inputs: target, neighbours, folded
   * reference, prior (see {@link Encoder}); reference (B, 2, H, W); base; feature rows and columns;
   * reference rows and columns, each as {@link #sample} takes them, the last two left out where the
   * reference's lattice is the output's.
   */
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
    NDArray features = encode(store, in.get(0), in.get(1), in.get(2), in.get(3), training);
    NDArray sampled = sample(in.get(6), features, in.get(7));
    features.close();
    NDArray own = guide(store, in.get(4), training);
    NDArray guides = in.size() > 8 ? sample(in.get(8), own, in.get(9)) : own;
    if (guides != own) {
      own.close();
    }
    NDArray result = decode(store, in.get(5), sampled, guides, training);
    sampled.close();
    guides.close();
    return new NDList(result);
  }
}
