package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.loupe.image.AxisMatrix;
import org.loupe.image.Image2;
import org.loupe.image.Statistics;
import org.loupe.sr.model.SrNetwork;
import org.loupe.sr.prior.PriorLattice;
import org.loupe.sr.prior.PriorSegmenter;

/** Computes what of a slice does not depend on the zoom. */
final class SlicePreparer {

  private final NDManager manager;
  private final SliceNetworks networks;
  private final PriorSegmenter segmenter;
  private final boolean direct;

  /**
   * @param direct whether the slices are for {@link DirectDecoder} and leave native memory
   */
  SlicePreparer(SliceNetworks networks, boolean direct, NDManager manager) {
    this.direct = direct;
    this.manager = manager;
    this.networks = networks;
    segmenter = new PriorSegmenter(networks::segment);
  }

  SliceFeatures prepare(SliceInput input, Passes passes) {
    NDManager kept = manager.newSubManager();
    List<DirectSlice> decoded = new ArrayList<>();
    try (NDManager scratch = manager.newSubManager()) {
      Image2 target = input.target();
      float scale = Statistics.normal(target);
      NDArray low = array(target, scale, scratch);
      SliceInput.Reference reference = input.reference();
      NDArray guide =
          reference == null
              ? null
              : array(reference.image(), Statistics.normal(reference.image()), scratch);
      NDArray prior = prior(segmenter, input, low, guide, scratch);
      NDArray tissues = onTarget(prior, target, scratch);
      NDArray around =
          neighbour(input.previous(), low, scale).stack(neighbour(input.next(), low, scale));
      NDArray detailed = guide == null ? null : detailed(reference, guide, scratch);
      float[][] rows = direct ? DirectSlice.rows(image(low)) : null;
      NDList maps = new NDList();
      for (boolean mirrored : passes.mirrored()) {
        NDArray features =
            networks.encode(
                batch(turned(low.expandDims(0), mirrored)),
                batch(turned(around, mirrored)),
                batch(fold(input, low.getShape(), guide, mirrored, scratch)),
                batch(turned(tissues, mirrored)));
        NDArray placed = mirrored ? back(features) : features;
        NDArray guides =
            detailed == null
                ? unguided(scratch)
                : turned(networks.guide(batch(turned(detailed, mirrored))), mirrored);
        if (direct) {
          decoded.add(direct(reference, rows, placed, guides));
          // Of a large slice they are a hundred megabytes, of which there is no need for two.
          new NDList(features, placed, guides).close();
        } else {
          maps.add(placed);
          maps.add(guides);
        }
      }
      SlicePrior shown = slicePrior(prior, target);
      return new SliceFeatures(kept, input, scale, direct ? null : low, maps, decoded, shown);
    } catch (RuntimeException | OutOfMemoryError e) {
      decoded.forEach(DirectSlice::close);
      kept.close();
      throw e;
    }
  }

  /** Maps (..., w) with their columns in reverse where they are to be mirrored. */
  private static NDArray turned(NDArray maps, boolean mirrored) {
    return mirrored ? maps.flip(maps.getShape().dimension() - 1) : maps;
  }

  /**
   * Features of a mirrored slice, where those of the slice itself lie. In reverse they begin half a
   * pixel before it; the last column, half a pixel after its last one, is not known and takes the
   * one before.
   */
  private static NDArray back(NDArray features) {
    try (NDArray reverse = turned(features, true);
        NDArray known = reverse.get(new NDIndex(":, :, :, 1:"));
        NDArray last = reverse.get(new NDIndex(":, :, :, -1:"))) {
      return known.concat(last, 3);
    }
  }

  private static DirectSlice direct(
      SliceInput.Reference reference, float[][] target, NDArray features, NDArray guides) {
    // Strips of a picture are decoded by several threads.
    Arena arena = Arena.ofShared();
    try {
      return new DirectSlice(
          MapPlanes.bytes(source(features), lattice(features, 0.5, 0.5), arena),
          MapPlanes.halves(
              source(guides),
              reference == null
                  ? lattice(guides, 1, 1)
                  : lattice(guides, reference.columnRatio(), reference.rowRatio()),
              arena),
          target,
          arena);
    } catch (RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  /** Of maps (1, C, h, w). */
  private static MapPlanes.Lattice lattice(NDArray maps, double columnRatio, double rowRatio) {
    Shape shape = maps.getShape();
    return new MapPlanes.Lattice(
        (int) shape.get(1), (int) shape.get(3), (int) shape.get(2), columnRatio, rowRatio);
  }

  /** Rows of maps (1, C, h, w). */
  private static MapPlanes.Source source(NDArray maps) {
    return (channel, first, count) -> {
      NDIndex part = new NDIndex("0, {}, {}:{}", channel, first, first + count);
      try (NDArray rows = maps.get(part)) {
        return rows.toFloatArray();
      }
    };
  }

  private static NDArray batch(NDArray image) {
    return image.expandDims(0);
  }

  static NDArray array(Image2 image, float scale, NDManager manager) {
    float[] values = new float[image.values().length];
    for (int i = 0; i < values.length; i++) {
      float value = image.values()[i] / scale;
      values[i] = Float.isFinite(value) ? value : 0;
    }
    return manager.create(values, new Shape(image.height(), image.width()));
  }

  static NDArray neighbour(Image2 slice, NDArray low, float scale) {
    return slice == null ? low : array(slice, scale, low.getManager());
  }

  /** (3, h, w) on the prior's lattice: the user's labels, else the segmentation network's maps. */
  static NDArray prior(
      PriorSegmenter segmenter, SliceInput input, NDArray low, NDArray guide, NDManager scratch) {
    Image2 target = input.target();
    int h = PriorLattice.samples(target.height(), input.rowSpacing());
    int w = PriorLattice.samples(target.width(), input.columnSpacing());
    if (input.labels() != null) {
      return ofLabels(input.labels(), h, w, scratch);
    }
    NDArray t2 =
        bandLimited(target.height(), h, scratch)
            .matMul(low)
            .matMul(bandLimited(target.width(), w, scratch).transpose());
    NDArray reference = null;
    if (guide != null) {
      SliceInput.Reference r = input.reference();
      double down = (double) target.height() / h / r.rowRatio();
      double across = (double) target.width() / w / r.columnRatio();
      reference = cubic(guide, 0, down, h, 0, across, w, scratch);
    }
    return segmenter.probabilities(t2, reference);
  }

  private static NDArray ofLabels(Image2 labels, int h, int w, NDManager scratch) {
    NDList maps = new NDList();
    for (int tissue = 1; tissue <= SrNetwork.TISSUES; tissue++) {
      float[] mask = new float[labels.values().length];
      for (int i = 0; i < mask.length; i++) {
        // Label 4, a lesion, lies in white matter.
        mask[i] = Math.min(labels.values()[i], SrNetwork.TISSUES) == tissue ? 1 : 0;
      }
      NDArray map = scratch.create(mask, new Shape(labels.height(), labels.width()));
      double down = (double) labels.height() / h;
      double across = (double) labels.width() / w;
      maps.add(cubic(map, 0, down, h, 0, across, w, scratch).clip(0, 1));
    }
    return NDArrays.stack(maps);
  }

  private static NDArray bandLimited(int size, int samples, NDManager manager) {
    double[] positions = AxisMatrix.positions(0, (double) size / samples, samples);
    float[] matrix = AxisMatrix.bandLimited(positions, size, Math.min(size, samples));
    return manager.create(matrix, new Shape(samples, size));
  }

  static NDArray cubic(
      NDArray image,
      double rowStart,
      double rowStep,
      int rows,
      double columnStart,
      double columnStep,
      int columns,
      NDManager manager) {
    return cubic(image.getShape().get(0), rowStart, rowStep, rows, manager)
        .matMul(image)
        .matMul(
            cubic(image.getShape().get(1), columnStart, columnStep, columns, manager).transpose());
  }

  private static NDArray cubic(long size, double start, double step, int count, NDManager manager) {
    float[] matrix = AxisMatrix.cubic(AxisMatrix.positions(start, step, count), step, (int) size);
    return manager.create(matrix, new Shape(count, size));
  }

  /** The prior's maps at the target's pixels. */
  static NDArray onTarget(NDArray prior, Image2 target, NDManager scratch) {
    return SrNetwork.sample(
        linear(prior.getShape().get(1), target.height(), scratch),
        prior,
        linear(prior.getShape().get(2), target.width(), scratch).transpose());
  }

  private static NDArray linear(long samples, int size, NDManager manager) {
    double[] positions = AxisMatrix.positions(0, (double) samples / size, size);
    return manager.create(AxisMatrix.linear(positions, (int) samples), new Shape(size, samples));
  }

  /**
   * See {@link SrNetwork#FOLD}: (FOLD^2 + 1, h, w), of the slice or of its mirror image: a pixel's
   * samples begin at its centre and go the way that the columns do.
   */
  private static NDArray fold(
      SliceInput input, Shape low, NDArray guide, boolean mirrored, NDManager scratch) {
    long h = low.get(0);
    long w = low.get(1);
    long fold = SrNetwork.FOLD;
    if (guide == null) {
      return scratch.zeros(new Shape(fold * fold + 1, h, w));
    }
    SliceInput.Reference r = input.reference();
    double down = 1 / r.rowRatio() / fold;
    double across = 1 / r.columnRatio() / fold;
    double start = mirrored ? (1 - fold) * across : 0;
    int rows = (int) (h * fold);
    int columns = (int) (w * fold);
    try (NDManager passing = scratch.newSubManager()) {
      NDArray fine = cubic(guide, 0, down, rows, start, across, columns, passing);
      NDArray folded =
          turned(fine, mirrored)
              .reshape(h, fold, w, fold)
              .transpose(1, 3, 0, 2)
              .reshape(fold * fold, h, w)
              .concat(passing.ones(new Shape(1, h, w)), 0);
      folded.attach(scratch);
      return folded;
    }
  }

  /** Reference features of a zero image, as in training, at one point: there is no reference. */
  private NDArray unguided(NDManager scratch) {
    int side = 9;
    NDArray nothing = scratch.zeros(new Shape(1, 2, side, side));
    return networks
        .guide(nothing)
        .get(new NDIndex(":, :, {}:{}, {}:{}", side / 2, side / 2 + 1, side / 2, side / 2 + 1));
  }

  /** (2, H, W): the reference, and what is left of it above the target's band. */
  private static NDArray detailed(SliceInput.Reference r, NDArray guide, NDManager scratch) {
    NDArray smooth =
        lowPass(guide.getShape().get(0), r.rowRatio(), scratch)
            .matMul(guide)
            .matMul(lowPass(guide.getShape().get(1), r.columnRatio(), scratch).transpose());
    return guide.stack(guide.sub(smooth));
  }

  /** The reference's lattice through the target's band. */
  private static NDArray lowPass(long size, double ratio, NDManager manager) {
    int n = (int) size;
    int band = Math.clamp(Math.round(n * ratio), 1, n);
    float[] matrix = AxisMatrix.bandLimited(AxisMatrix.positions(0, 1, n), n, band);
    return manager.create(matrix, new Shape(n, n));
  }

  static SlicePrior slicePrior(NDArray prior, Image2 target) {
    int h = (int) prior.getShape().get(1);
    int w = (int) prior.getShape().get(2);
    return new SlicePrior(
        image(prior.get(0)),
        image(prior.get(1)),
        image(prior.get(2)),
        (double) target.width() / w,
        (double) target.height() / h);
  }

  static Image2 image(NDArray map) {
    return new Image2(map.toFloatArray(), (int) map.getShape().get(1), (int) map.getShape().get(0));
  }
}
