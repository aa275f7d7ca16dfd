package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What {@link LeakMeter} found; means over lesions, fractions.
 *
 * @param kept contrast that lesions of T2 alone keep
 * @param leaked contrast that lesions of the reference alone leave in T2
 * @param keptByZeroFilling {@code kept} of zero filling
 * @param lesions lesions that were measured, at each of the scales
 * @param groups by scale and diameter
 */
public record LeakReport(
    @JsonProperty("kept") double kept,
    @JsonProperty("leaked") double leaked,
    @JsonProperty("kept_zf") double keptByZeroFilling,
    @JsonProperty("lesions") int lesions,
    @JsonProperty("seed") long seed,
    @JsonProperty("groups") List<Group> groups) {

  /** The lesions of one diameter at one nominal scale. */
  public record Group(
      @JsonProperty("scale") double scale,
      @JsonProperty("diameter_mm") double diameter,
      @JsonProperty("lesions") int lesions,
      @JsonProperty("kept") double kept,
      @JsonProperty("kept_zf") double keptByZeroFilling,
      @JsonProperty("leaked") double leaked) {}
}
