package org.loupe.sr.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.loupe.image.AtomicFile;

/**
 * What became of an archive.
 *
 * @param model name and version
 * @param studies number of studies that were found
 * @param written outputs made in this run
 * @param skipped outputs that were there already
 * @param leftOut studies without a T2
 * @param failed series and studies that could not be super-resolved, and files that could not be
 *     read
 * @param seconds time of this run
 */
public record BatchReport(
    @JsonProperty("model") String model,
    @JsonProperty("options") BatchOptions options,
    @JsonProperty("studies") int studies,
    @JsonProperty("written") long written,
    @JsonProperty("skipped") long skipped,
    @JsonProperty("left_out") long leftOut,
    @JsonProperty("failed") long failed,
    @JsonProperty("seconds") double seconds,
    @JsonProperty("items") List<Item> items) {

  /** What became of one series, study or file. */
  public enum Status {
    WRITTEN,
    SKIPPED,
    LEFT_OUT,
    FAILED
  }

  /**
   * One line of the report.
   *
   * @param study Study Instance UID or identity of a folder; null for a file of none
   * @param series Series Instance UID or identity of a file; null for a whole study
   * @param output file below the output folder; null where there is none
   * @param reference contrast that guided it; null where nothing was made
   * @param reason why nothing was made; null where something was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      @JsonProperty("status") Status status,
      @JsonProperty("study") String study,
      @JsonProperty("series") String series,
      @JsonProperty("output") String output,
      @JsonProperty("sha256") String sha256,
      @JsonProperty("slices") Integer slices,
      @JsonProperty("reference") String reference,
      @JsonProperty("seconds") Double seconds,
      @JsonProperty("reason") String reason)
      implements Serializable {

    /** An item that failed; study and series are null where they are not known. */
    public static Item failed(String study, String series, String reason) {
      return new Item(Status.FAILED, study, series, null, null, null, null, null, reason);
    }
  }

  /** The report of some items, counted. */
  public static BatchReport of(
      String model, BatchOptions options, int studies, double seconds, List<Item> items) {
    return new BatchReport(
        model,
        options,
        studies,
        count(items, Status.WRITTEN),
        count(items, Status.SKIPPED),
        count(items, Status.LEFT_OUT),
        count(items, Status.FAILED),
        seconds,
        items);
  }

  private static long count(List<Item> items, Status status) {
    return items.stream().filter(item -> item.status == status).count();
  }

  public void write(Path file) throws IOException {
    AtomicFile.write(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
  }
}
