package org.loupe.sr.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.loupe.sr.model.ModelPackage;

/**
 * Runs a training for a given time, with a cosine schedule over the time, a checkpoint every few
 * minutes, resumed where one lies. Each step's arrays live and die in a manager of their own.
 */
final class TrainingLoop {

  /** The scalar to minimise, and the one to report. */
  record Loss(NDArray total, NDArray reported) {}

  /** Makes one batch and returns its loss; all arrays belong to {@code batch}. */
  interface Step {
    Loss loss(NDManager batch);

    /**
     * By what share the mean loss of about a hundred steps may lie above its lowest before the run
     * counts as diverging: more where batches differ more.
     */
    default double tolerance() {
      return 0.12;
    }
  }

  private static final double CHECKPOINT_MINUTES = 2;
  private static final int REPORT_STEPS = 100;
  private static final float FLOOR = 1e-5f;
  private static final int WARM_UP = 400;

  /** So many batches in turn without a finite gradient are the fault of the weights. */
  private static final int UNUSABLE = 20;

  /** What the learning rate is multiplied by after a divergence. */
  private static final double SLOWER = 0.5;

  private final Block block;
  private final NDManager manager;
  private final Path checkpoint;
  private final double minutes;
  private final float learningRate;
  private final boolean orthogonal;
  private final Consumer<String> log;

  TrainingLoop(
      Block block,
      NDManager manager,
      Path checkpoint,
      double minutes,
      float learningRate,
      boolean orthogonal,
      Consumer<String> log) {
    this.block = block;
    this.manager = manager;
    this.checkpoint = checkpoint;
    this.minutes = minutes;
    this.learningRate = learningRate;
    this.orthogonal = orthogonal;
    this.log = log;
  }

  /** Trains until the time is up and leaves the weights in the block; returns the iterations. */
  int run(Step step) throws IOException {
    ModelPackage.initialize(block, manager);
    Optimiser optimiser;
    double before = 0;
    if (Files.exists(checkpoint)) {
      Checkpoint.Restored restored = Checkpoint.load(checkpoint, block, orthogonal, manager);
      optimiser = restored.optimiser();
      before = restored.minutes();
      log.accept("resumed at %.1f min, iteration %d".formatted(before, optimiser.steps()));
    } else {
      optimiser = new Optimiser(block, orthogonal, manager);
    }
    long start = System.nanoTime();
    double saved = before;
    Optimiser.Snapshot good = optimiser.snapshot();
    Trend trend = new Trend(step.tolerance());
    double slowed = 1;
    int unusable = 0;
    while (true) {
      double elapsed = before + (System.nanoTime() - start) / 60e9;
      if (elapsed >= minutes) {
        break;
      }
      double loss = iterate(step, optimiser, (float) (slowed * rate(elapsed, optimiser.steps())));
      if (Double.isNaN(loss)) {
        unusable++;
        log.accept("%d  a batch without a finite gradient".formatted(optimiser.steps()));
      } else {
        unusable = 0;
        trend.add(loss);
        if (optimiser.steps() % REPORT_STEPS == 0) {
          log.accept("%d  %.1f min  loss %.5f".formatted(optimiser.steps(), elapsed, trend.mean));
        }
      }
      if (unusable > UNUSABLE || trend.diverges()) {
        optimiser.restore(good);
        slowed *= SLOWER;
        unusable = 0;
        trend = new Trend(step.tolerance());
        log.accept("diverged: back to %d, slower".formatted(optimiser.steps()));
      } else if (elapsed - saved > CHECKPOINT_MINUTES && trend.steady()) {
        Checkpoint.save(checkpoint, block, optimiser, elapsed);
        good = optimiser.snapshot();
        saved = elapsed;
      }
    }
    Checkpoint.save(checkpoint, block, optimiser, Math.max(before, minutes));
    return optimiser.steps();
  }

  /** The running mean of the loss, over about a hundred steps, against the lowest it has been. */
  private static final class Trend {
    private static final int SETTLING = 200;

    private final double tolerance;
    private double mean = Double.NaN;
    private double lowest = Double.POSITIVE_INFINITY;
    private int steps;

    Trend(double tolerance) {
      this.tolerance = tolerance;
    }

    void add(double loss) {
      mean = Double.isNaN(mean) ? loss : 0.99 * mean + 0.01 * loss;
      if (++steps > SETTLING) {
        lowest = Math.min(lowest, mean);
      }
    }

    boolean diverges() {
      return mean > (1 + tolerance) * lowest;
    }

    boolean steady() {
      return mean < (1 + tolerance / 2) * lowest;
    }
  }

  /** The loss that is reported; NaN where it or a gradient is not finite: then nothing moved. */
  private double iterate(Step step, Optimiser optimiser, float rate) {
    try (NDManager batch = manager.newSubManager()) {
      double value;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        Loss loss = step.loss(batch);
        gradients.backward(loss.total());
        value = loss.reported().getFloat();
      }
      if (!Double.isFinite(value)) {
        optimiser.clear();
        return Double.NaN;
      }
      return optimiser.step(rate, batch) ? value : Double.NaN;
    }
  }

  private float rate(double elapsed, int steps) {
    double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, elapsed / minutes)));
    double warm = Math.min(1, (steps + 1.0) / WARM_UP);
    return (float) (learningRate * cosine * warm) + FLOOR;
  }
}
