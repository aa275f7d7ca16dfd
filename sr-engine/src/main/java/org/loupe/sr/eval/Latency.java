package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * Measured times of one view; each time as median and 95th percentile.
 *
 * @param device where the networks ran
 * @param prepareMs once per slice: prior, encoder, reference branch, residual
 * @param decodeMs the whole view, in one call
 * @param firstTileMs from a request on a prepared slice to its first tile
 * @param cancelMs from a new request, while another is running, to its start
 * @param bicubicMs our own interpolation of the same view, one thread
 * @param peakConvGflops best 3x3 convolution of 64 to 64 channels in the same run
 * @param encoderGflops what the encoder achieves; null for a model of another format
 * @param srFps views decoded per second at changing factors on a prepared slice
 * @param peakRssMb highest resident memory of the process; null where the system does not tell
 */
public record Latency(
    @JsonProperty("device") String device,
    @JsonProperty("prepare_ms") Times prepareMs,
    @JsonProperty("decode_ms") Times decodeMs,
    @JsonProperty("first_tile_ms") Times firstTileMs,
    @JsonProperty("cancel_ms") Times cancelMs,
    @JsonProperty("bicubic_ms") Times bicubicMs,
    @JsonProperty("peak_conv_gflops") double peakConvGflops,
    @JsonProperty("encoder_gflops") Double encoderGflops,
    @JsonProperty("sr_fps") double srFps,
    @JsonProperty("peak_rss_mb") Double peakRssMb) {

  /** Milliseconds. */
  public record Times(double median, double p95) {

    /**
     * @param millis at least one measurement; sorted in place
     */
    static Times of(double[] millis) {
      Arrays.sort(millis);
      int last = millis.length - 1;
      return new Times(
          millis[millis.length / 2], millis[(int) Math.min(last, Math.ceil(0.95 * last))]);
    }
  }
}
