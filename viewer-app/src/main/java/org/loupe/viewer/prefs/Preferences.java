package org.loupe.viewer.prefs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.input.KeyCombination;
import org.loupe.image.AtomicFile;
import org.loupe.image.Interpolation;
import org.loupe.sr.DeviceChoice;

/**
 * What the user chose once and for all, in {@code preferences.json} of the user's folder.
 *
 * @param language "en" or "zh"; empty for the system's
 * @param kernel how images that are not super-resolved are interpolated
 * @param navigator whether a zoomed pane has its slice in small
 * @param device where the networks run, as {@link DeviceChoice#parse} reads it
 * @param keys keys of commands, by their ids, in place of those that ship; an empty list for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Preferences(
    @JsonProperty("language") String language,
    @JsonProperty("kernel") Interpolation kernel,
    @JsonProperty("navigator") boolean navigator,
    @JsonProperty("device") String device,
    @JsonProperty("keys") Map<String, List<String>> keys) {

  public static final String FILE = "preferences.json";
  public static final Preferences DEFAULT =
      new Preferences("", Interpolation.BICUBIC, true, "auto", Map.of());

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Preferences {
    language = language == null ? "" : language;
    kernel = kernel == null ? Interpolation.BICUBIC : kernel;
    device = device == null ? "auto" : device;
    DeviceChoice.parse(device);
    keys = keys == null ? Map.of() : Map.copyOf(keys);
    for (List<String> list : keys.values()) {
      list.forEach(KeyCombination::valueOf);
    }
  }

  /**
   * Reads them.
   *
   * @param file may be null or missing: then the defaults
   * @throws IOException where they cannot be understood; the message says why
   */
  public static Preferences read(Path file) throws IOException {
    return file == null || !Files.exists(file)
        ? DEFAULT
        : JSON.readValue(file.toFile(), Preferences.class);
  }

  /** Writes them, whole or not at all; nothing where {@code file} is null. */
  public void write(Path file) throws IOException {
    if (file != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, JSON.writeValueAsBytes(this));
    }
  }

  public Preferences withLanguage(String next) {
    return new Preferences(next, kernel, navigator, device, keys);
  }

  public Preferences withKernel(Interpolation next) {
    return new Preferences(language, next, navigator, device, keys);
  }

  public Preferences withNavigator(boolean next) {
    return new Preferences(language, kernel, next, device, keys);
  }

  public Preferences withDevice(String next) {
    return new Preferences(language, kernel, navigator, next, keys);
  }

  /** Another key for a command; null for the one that ships. */
  public Preferences withKey(String command, String key) {
    Map<String, List<String>> next = new HashMap<>(keys);
    if (key == null) {
      next.remove(command);
    } else {
      next.put(command, key.isEmpty() ? List.of() : List.of(key));
    }
    return new Preferences(language, kernel, navigator, device, next);
  }
}
