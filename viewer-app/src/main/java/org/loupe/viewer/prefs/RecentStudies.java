package org.loupe.viewer.prefs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.loupe.image.AtomicFile;

/**
 * What was opened lately, the latest first, in {@code recent.json} of the user's folder: paths,
 * descriptions and dates of studies, no names of patients.
 */
public final class RecentStudies {

  private static final int MOST = 20;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One opening.
   *
   * @param paths what was opened
   * @param description of the study
   * @param date of the study, as the files say; may be empty
   */
  public record Entry(
      @JsonProperty("paths") List<String> paths,
      @JsonProperty("description") String description,
      @JsonProperty("date") String date) {

    public Entry {
      paths = List.copyOf(paths);
    }
  }

  private final Path file;

  /**
   * @param file null to remember nothing
   */
  public RecentStudies(Path file) {
    this.file = file;
  }

  /** The openings whose files are still there; empty where the list cannot be read. */
  public List<Entry> list() {
    return all().stream().filter(e -> e.paths().stream().allMatch(RecentStudies::isThere)).toList();
  }

  private static boolean isThere(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The same with those whose files are not there now: their drive may come back. */
  private List<Entry> all() {
    if (file == null || !Files.exists(file)) {
      return List.of();
    }
    try {
      return List.of(JSON.readValue(file.toFile(), Entry[].class));
    } catch (IOException | RuntimeException e) {
      // A list of conveniences: without it nothing is lost, and the next opening writes it anew.
      return List.of();
    }
  }

  /** Puts an opening first. */
  public void add(Entry entry) throws IOException {
    if (file == null) {
      return;
    }
    List<Entry> next = new ArrayList<>(all());
    next.removeIf(e -> e.paths().equals(entry.paths()));
    next.add(0, entry);
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(file, JSON.writeValueAsBytes(next.subList(0, Math.min(MOST, next.size()))));
  }
}
