package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a storm of zooms did to the process, after one look at every slice. Resident memory is null
 * where the system does not tell.
 *
 * @param minutes how long it lasted
 * @param requests views asked for
 * @param finished those that were delivered whole; the others gave way to the next
 * @param tiles tiles delivered
 * @param failed requests that failed
 * @param prepared slices that were prepared, some of them more than once
 * @param rssEarlyMb resident memory, median of the second fifth of the storm
 * @param rssLateMb the same of the last fifth
 * @param growthMb late less early
 * @param nativeEarlyMb resident memory outside the Java heap: the engine's, prepared slices, the
 *     virtual machine's own; median of the second fifth
 * @param nativeLateMb the same of the last fifth
 * @param nativeGrowthMb late less early
 * @param peakRssMb highest resident memory of the process
 */
public record Storm(
    @JsonProperty("minutes") double minutes,
    @JsonProperty("requests") long requests,
    @JsonProperty("finished") long finished,
    @JsonProperty("tiles") long tiles,
    @JsonProperty("failed") long failed,
    @JsonProperty("prepared") long prepared,
    @JsonProperty("rss_early_mb") Double rssEarlyMb,
    @JsonProperty("rss_late_mb") Double rssLateMb,
    @JsonProperty("growth_mb") Double growthMb,
    @JsonProperty("native_early_mb") Double nativeEarlyMb,
    @JsonProperty("native_late_mb") Double nativeLateMb,
    @JsonProperty("native_growth_mb") Double nativeGrowthMb,
    @JsonProperty("peak_rss_mb") Double peakRssMb) {}
