package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One method's figures for one case at one scale: means over the slices.
 *
 * @param caseName folder of the case
 * @param reference contrast of the reference, or none
 * @param refRes hr or lr: the reference's resolution; none without a reference
 * @param method name of the method
 * @param scale nominal factor
 * @param psnr dB, peak = range of the HR slice
 * @param ssim1 SSIM with data range 1
 * @param ssim2 SSIM with data range 2, as older published tables have it
 * @param worstGainDb the smallest gain in PSNR over zero filling that any slice has, dB
 * @param slices number of slices
 * @param secondsPerSlice mean wall time of the method for one slice
 * @param diceCsf Dice's coefficient of CSF as {@link TissueSegmentation} finds it in the method's
 *     slices and in the HR slices; null where it was not asked for or there is none
 * @param diceGm likewise for grey matter
 * @param diceWm likewise for white matter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "case",
  "reference",
  "ref_res",
  "method",
  "scale",
  "psnr",
  "ssim1",
  "ssim2",
  "worst_gain_db",
  "slices",
  "seconds_per_slice",
  "dice_csf",
  "dice_gm",
  "dice_wm"
})
public record Score(
    @JsonProperty("case") String caseName,
    @JsonProperty("reference") String reference,
    @JsonProperty("ref_res") String refRes,
    @JsonProperty("method") String method,
    @JsonProperty("scale") double scale,
    @JsonProperty("psnr") double psnr,
    @JsonProperty("ssim1") double ssim1,
    @JsonProperty("ssim2") double ssim2,
    @JsonProperty("worst_gain_db") double worstGainDb,
    @JsonProperty("slices") int slices,
    @JsonProperty("seconds_per_slice") double secondsPerSlice,
    @JsonProperty("dice_csf") Double diceCsf,
    @JsonProperty("dice_gm") Double diceGm,
    @JsonProperty("dice_wm") Double diceWm) {}
