package org.loupe.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.derived.DerivedFormat;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.image.Image2;
import org.loupe.image.Region;
import org.loupe.sr.Passes;
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
   * Super-resolves slices.
   *
   * @param inputs makes the input of a slice
   * @param format how the series is written
   */
  public List<DicomDataset> datasets(
      SuperResolver resolver, IntFunction<SliceInput> inputs, Extent extent, DerivedFormat format)
      throws IOException {
    for (int k = extent.first(); k < extent.end(); k++) {
      DerivedMr.requireHolds(format, images.of(target, k));
    }
    List<DerivedMr.Slice> slices = new ArrayList<>();
    Series used = null;
    for (int k = extent.first(); k < extent.end(); k++) {
      SliceInput input = inputs.apply(k);
      Image2 pixels =
          resolver.upscale(input, extent.width(), extent.height(), true, Passes.MIRRORED);
      // The reference need not reach every slice, nor any.
      Series guide = input.reference() == null ? null : reference;
      used = guide == null ? used : guide;
      slices.add(images.derived(pixels, extent.region(), target, k, guide));
    }
    return DerivedMr.datasets(
        slices, SrDerivation.of(slices.get(0), extent, used, resolver.info()), format);
  }

  /**
   * What of a series is computed. A region is cut out of whole slices, so that its pixels are those
   * of the whole.
   *
   * @param first first slice
   * @param end slice after the last
   * @param width columns of a whole computed slice
   * @param height rows of a whole computed slice
   * @param region what is kept of it
   */
  public record Extent(int first, int end, int width, int height, Region region) {

    public Extent {
      if (end <= first || !region.equals(region.within(width, height))) {
        throw new IllegalArgumentException(
            "slices %d to %d, %s of %d x %d".formatted(first, end, region, width, height));
      }
    }

    /** Whole slices. */
    public static Extent whole(int first, int end, int width, int height) {
      return new Extent(first, end, width, height, Region.whole(width, height));
    }

    /**
     * Part of slices.
     *
     * @param part columns and rows of a slice of the series
     * @param columns columns of a slice of the series
     * @param rows its rows
     * @throws IllegalArgumentException where the part lies beside the slice
     */
    public Extent of(Region part, int columns, int rows) {
      Region on = part.within(columns, rows);
      if (on == null) {
        throw new IllegalArgumentException(
            "the region lies beside the slice of %d x %d pixels".formatted(columns, rows));
      }
      Region scaled =
          on.scaled((double) width / columns, (double) height / rows).within(width, height);
      if (scaled == null) {
        throw new IllegalArgumentException("the region has no pixel of the computed slice");
      }
      return new Extent(first, end, width, height, scaled);
    }

    boolean isWhole() {
      return region.equals(Region.whole(width, height));
    }
  }
}
