package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Optimiser of a block's parameters, with state that can be saved. Weights of wide convolutions are
 * matrices (outputs x inputs and taps) and take orthogonalised momentum steps (Muon, Jordan et al.
 * 2024); all other parameters take Adam's (Kingma and Ba 2015).
 */
final class Optimiser {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  /** The engine would clip large elements of a gradient but not large negative ones. */
  private static final float NO_CLIPPING = -1;

  private static final float MOMENTUM = 0.95f;

  /**
   * Of Adam's learning rate times sqrt(longer side), the length of an orthogonalised step: a third
   * of the length at which both change an element alike (Liu et al. 2025).
   */
  private static final double ORTHOGONAL_SHARE = 0.066;

  /**
   * Weights decay so that no singular value of a matrix grows beyond this: several times what they
   * begin with, and yet a bound, as residual blocks without normalisation multiply growth.
   */
  private static final double LARGEST = 6;

  /** Narrower matrices have too few directions for an orthogonal step to mean anything. */
  private static final int WIDE = 32;

  /** Coefficients of the quintic Newton-Schulz iteration and how often it runs (Jordan et al.). */
  private static final float[] QUINTIC = {3.4445f, -4.7750f, 2.0315f};

  private static final int ITERATIONS = 5;

  /** A gradient longer than this many times the usual is shortened to that. */
  private static final double CLIP = 2;

  private static final double USUAL_DECAY = 0.98;

  private final List<State> states = new ArrayList<>();
  private int steps;

  /** Running mean of the gradient's length, after shortening; 0 before the first step. */
  private double usualLength;

  /** A parameter with its moments: two for Adam; one, and null, for an orthogonalised step. */
  private record State(NDArray weight, NDArray mean, NDArray variance) {}

  /**
   * @param orthogonal whether wide convolutions take orthogonalised steps
   */
  Optimiser(Block block, boolean orthogonal, NDManager manager) {
    for (Parameter parameter : block.getParameters().values()) {
      NDArray weight = parameter.getArray();
      weight.setRequiresGradient(true);
      boolean wide =
          orthogonal
              && weight.getShape().dimension() == 4
              && Math.min(weight.getShape().get(0), columns(weight)) >= WIDE
              && weight.getShape().get(2) > 1;
      states.add(
          new State(
              weight,
              manager.zeros(weight.getShape()),
              wide ? null : manager.zeros(weight.getShape())));
    }
  }

  private static long columns(NDArray weight) {
    return weight.size() / weight.getShape().get(0);
  }

  /**
   * Applies the gathered gradients and sets them to zero. Those of a batch that are not all finite
   * are only set to zero: one of them would stay in the moments for good.
   *
   * @return whether they were applied
   */
  boolean step(float learningRate, NDManager batch) {
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      double length = length(batch);
      if (!Double.isFinite(length)) {
        clear();
        return false;
      }
      steps++;
      double correction = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
      double shrink = shrink(length);
      for (State state : states) {
        NDArray gradient = state.weight.getGradient();
        gradient.attach(batch);
        gradient.muli(shrink);
        if (state.variance == null) {
          orthogonalStep(state, gradient, learningRate, batch);
        } else {
          adamStep(state, gradient, learningRate, (float) (learningRate * correction));
        }
      }
      return true;
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  /** Sets the gathered gradients to zero, in place, whatever they are. */
  void clear() {
    states.forEach(state -> JniUtils.zeroGrad((PtNDArray) state.weight));
  }

  /** Of the whole gradient. */
  private double length(NDManager batch) {
    double squared = 0;
    for (State state : states) {
      NDArray gradient = state.weight.getGradient();
      gradient.attach(batch);
      try (NDArray norm = gradient.norm()) {
        double length = norm.getFloat();
        squared += length * length;
      }
    }
    return Math.sqrt(squared);
  }

  /** By what to multiply the gradient; some batches are far off the others. */
  private double shrink(double length) {
    double allowed = usualLength == 0 ? length : Math.min(length, CLIP * usualLength);
    usualLength =
        usualLength == 0 ? length : USUAL_DECAY * usualLength + (1 - USUAL_DECAY) * allowed;
    return length > 0 ? allowed / length : 1;
  }

  private static void adamStep(State state, NDArray gradient, float rate, float corrected) {
    state
        .weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(state.weight, gradient, state.mean, state.variance),
            new NDList(state.weight),
            rate,
            corrected,
            0,
            1,
            NO_CLIPPING,
            BETA1,
            BETA2,
            EPSILON,
            false,
            false);
  }

  private static void orthogonalStep(
      State state, NDArray gradient, float learningRate, NDManager batch) {
    state.mean.muli(MOMENTUM).addi(gradient);
    long rows = state.weight.getShape().get(0);
    long columns = columns(state.weight);
    try (NDManager scratch = batch.newSubManager()) {
      // What is computed from an array lives as long as that: here, until the step is done.
      gradient.attach(scratch);
      NDArray ahead = state.mean.mul(MOMENTUM);
      ahead.attach(scratch);
      NDArray step = gradient.add(ahead).reshape(rows, columns);
      NDArray direction =
          rows > columns ? orthogonal(step.transpose()).transpose() : orthogonal(step);
      double scale = learningRate * ORTHOGONAL_SHARE * Math.sqrt((double) Math.max(rows, columns));
      state.weight.muli(1 - scale / LARGEST);
      state.weight.subi(direction.reshape(state.weight.getShape()).mul(scale));
      gradient.muli(0);
    }
  }

  /**
   * The nearest matrix with singular values of about 1, of a matrix with no more rows than columns.
   */
  private static NDArray orthogonal(NDArray matrix) {
    NDArray x = matrix.div(matrix.norm().add(1e-7f));
    for (int i = 0; i < ITERATIONS; i++) {
      NDArray square = x.matMul(x.transpose());
      NDArray polynomial = square.mul(QUINTIC[1]).add(square.matMul(square).mul(QUINTIC[2]));
      x = x.mul(QUINTIC[0]).add(polynomial.matMul(x));
    }
    return x;
  }

  /** Weights and state at a moment. */
  record Snapshot(int steps, List<float[]> weights, List<float[]> moments) {}

  Snapshot snapshot() {
    return new Snapshot(
        steps,
        states.stream().map(state -> state.weight.toFloatArray()).toList(),
        moments().stream().map(NDArray::toFloatArray).toList());
  }

  /** Goes back, in place: whoever holds the arrays sees it. */
  void restore(Snapshot snapshot) {
    steps = snapshot.steps;
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      for (int i = 0; i < states.size(); i++) {
        states.get(i).weight.set(snapshot.weights.get(i));
      }
      List<NDArray> moments = moments();
      for (int i = 0; i < moments.size(); i++) {
        moments.get(i).set(snapshot.moments.get(i));
      }
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  int steps() {
    return steps;
  }

  void setSteps(int steps) {
    this.steps = steps;
  }

  /** First, then second moments, for a checkpoint. */
  List<NDArray> moments() {
    List<NDArray> all = new ArrayList<>();
    states.forEach(state -> all.add(state.mean));
    states.stream().filter(s -> s.variance != null).forEach(s -> all.add(s.variance));
    return all;
  }
}
