package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Adam (Kingma and Ba 2015) whose moments can be saved, over all parameters of a block. */
final class Adam {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final List<NDArray> weights = new ArrayList<>();
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> variances = new ArrayList<>();
  private int steps;

  Adam(Block block, NDManager manager) {
    for (Parameter parameter : block.getParameters().values()) {
      NDArray weight = parameter.getArray();
      weight.setRequiresGradient(true);
      weights.add(weight);
      means.add(manager.zeros(weight.getShape()));
      variances.add(manager.zeros(weight.getShape()));
    }
  }

  /** Applies the gathered gradients and sets them to zero (the engine's update does that). */
  void step(float learningRate, NDManager batch) {
    steps++;
    double correction = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    for (int i = 0; i < weights.size(); i++) {
      NDArray weight = weights.get(i);
      NDArray gradient = weight.getGradient();
      gradient.attach(batch);
      weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(weight, gradient, means.get(i), variances.get(i)),
              new NDList(weight),
              learningRate,
              (float) (learningRate * correction),
              0,
              1,
              1,
              BETA1,
              BETA2,
              EPSILON,
              false,
              false);
    }
  }

  int steps() {
    return steps;
  }

  void setSteps(int steps) {
    this.steps = steps;
  }

  /** First and second moments, for a checkpoint. */
  List<NDArray> moments() {
    List<NDArray> all = new ArrayList<>(means);
    all.addAll(variances);
    return all;
  }
}
