package org.loupe.sr.train;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a training of the super-resolution network takes; each part can be left out, for ablations.
 *
 * @param batch patches per step
 * @param patch side of a patch on the target's lattice, pixels
 * @param maxScale highest factor of training
 * @param perceptual weight of the {@link PerceptualLoss}; 0 for none
 * @param without parts left out
 */
record SrOptions(int batch, int patch, double maxScale, double perceptual, Set<Part> without) {

  /** Parts of the training that can be switched off. */
  enum Part {
    PRIOR,
    NEIGHBOURS,
    CONTRAST,
    MISALIGNMENT,
    NO_REFERENCE,
    LOW_REFERENCE,
    NOISE,
    LESIONS,
    UNCERTAINTY,
    ORIENTATION,
    EVEN_BANDS,
    CONSISTENCY,
    ORTHOGONAL_STEPS
  }

  SrOptions without(Set<Part> more) {
    Set<Part> all = EnumSet.copyOf(more);
    all.addAll(without);
    return new SrOptions(batch, patch, maxScale, perceptual, all);
  }

  boolean has(Part part) {
    return !without.contains(part);
  }
}
