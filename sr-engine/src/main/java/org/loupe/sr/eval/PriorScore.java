package org.loupe.sr.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Labels;
import org.loupe.image.Samples;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SuperResolver;

/**
 * How well the segmentation prior of a model agrees with a label map: Dice's coefficient of each
 * tissue, pooled over the slices.
 *
 * @param csf label 1
 * @param gm label 2
 * @param wm label 3 (and 4, a lesion, which lies in white matter)
 */
public record PriorScore(
    String data, String reference, int slices, double csf, double gm, double wm) {

  private static final int LAST_TISSUE = 3;

  /**
   * Segments T2 at its stored resolution, with its reference where there is one.
   *
   * @param labels label map on the grid of the case
   * @param first first slice, from 0
   * @param last last slice
   */
  public static PriorScore of(
      SuperResolver resolver,
      EvalCase data,
      String reference,
      List<Image2> labels,
      int first,
      int last) {
    List<Image2> found = new ArrayList<>();
    List<Image2> given = new ArrayList<>();
    for (int k = first; k <= last; k++) {
      try (SliceFeatures features = resolver.prepare(input(data, k))) {
        found.add(tissues(features.prior(), features.target()));
      }
      given.add(merged(labels.get(k)));
    }
    Image2 all = joined(found);
    Image2 truth = joined(given);
    return new PriorScore(
        data.name(),
        reference,
        found.size(),
        Metrics.dice(all, truth, 1),
        Metrics.dice(all, truth, 2),
        Metrics.dice(all, truth, 3));
  }

  private static SliceInput input(EvalCase data, int k) {
    List<Image2> t2 = data.target();
    return new SliceInput(
        "prior",
        t2.get(k),
        k > 0 ? t2.get(k - 1) : null,
        k + 1 < t2.size() ? t2.get(k + 1) : null,
        data.reference().isEmpty() ? null : new SliceInput.Reference(data.reference().get(k), 1, 1),
        null,
        data.columnSpacing(),
        data.rowSpacing(),
        data.phase(),
        null);
  }

  /** The most probable class of every target pixel; 0 is background. */
  private static Image2 tissues(SlicePrior prior, Image2 target) {
    Samples columns = new Samples(0, 1 / prior.columnRatio(), target.width());
    Samples rows = new Samples(0, 1 / prior.rowRatio(), target.height());
    List<Image2> maps =
        Stream.of(prior.csf(), prior.gm(), prior.wm())
            .map(map -> Interpolation.BILINEAR.resample(map, columns, rows))
            .toList();
    return Labels.mostProbable(joined(maps).values(), target.width(), target.height());
  }

  private static Image2 merged(Image2 labels) {
    float[] values = labels.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(values[i], LAST_TISSUE);
    }
    return new Image2(values, labels.width(), labels.height());
  }

  /** Images of one size, one below the other. */
  private static Image2 joined(List<Image2> slices) {
    int width = slices.get(0).width();
    int height = slices.get(0).height();
    float[] values = new float[width * height * slices.size()];
    for (int k = 0; k < slices.size(); k++) {
      System.arraycopy(slices.get(k).values(), 0, values, k * width * height, width * height);
    }
    return new Image2(values, width, height * slices.size());
  }
}
