package org.loupe.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.loupe.viewer.tool.Command;
import org.loupe.viewer.viewport.ImagePane;

/** Collects commands. */
final class CommandList {

  private final Supplier<ImagePane> active;
  private final List<Command> all = new ArrayList<>();

  CommandList(Supplier<ImagePane> active) {
    this.active = active;
  }

  /**
   * @param group heading, {@code group.<group>} of the texts
   * @param id text, {@code command.<id>} of the texts
   */
  void add(String group, String id, Runnable action, String... keys) {
    all.add(Command.of(id, group, action, keys));
  }

  void add(Command command) {
    all.add(command);
  }

  /** A command on the active pane. */
  void pane(String group, String id, Consumer<ImagePane> action, String... keys) {
    add(group, id, () -> action.accept(active.get()), keys);
  }

  List<Command> all() {
    return List.copyOf(all);
  }
}
