package org.loupe.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.image.Image2;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SuperResolver;

/**
 * Makes a super-resolved series as derived DICOM images.
 *
 * @param target series to super-resolve
 * @param reference guiding series; null for none
 * @param images the images of both
 */
public record DerivedSeries(Series target, Series reference, SourceImages images) {

  /**
   * Super-resolves slices {@code first} to {@code end - 1}.
   *
   * @param inputs makes the input of a slice
   * @param width output columns
   * @param height output rows
   */
  public List<DicomDataset> datasets(
      SuperResolver resolver,
      IntFunction<SliceInput> inputs,
      int first,
      int end,
      int width,
      int height)
      throws IOException {
    List<DerivedMr.Slice> slices = new ArrayList<>();
    for (int k = first; k < end; k++) {
      try (SliceFeatures features = resolver.prepare(inputs.apply(k))) {
        Image2 pixels = resolver.upscale(features, width, height, true);
        slices.add(images.derived(pixels, target, k, reference));
      }
    }
    return DerivedMr.datasets(slices, SrDerivation.of(slices.get(0), reference, resolver.info()));
  }
}
