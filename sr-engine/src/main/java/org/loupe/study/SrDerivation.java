package org.loupe.study;

import java.util.List;
import org.loupe.dicom.Code;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.dicom.derived.Processing;
import org.loupe.sr.ModelInfo;

/** What is said in DICOM of a super-resolved series. */
public final class SrDerivation {

  /** The standard has no code for super-resolution. */
  private static final Code CODE = new Code("SUPERRES", "99LOUPE", "Learned super-resolution");

  private static final List<Code> CODES = List.of(Code.dcm("113085", "Spatial resampling"), CODE);

  private SrDerivation() {}

  /** Whether an image is super-resolved, and not acquired as it is. */
  static boolean isOf(FrameTags tags) {
    return tags.strings(Tag.IMAGE_TYPE).contains(DerivedMr.SUPER_RESOLUTION)
        || tags.items(Tag.DERIVATION_CODE_SEQUENCE).stream()
            .anyMatch(code -> code.string(Tag.CODE_VALUE).equals(CODE.value()));
  }

  /** The model's part in a result of now. */
  public static Processing processing(ModelInfo model) {
    return Processing.now(model.name(), model.version(), model.manifest().sha256(), model.device());
  }

  /**
   * The derivation of a series.
   *
   * @param slice one of its slices
   * @param extent what was computed
   * @param reference what guided it; null for nothing
   */
  static DerivedMr.Derivation of(
      DerivedMr.Slice slice, DerivedSeries.Extent extent, Series reference, ModelInfo model) {
    Processing processing = processing(model);
    String source = slice.target().tags().string(Tag.SERIES_DESCRIPTION);
    int rows = (int) slice.target().tags().number(Tag.ROWS).orElse(0);
    int columns = (int) slice.target().tags().number(Tag.COLUMNS).orElse(0);
    String description =
        "Super-resolved in plane from %d x %d to %d x %d pixels%s by Loupe %s, model %s, %s%s. Computed, not acquired; not for diagnostic use."
            .formatted(
                columns,
                rows,
                extent.width(),
                extent.height(),
                extent.isWhole()
                    ? ""
                    : ", of which the %d x %d from column %d and row %d are kept,"
                        .formatted(
                            extent.region().columns(),
                            extent.region().rows(),
                            extent.region().column() + 1,
                            extent.region().row() + 1),
                org.loupe.dicom.derived.Software.VERSION,
                processing.label(),
                reference == null
                    ? "without a reference"
                    : "guided by the " + reference.contrast() + " series of the same patient",
                model.manifest().mirrors()
                    ? ", as the mean of each slice and its mirror image"
                    : "");
    String series = (source.isEmpty() ? "T2" : source) + " AI super-resolved";
    return new DerivedMr.Derivation(series, description, CODES, processing);
  }
}
