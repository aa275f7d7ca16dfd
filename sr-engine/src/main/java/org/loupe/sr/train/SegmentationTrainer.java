package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.random.RandomGenerator;
import org.loupe.image.AxisMatrix;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.prior.PriorLattice;

/**
 * One training step of the segmentation network: whole slices of low-passed T2, with or without a
 * reference, on the prior's lattice; cross entropy against the labels of the data set, and a soft
 * Dice loss of the tissues (Milletari et al. 2016), which does not let the rare ones go.
 */
final class SegmentationTrainer implements TrainingLoop.Step {

  private static final double WITHOUT_REFERENCE = 0.35;

  /** Against 1 for the cross entropy. */
  private static final double DICE = 0.5;

  /** Pixels that are added to both sides of a tissue's Dice: slices without it do not count. */
  private static final double SMOOTH = 100;

  private final SegmentationNetwork network;
  private final ParameterStore store;
  private final AxisMatrices matrices;
  private final boolean oriented;
  private final RandomGenerator random;
  private final ReferenceAugmentation augmentation;
  private final List<TrainingSlice> slices;
  private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss("ce", 1, 1, true, true);

  /**
   * @param oriented whether slices are turned by their axis of phase encoding
   */
  SegmentationTrainer(
      SegmentationNetwork network,
      List<TrainingCase> cases,
      boolean oriented,
      NDManager manager,
      RandomGenerator random) {
    this.network = network;
    this.oriented = oriented;
    this.random = random;
    store = new ParameterStore(manager, false);
    matrices = new AxisMatrices(manager);
    augmentation = new ReferenceAugmentation(random);
    slices = TrainingSlice.of(cases.stream().filter(c -> !c.labels().isEmpty()).toList());
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("no training case has labels");
    }
  }

  @Override
  public TrainingLoop.Loss loss(NDManager batch) {
    TrainingSlice slice = slices.get(random.nextInt(slices.size()));
    TrainingCase c = slice.of();
    Orientation orientation = Orientation.random(oriented, c.phase(), random);
    NDArray target = orientation.apply(c.target().get(slice.index()), batch);
    NDArray labels = orientation.apply(c.labels().get(slice.index()), batch);
    int rows = (int) target.getShape().get(0);
    int columns = (int) target.getShape().get(1);
    double zoom = random.nextDouble(0.9, 1.15);
    double rowSpacing = zoom * (orientation.transposed() ? c.columnSpacing() : c.rowSpacing());
    double columnSpacing = zoom * (orientation.transposed() ? c.rowSpacing() : c.columnSpacing());
    int h = PriorLattice.samples(rows, rowSpacing);
    int w = PriorLattice.samples(columns, columnSpacing);
    double factor = random.nextDouble(1, 4);
    NDArray t2 =
        matrices.resampled(target, h, w, (int) (rows / factor), (int) (columns / factor), batch);
    NDArray gain = t2.mul(random.nextDouble(0.85, 1.15));
    NDArray reference;
    float flag = 0;
    List<String> names = c.referencesOf(slice.index());
    if (random.nextDouble() < WITHOUT_REFERENCE || names.isEmpty()) {
      reference = batch.zeros(new Shape(h, w));
    } else {
      List<NDArray> stack = c.references().get(names.get(random.nextInt(names.size())));
      NDArray whole = orientation.apply(stack.get(slice.index()), batch);
      NDArray augmented = augmentation.apply(whole, target, batch);
      reference = matrices.resampled(augmented, h, w, rows, columns, batch);
      flag = 1;
    }
    NDArray flags = batch.full(new Shape(h, w), flag);
    NDArray input = gain.stack(reference).concat(flags.expandDims(0), 0).expandDims(0);
    NDArray logits = network.forward(store, new NDList(input), true).singletonOrThrow();
    NDArray truth = nearest(labels, h, w, batch).reshape(1, 1, h, w);
    NDArray loss = crossEntropy.evaluate(new NDList(truth), new NDList(logits));
    return new TrainingLoop.Loss(loss.add(dice(logits, truth).neg().add(1).mul(DICE)), loss);
  }

  /** Mean of the tissues' soft Dice; (1, classes, h, w) logits, (1, 1, h, w) labels. */
  private static NDArray dice(NDArray logits, NDArray labels) {
    NDArray found = logits.softmax(1);
    NDArray sum = null;
    for (int tissue = 1; tissue < SegmentationNetwork.CLASSES; tissue++) {
      NDArray given = labels.eq(tissue).toType(DataType.FLOAT32, false);
      NDArray share = found.get(new NDIndex(":, {}:{}", tissue, tissue + 1));
      NDArray both = share.mul(given).sum().mul(2).add(SMOOTH);
      NDArray dice = both.div(share.sum().add(given.sum()).add(SMOOTH));
      sum = sum == null ? dice : sum.add(dice);
    }
    return sum.div(SegmentationNetwork.CLASSES - 1);
  }

  /** A batch is one slice, of the skull's base or of its top. */
  @Override
  public double tolerance() {
    return 0.5;
  }

  private static NDArray nearest(NDArray labels, int h, int w, NDManager batch) {
    int rows = (int) labels.getShape().get(0);
    int columns = (int) labels.getShape().get(1);
    return labels.take(batch, rowMajor(indices(rows, h), indices(columns, w), columns, batch));
  }

  private static NDArray rowMajor(int[] rows, int[] columns, int width, NDManager batch) {
    long[] flat = new long[rows.length * columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        flat[i * columns.length + j] = (long) rows[i] * width + columns[j];
      }
    }
    return batch.create(flat).toType(DataType.INT64, false);
  }

  private static int[] indices(int size, int samples) {
    double[] positions = AxisMatrix.positions(0, (double) size / samples, samples);
    int[] indices = new int[samples];
    for (int i = 0; i < samples; i++) {
      indices[i] = (int) Math.min(size - 1, Math.round(positions[i]));
    }
    return indices;
  }
}
