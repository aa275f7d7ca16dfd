package org.loupe.viewer.tool;

import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;

/** Runs commands by their keys, wherever the focus is, except while the user types a text. */
public final class KeyTools {

  private KeyTools() {}

  /** Listens to a scene's keys that no control has taken for itself. */
  public static void on(Scene scene, Supplier<List<Command>> commands) {
    scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> run(scene, commands.get(), e));
    scene.addEventHandler(
        KeyEvent.KEY_TYPED,
        e -> {
          // Where "?" is on the keyboard depends on its layout; only the typed character is sure.
          if ("?".equals(e.getCharacter()) && !typing(scene)) {
            commands.get().stream()
                .filter(c -> c.id().equals("shortcuts"))
                .forEach(c -> c.action().run());
            e.consume();
          }
        });
  }

  private static boolean typing(Scene scene) {
    return scene.getFocusOwner() instanceof TextInputControl;
  }

  private static void run(Scene scene, List<Command> commands, KeyEvent e) {
    boolean plain = !e.isShortcutDown() && !e.isAltDown() && !e.getCode().isFunctionKey();
    if (plain && typing(scene)) {
      return;
    }
    for (Command command : commands) {
      if (command.matches(e)) {
        command.action().run();
        e.consume();
        return;
      }
    }
  }
}
