package org.loupe.sr.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.loupe.image.AtomicFile;
import org.loupe.sr.SuperResolver;

/**
 * What is said of one output, in a file beside it: enough to tell on the next run whether it is
 * still what would be made. It names no patient.
 *
 * @param study Study Instance UID, or the identity of a NIfTI folder
 * @param series Series Instance UID, or the identity of a NIfTI file
 * @param sources SHA-256 over the hashes of the study's files, in the order of the hashes
 * @param model name and version
 * @param weights SHA-256 of each file of the model
 * @param engine {@link SuperResolver#REVISION}
 * @param reference contrast of the series that guided it; "none" without one
 * @param columns output columns
 * @param rows output rows
 * @param slices slices
 * @param output file name
 * @param bytes its length
 * @param sha256 its hash
 * @param seconds time that it took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchRecord(
    @JsonProperty("study") String study,
    @JsonProperty("series") String series,
    @JsonProperty("sources") String sources,
    @JsonProperty("options") BatchOptions options,
    @JsonProperty("model") String model,
    @JsonProperty("weights") Map<String, String> weights,
    @JsonProperty("engine") int engine,
    @JsonProperty("device") String device,
    @JsonProperty("reference") String reference,
    @JsonProperty("columns") int columns,
    @JsonProperty("rows") int rows,
    @JsonProperty("slices") int slices,
    @JsonProperty("output") String output,
    @JsonProperty("bytes") long bytes,
    @JsonProperty("sha256") String sha256,
    @JsonProperty("seconds") double seconds) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The record in a file; empty where there is none that can be read. */
  static Optional<BatchRecord> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), BatchRecord.class));
    } catch (JacksonException e) {
      // Not one of ours, or of another version: what it stands beside is made anew.
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    AtomicFile.write(file, JSON.writeValueAsBytes(this));
  }

  /** Whether the output beside this record is whole and was made of the same by the same. */
  boolean stands(Path folder, BatchRecord wanted) throws IOException {
    Path file = folder.resolve(output);
    return sources.equals(wanted.sources)
        && options.equals(wanted.options)
        && weights.equals(wanted.weights)
        && engine == wanted.engine
        && Files.isRegularFile(file)
        && Files.size(file) == bytes
        && Digests.of(file).equals(sha256);
  }

  BatchRecord finished(
      String device,
      String reference,
      int columns,
      int rows,
      int slices,
      long bytes,
      String sha256,
      double seconds) {
    return new BatchRecord(
        study, series, sources, options, model, weights, engine, device, reference, columns, rows,
        slices, output, bytes, sha256, seconds);
  }
}
