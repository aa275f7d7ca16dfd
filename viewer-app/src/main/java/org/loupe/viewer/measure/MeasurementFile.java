package org.loupe.viewer.measure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.loupe.image.AtomicFile;
import org.loupe.image.Vec3;

/**
 * The measurements of one study as JSON, in a file of the user's data folder that is named by a
 * hash of the study's identity: it holds UIDs and positions, no names.
 *
 * <pre>
 * {"format": "loupe-measurements", "version": 1, "study": UID, "coordinates": "LPS mm",
 *  "measurements": [{"id", "kind", "series": UID, "frameOfReference": UID, "points": [[x, y, z]]}],
 *  "keyImages": [SOP Instance UID]}
 * </pre>
 */
public final class MeasurementFile {

  private static final String FORMAT = "loupe-measurements";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * What a file holds.
   *
   * @param keyImages instance ids of the slices marked as key images
   */
  public record Content(List<Measurement> measurements, List<String> keyImages) {

    public static final Content EMPTY = new Content(List.of(), List.of());

    public Content {
      measurements = List.copyOf(measurements);
      keyImages = List.copyOf(keyImages);
    }
  }

  private record Entry(
      @JsonProperty("id") String id,
      @JsonProperty("kind") MeasurementKind kind,
      @JsonProperty("series") String series,
      @JsonProperty("frameOfReference") String frameOfReference,
      @JsonProperty("points") List<List<Double>> points) {}

  private record Root(
      @JsonProperty("format") String format,
      @JsonProperty("version") int version,
      @JsonProperty("study") String study,
      @JsonProperty("coordinates") String coordinates,
      @JsonProperty("measurements") List<Entry> measurements,
      @JsonProperty("keyImages") List<String> keyImages) {}

  private MeasurementFile() {}

  /** The file of a study within a folder. */
  public static Path of(Path folder, String studyId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(studyId.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash, 0, 12) + ".json");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the file, whole or not at all; its folder is made where it is missing. */
  public static void write(Path file, String studyId, Content content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    List<Entry> entries = content.measurements().stream().map(MeasurementFile::entry).toList();
    Root root = new Root(FORMAT, VERSION, studyId, "LPS mm", entries, content.keyImages());
    AtomicFile.write(file, JSON.writeValueAsBytes(root));
  }

  /**
   * Reads the file; empty where there is none.
   *
   * @throws IOException where it is damaged or of another kind; the message says what is wrong
   */
  public static Content read(Path file, String studyId) throws IOException {
    if (!Files.exists(file)) {
      return Content.EMPTY;
    }
    Root root = JSON.readValue(file.toFile(), Root.class);
    if (root == null || !FORMAT.equals(root.format()) || root.version() != VERSION) {
      throw new IOException("no measurements of version " + VERSION);
    }
    if (!studyId.equals(root.study())) {
      throw new IOException("measurements of another study");
    }
    try {
      return new Content(
          root.measurements().stream().map(MeasurementFile::measurement).toList(),
          root.keyImages() == null ? List.of() : root.keyImages());
    } catch (RuntimeException e) {
      throw new IOException("damaged measurement: " + e.getMessage(), e);
    }
  }

  private static Entry entry(Measurement m) {
    return new Entry(
        m.id(),
        m.kind(),
        m.seriesId(),
        m.frameOfReference(),
        m.points().stream().map(p -> List.of(p.x(), p.y(), p.z())).toList());
  }

  private static Measurement measurement(Entry e) {
    List<Vec3> points =
        e.points().stream().map(p -> new Vec3(p.get(0), p.get(1), p.get(2))).toList();
    String frame = e.frameOfReference() == null ? "" : e.frameOfReference();
    return new Measurement(e.id(), e.kind(), e.series(), frame, points);
  }
}
