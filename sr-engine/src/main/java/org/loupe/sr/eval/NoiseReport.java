package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What {@link NoiseMeter} found: noise power in white matter over bicubic interpolation's, means
 * over slices.
 *
 * @param ratio of the method
 * @param zeroFilling the same ratio of zero filling
 * @param groups by scale and signal-to-noise ratio
 */
public record NoiseReport(
    @JsonProperty("noise_ratio") double ratio,
    @JsonProperty("noise_ratio_zf") double zeroFilling,
    @JsonProperty("seed") long seed,
    @JsonProperty("groups") List<Group> groups) {

  /** The slices at one nominal scale and one signal-to-noise ratio. */
  public record Group(
      @JsonProperty("scale") double scale,
      @JsonProperty("snr") double snr,
      @JsonProperty("slices") int slices,
      @JsonProperty("noise_ratio") double ratio,
      @JsonProperty("noise_ratio_zf") double zeroFilling) {}
}
