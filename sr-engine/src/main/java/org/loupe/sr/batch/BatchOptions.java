package org.loupe.sr.batch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import org.loupe.sr.Passes;

/**
 * What is made of every T2 series of an archive. Outputs that were made with other options are made
 * anew.
 *
 * @param scale output pixels per stored pixel along both axes of a slice
 * @param guided whether PD, T1 or FLAIR of the study guides the result
 * @param aligned whether the series of a study are taken to fit each other whatever their frames of
 *     reference say
 * @param acquiredGrid whether it starts from the measured pixels where fewer than the stored ones
 * @param passes how often a slice goes through the network
 */
public record BatchOptions(
    @JsonProperty("scale") double scale,
    @JsonProperty("guided") boolean guided,
    @JsonProperty("aligned") boolean aligned,
    @JsonProperty("acquired_grid") boolean acquiredGrid,
    @JsonProperty("passes") Passes passes)
    implements Serializable {}
