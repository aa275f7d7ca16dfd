package org.loupe.sr.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.loupe.sr.model.SegmentationNetwork;
import org.loupe.sr.model.SrNetwork;
import org.loupe.sr.prior.PriorSegmenter;

/**
 * Cuts training batches. Every sample of a batch has the same factors; its low-resolution patch is
 * cut from the k-space-cropped slice without ever making the whole of it: rows of the band-limiting
 * matrix on both sides of the high-resolution slice do both at once.
 *
 * <p>Lattices: low-resolution pixel i of a slice of H rows and n low-resolution rows lies at high-
 * resolution row i * H / n.
 */
final class SrPatchSampler {

  /**
   * What one step trains on: the network's inputs, (B, 1, q, q') truth, and for each sample the (q,
   * q) and (q', q') matrices that keep of its output pixels what lies in the measured band.
   */
  record Batch(NDList inputs, NDArray truth, NDArray rowBand, NDArray columnBand) {
    /** (B, 1, q, q'): the zero-filled interpolation. */
    NDArray base() {
      return inputs.get(5);
    }

    /**
     * The part of a picture (B, 1, q, q') beyond the measured band: what data consistency leaves of
     * an error, but for the border, where it would know what lies outside.
     */
    NDArray beyondBand(NDArray picture) {
      NDArray flat = picture.squeeze(1);
      NDArray measured = rowBand.matMul(flat).matMul(columnBand.swapAxes(1, 2));
      return flat.sub(measured).expandDims(1);
    }
  }

  /** Sizes that all samples of a batch share. */
  private record Plan(
      double rowFactor, double columnFactor, double referenceRatio, int rows, int columns) {}

  /** Lowest factor of training. */
  private static final double MIN_SCALE = 1.1;

  /** Patches that do not fit before a batch's factors are drawn anew. */
  private static final int PATIENCE = 100;

  /** Share of samples with lesions in the target alone, and of those in the reference alone. */
  private static final double LESIONS = 0.07;

  /** Share of samples from {@link EvenBands}. */
  private static final double EVEN = 0.3;

  private static final double SMALL_SHIFT = 1.6;
  private static final double LARGE_SHIFT = 5;
  private static final double[] REFERENCE_RATIOS = {1.3, 1.7, 2.2, 3};

  private final SrOptions options;
  private final RandomGenerator random;
  private final AxisMatrices matrices;
  private final ReferenceAugmentation augmentation;

  /** Tissue maps of each T2 slice, one per degradation level; empty without a prior. */
  private final IdentityHashMap<NDArray, List<NDArray>> priors;

  private final List<TrainingSlice> slices;
  private final List<TrainingSlice> even;

  /**
   * @param prior what finds the tissues that guide the network; null without a prior
   * @throws IllegalArgumentException where no slice is large enough for a patch
   */
  SrPatchSampler(
      List<TrainingCase> cases,
      SegmentationNetwork prior,
      SrOptions options,
      NDManager manager,
      RandomGenerator random) {
    this.options = options;
    this.random = random;
    matrices = new AxisMatrices(manager);
    augmentation = new ReferenceAugmentation(random);
    EvenBands bands = new EvenBands(manager);
    List<TrainingCase> cropped =
        options.has(SrOptions.Part.EVEN_BANDS)
            ? cases.stream().map(bands::of).flatMap(Optional::stream).toList()
            : List.of();
    slices = TrainingSlice.of(cases);
    even = TrainingSlice.of(cropped);
    priors =
        prior != null && options.has(SrOptions.Part.PRIOR)
            ? PriorMaps.compute(
                Stream.concat(cases.stream(), cropped.stream()).toList(),
                new PriorSegmenter(prior, manager),
                manager)
            : new IdentityHashMap<>();
    int least = (int) Math.ceil(MIN_SCALE * options.patch());
    if (slices.stream().noneMatch(slice -> slice.side() >= least)) {
      throw new IllegalArgumentException(
          "no training slice with enough signal has %d x %d pixels".formatted(least, least));
    }
  }

  Batch next(NDManager manager) {
    Plan plan = plan();
    List<NDList> samples = new ArrayList<>();
    int rejected = 0;
    while (samples.size() < options.batch()) {
      NDList sample = sample(plan, manager);
      if (sample != null) {
        samples.add(sample);
      } else if (++rejected % PATIENCE == 0) {
        // Slices may be too small for these factors.
        plan = plan();
        samples.clear();
      }
    }
    NDList stacked = new NDList();
    for (int i = 0; i < samples.get(0).size(); i++) {
      NDList column = new NDList();
      for (NDList sample : samples) {
        column.add(sample.get(i));
      }
      stacked.add(NDArrays.stack(column));
    }
    NDArray columnBand = stacked.remove(stacked.size() - 1);
    NDArray rowBand = stacked.remove(stacked.size() - 1);
    NDArray truth = stacked.remove(stacked.size() - 1);
    return new Batch(stacked, truth, rowBand, columnBand);
  }

  /** Factors come in steps of a tenth, so that the matrices can be kept. */
  private Plan plan() {
    double top = 10 * options.maxScale();
    double factor = random.nextInt(11, (int) top + 1) / 10.0;
    double other = factor;
    if (random.nextDouble() < 0.2) {
      other = Math.clamp(Math.round(factor * random.nextDouble(0.75, 1.35) * 10) / 10.0, 1.1, 4.5);
    }
    double ratio = 1;
    if (options.has(SrOptions.Part.LOW_REFERENCE) && random.nextDouble() < 0.08) {
      ratio = REFERENCE_RATIOS[random.nextInt(REFERENCE_RATIOS.length)];
    }
    int inner = options.patch() - 3 * PatchAxis.MARGIN;
    return new Plan(
        factor,
        other,
        ratio,
        (int) Math.floor(inner * factor * 0.985),
        (int) Math.floor(inner * other * 0.985));
  }

  /** One sample's arrays, without the batch axis; null where the random choice does not fit. */
  private NDList sample(Plan plan, NDManager manager) {
    List<TrainingSlice> pool = !even.isEmpty() && random.nextDouble() < EVEN ? even : slices;
    TrainingSlice choice = pool.get(random.nextInt(pool.size()));
    TrainingCase c = choice.of();
    int k = choice.index();
    Orientation turn = orientation(c);
    NDArray clean = turn.apply(c.target().get(k), manager);
    int height = (int) clean.getShape().get(0);
    int width = (int) clean.getShape().get(1);
    PatchAxis rows =
        PatchAxis.random(height, plan.rowFactor(), plan.rows(), options.patch(), random);
    PatchAxis columns =
        PatchAxis.random(width, plan.columnFactor(), plan.columns(), options.patch(), random);
    if (rows == null || columns == null) {
      return null;
    }
    NDArray truth = crop(clean, rows, columns);
    if (truth.mean().getFloat() < 0.04) {
      return null;
    }
    double gamma =
        options.has(SrOptions.Part.CONTRAST) && random.nextDouble() < 0.3
            ? random.nextDouble(0.7, 1.4)
            : 1;
    double gain = random.nextDouble(0.85, 1.15);
    clean = contrast(clean, gamma, gain);
    truth = crop(clean, rows, columns);
    NDArray anatomy = clean;
    Lesions lesions = lesions(rows, columns, manager);
    if (lesions.inTarget() != null) {
      clean = clean.add(lesions.inTarget());
      truth = crop(clean, rows, columns);
    }
    NDArray noisy = clean;
    NDArray base = base(clean, rows, columns, manager);
    if (options.has(SrOptions.Part.NOISE) && random.nextDouble() < 0.12) {
      // The truth keeps the measured band's noise, which data consistency restores anyway, and
      // asks for none above it.
      noisy =
          clean.add(
              manager.randomNormal(
                  0,
                  (float) random.nextDouble(0.005, 0.025),
                  clean.getShape(),
                  clean.getDataType()));
      NDArray noisyBase = base(noisy, rows, columns, manager);
      truth = truth.add(noisyBase).sub(base);
      base = noisyBase;
    }
    NDArray low = low(noisy, rows, columns, manager);
    NDArray neighbours =
        neighbour(c, k, k - 1, turn, gamma, gain, rows, columns, low, manager)
            .concat(neighbour(c, k, k + 1, turn, gamma, gain, rows, columns, low, manager), 0);
    NDList sample = new NDList(low.expandDims(0), neighbours);
    addReference(
        sample, plan, c, k, turn, anatomy, lesions.inReference(), rows, columns, base, manager);
    sample.add(truth.expandDims(0));
    sample.add(band(rows, manager));
    sample.add(band(columns, manager));
    return sample;
  }

  private Orientation orientation(TrainingCase c) {
    return Orientation.random(options.has(SrOptions.Part.ORIENTATION), c.phase(), random);
  }

  /** What one contrast shows and the other does not, (H, W); null where there is nothing. */
  private record Lesions(NDArray inTarget, NDArray inReference) {}

  private Lesions lesions(PatchAxis rows, PatchAxis columns, NDManager manager) {
    double u = options.has(SrOptions.Part.LESIONS) ? random.nextDouble() : 1;
    if (u > 2 * LESIONS) {
      return new Lesions(null, null);
    }
    float[] drawn =
        SyntheticLesions.draw(
            rows.size(),
            columns.size(),
            rows.out(),
            rows.outCount(),
            columns.out(),
            columns.outCount(),
            random);
    NDArray image = manager.create(drawn, new Shape(rows.size(), columns.size()));
    return u < LESIONS ? new Lesions(image, null) : new Lesions(null, image);
  }

  private static NDArray contrast(NDArray image, double gamma, double gain) {
    NDArray scaled = image.mul(gain);
    return gamma == 1 ? scaled : scaled.maximum(0).pow(gamma);
  }

  /** The output pixels. */
  private static NDArray crop(NDArray image, PatchAxis rows, PatchAxis columns) {
    return crop(image, rows.out(), rows.outCount(), columns.out(), columns.outCount());
  }

  private static NDArray crop(NDArray image, int row, int rows, int column, int columns) {
    return image.get(new NDIndex("{}:{}, {}:{}", row, row + rows, column, column + columns));
  }

  private NDArray low(NDArray image, PatchAxis rows, PatchAxis columns, NDManager manager) {
    return AxisMatrices.apply(
        matrices.rows(rows.size(), rows.low(), rows.low(), rows.from(), rows.count(), manager),
        image,
        matrices.rows(
            columns.size(),
            columns.low(),
            columns.low(),
            columns.from(),
            columns.count(),
            manager));
  }

  /** The zero-filled interpolation at the output pixels. */
  private NDArray base(NDArray image, PatchAxis rows, PatchAxis columns, NDManager manager) {
    return AxisMatrices.apply(
        matrices.rows(rows.size(), rows.low(), rows.size(), rows.out(), rows.outCount(), manager),
        image,
        matrices.rows(
            columns.size(),
            columns.low(),
            columns.size(),
            columns.out(),
            columns.outCount(),
            manager));
  }

  /** (q, q): the measured band of the output pixels along an axis, zero outside them. */
  private NDArray band(PatchAxis axis, NDManager manager) {
    int from = axis.out();
    int count = axis.outCount();
    return matrices
        .rows(axis.size(), axis.low(), axis.size(), from, count, manager)
        .get(new NDIndex(":, {}:{}", from, from + count));
  }

  /** A neighbouring slice in the units of the middle one; the middle one where there is none. */
  private NDArray neighbour(
      TrainingCase c,
      int middle,
      int k,
      Orientation turn,
      double gamma,
      double gain,
      PatchAxis rows,
      PatchAxis columns,
      NDArray low,
      NDManager manager) {
    boolean absent =
        k < 0
            || k >= c.target().size()
            || !options.has(SrOptions.Part.NEIGHBOURS)
            || random.nextDouble() < 0.1;
    if (absent) {
      return low.expandDims(0);
    }
    NDArray image = turn.apply(c.target().get(k), manager).mul(c.scale()[k] / c.scale()[middle]);
    return low(contrast(image, gamma, gain), rows, columns, manager).expandDims(0);
  }

  /** Adds folded reference, prior, reference features' input, base and the sampling matrices. */
  private void addReference(
      NDList sample,
      Plan plan,
      TrainingCase c,
      int k,
      Orientation turn,
      NDArray target,
      NDArray lesions,
      PatchAxis rows,
      PatchAxis columns,
      NDArray base,
      NDManager manager) {
    NDArray reference = chooseReference(c, k, turn, target, manager);
    if (reference != null && lesions != null) {
      reference = reference.add(lesions);
    }
    int height = rows.size();
    int width = columns.size();
    int refRows = (int) Math.rint(height / plan.referenceRatio);
    int refColumns = (int) Math.rint(width / plan.referenceRatio);
    boolean present = reference != null;
    if (!present) {
      reference = manager.zeros(new Shape(height, width));
    }
    boolean same = plan.referenceRatio == 1;
    NDArray lattice =
        same
            ? reference
            : AxisMatrices.apply(
                matrices.rows(height, refRows, refRows, 0, refRows, manager),
                reference,
                matrices.rows(width, refColumns, refColumns, 0, refColumns, manager));
    double most = misalignment();
    ReferenceWindow down = ReferenceWindow.random(rows, refRows, plan.referenceRatio, most, random);
    ReferenceWindow across =
        ReferenceWindow.random(columns, refColumns, plan.referenceRatio, most, random);
    NDArray cut = crop(lattice, down.from(), down.count(), across.from(), across.count());
    NDArray smooth =
        AxisMatrices.apply(
            matrices.rows(
                refRows,
                Math.min(refRows, rows.low()),
                refRows,
                down.from(),
                down.count(),
                manager),
            lattice,
            matrices.rows(
                refColumns,
                Math.min(refColumns, columns.low()),
                refColumns,
                across.from(),
                across.count(),
                manager));
    sample.add(fold(lattice, rows, down, columns, across, present, manager));
    sample.add(prior(c, k, turn, rows, columns, manager));
    sample.add(cut.stack(cut.sub(smooth)));
    sample.add(base.expandDims(0));
    sample.add(rows.features(manager));
    sample.add(columns.features(manager).swapAxes(1, 2));
    if (!same) {
      sample.add(down.output(manager));
      sample.add(across.output(manager).swapAxes(1, 2));
    }
  }

  /** Largest shift of the reference along an axis, high-resolution pixels. */
  private double misalignment() {
    double u = options.has(SrOptions.Part.MISALIGNMENT) ? random.nextDouble() : 1;
    if (u < 0.07) {
      return LARGE_SHIFT;
    }
    return u < 0.14 ? SMALL_SHIFT : 0;
  }

  /** See {@link org.loupe.sr.model.SrNetwork#FOLD}; the last channel flags a reference. */
  private static NDArray fold(
      NDArray lattice,
      PatchAxis rows,
      ReferenceWindow down,
      PatchAxis columns,
      ReferenceWindow across,
      boolean present,
      NDManager manager) {
    long fold = SrNetwork.FOLD;
    NDArray flag =
        present
            ? manager.ones(new Shape(1, rows.count(), columns.count()))
            : manager.zeros(new Shape(1, rows.count(), columns.count()));
    NDArray fine =
        AxisMatrices.apply(
            down.folded(lattice.getShape().get(0), manager),
            lattice,
            across.folded(lattice.getShape().get(1), manager));
    NDArray folded =
        fine.reshape(rows.count(), fold, columns.count(), fold)
            .transpose(1, 3, 0, 2)
            .reshape(fold * fold, rows.count(), columns.count());
    return folded.concat(flag, 0);
  }

  /** A random contrast of this slice; sometimes of another slice, sometimes none (null). */
  private NDArray chooseReference(
      TrainingCase c, int k, Orientation turn, NDArray target, NDManager manager) {
    double u = random.nextDouble();
    List<String> names = c.referencesOf(k);
    if (names.isEmpty() || (options.has(SrOptions.Part.NO_REFERENCE) && u < 0.1)) {
      return null;
    }
    List<NDArray> stack = c.references().get(names.get(random.nextInt(names.size())));
    boolean wrong = options.has(SrOptions.Part.NO_REFERENCE) && u < 0.14;
    int slice = wrong ? random.nextInt(stack.size()) : k;
    Orientation placed = wrong ? orientation(c) : turn;
    if (placed.transposed() != turn.transposed()) {
      placed = turn;
    }
    NDArray chosen = stack.get(slice) == null ? stack.get(k) : stack.get(slice);
    NDArray reference = placed.apply(chosen, manager);
    return options.has(SrOptions.Part.CONTRAST)
        ? augmentation.apply(reference, target, manager)
        : reference;
  }

  /** The prior's maps at the low-resolution pixels. */
  private NDArray prior(
      TrainingCase c,
      int k,
      Orientation turn,
      PatchAxis rows,
      PatchAxis columns,
      NDManager manager) {
    List<NDArray> levels = priors.get(c.target().get(k));
    if (levels == null || random.nextDouble() < 0.1) {
      return manager.zeros(new Shape(SrNetwork.TISSUES, rows.count(), columns.count()));
    }
    NDArray maps = turn.apply(levels.get(random.nextInt(levels.size())), manager);
    NDArray down = rows.onLattice(maps.getShape().get(1), manager);
    NDArray across = columns.onLattice(maps.getShape().get(2), manager);
    return SrNetwork.sample(down, maps, across.transpose());
  }
}
