package org.loupe.sr.eval;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.Labels;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Statistics;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.prior.PriorLattice;
import org.loupe.sr.prior.PriorSegmenter;

/**
 * Tissues of a T2 slice by a model's segmentation network, frozen and without a reference: what a
 * later step of processing would make of the slice. Used by one thread.
 */
public final class TissueSegmentation implements AutoCloseable {

  private final ModelManifest manifest;
  private final NDManager manager;
  private final PriorSegmenter segmenter;

  /**
   * @throws ModelException where the package is damaged
   */
  public TissueSegmentation(ModelPackage model) throws ModelException {
    manifest = model.manifest();
    manager = NDManager.newBaseManager(Device.cpu());
    try {
      segmenter = new PriorSegmenter(model.loadPrior(manager), manager);
    } catch (ModelException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * The most probable tissue at each point of the prior's lattice: 0 background, 1 CSF, 2 grey
   * matter, 3 white matter.
   *
   * @param columnSpacing pixel width, mm
   * @param rowSpacing pixel height, mm
   * @param phase axis of phase encoding, by which models turn slices
   */
  Image2 labels(Image2 slice, double columnSpacing, double rowSpacing, PhaseAxis phase) {
    return manifest.turns(phase)
        ? labels(slice.transposed(), rowSpacing, columnSpacing).transposed()
        : labels(slice, columnSpacing, rowSpacing);
  }

  private Image2 labels(Image2 slice, double columnSpacing, double rowSpacing) {
    int w = PriorLattice.samples(slice.width(), columnSpacing);
    int h = PriorLattice.samples(slice.height(), rowSpacing);
    float normal = Statistics.normal(slice);
    Image2 low = KSpace.degrade(slice, w, h);
    for (int i = 0; i < low.values().length; i++) {
      low.values()[i] /= normal;
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray target = scratch.create(low.values(), new Shape(h, w));
      float[] tissues = segmenter.probabilities(target, null).toFloatArray();
      return Labels.mostProbable(tissues, w, h);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
