package org.loupe.sr.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.loupe.sr.ServerTraffic;

/**
 * How much work is done at once, and what it costs: the figures that a server is sized by.
 *
 * @param device where slices were prepared
 * @param cores processors that this process may use
 * @param traffic of one slice to and from a server; null for a model that runs on none
 * @param loads one for each number of clients
 */
public record Throughput(
    @JsonProperty("device") String device,
    @JsonProperty("cores") int cores,
    @JsonProperty("slice") String slice,
    @JsonProperty("view") String view,
    @JsonProperty("traffic") ServerTraffic traffic,
    @JsonProperty("loads") List<Load> loads) {

  /**
   * Clients that work without a pause, each with an engine of its own.
   *
   * @param prepare of slices
   * @param decode of views of a slice that was prepared
   */
  public record Load(
      @JsonProperty("clients") int clients,
      @JsonProperty("prepare") Rate prepare,
      @JsonProperty("decode") Rate decode) {}

  /**
   * One kind of work.
   *
   * @param count how many were finished
   * @param perSecond by all clients together
   * @param perSecondAndCore the same over the number of cores; where other processes share them it
   *     is less than these cores can do, unlike the next
   * @param cpuSeconds processor time of this process for one, whatever else ran beside it: a core
   *     by itself finishes one in this time
   * @param millis that a client waited for one
   */
  public record Rate(
      @JsonProperty("count") int count,
      @JsonProperty("per_second") double perSecond,
      @JsonProperty("per_second_and_core") double perSecondAndCore,
      @JsonProperty("cpu_seconds") double cpuSeconds,
      @JsonProperty("ms") Latency.Times millis) {}
}
