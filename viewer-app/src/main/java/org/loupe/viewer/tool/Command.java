package org.loupe.viewer.tool;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.loupe.viewer.Texts;

/**
 * Something the user can do by key: the menus, the keyboard and the shortcut sheet are made from
 * one list of these.
 *
 * @param id its text is {@code command.<id>}, where it has no label
 * @param group its heading on the shortcut sheet is {@code group.<group>}
 * @param label its text, where that is the user's own; null otherwise
 * @param keys every combination that runs it; the first one is shown
 */
public record Command(
    String id, String group, String label, List<KeyCombination> keys, Runnable action) {

  public Command {
    keys = List.copyOf(keys);
  }

  /**
   * @param keys names as {@link KeyCombination#valueOf} reads them
   */
  public static Command of(String id, String group, Runnable action, String... keys) {
    return new Command(
        id, group, null, List.of(keys).stream().map(KeyCombination::valueOf).toList(), action);
  }

  /** A command with a name of the user's. */
  public static Command named(String id, String group, String label, Runnable action) {
    return new Command(id, group, label, List.of(), action);
  }

  /** The same with other keys; null for those that it has. */
  public Command withKeys(List<String> names) {
    return names == null
        ? this
        : new Command(
            id, group, label, names.stream().map(KeyCombination::valueOf).toList(), action);
  }

  public String text() {
    return label != null ? label : Texts.of("command." + id);
  }

  /** Its keys for the user; the numeric pad's are understood without saying. */
  public String keyText() {
    return keys.stream()
        .map(KeyCombination::getDisplayText)
        .filter(key -> !key.startsWith("Numpad"))
        .distinct()
        .limit(2)
        .collect(Collectors.joining("  "));
  }

  boolean matches(KeyEvent event) {
    return keys.stream().anyMatch(k -> k.match(event));
  }
}
