package org.loupe.viewer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import org.loupe.viewer.tool.Command;

/**
 * The menus: every command under its group, its key in front. The keys are no accelerators: plain
 * letters as accelerators would be taken from text fields.
 */
final class ViewerMenus {

  private ViewerMenus() {}

  static MenuBar of(List<Command> commands) {
    Map<String, Menu> menus = new LinkedHashMap<>();
    for (Command c : commands) {
      Label key = new Label(c.keyText());
      key.getStyleClass().add("menu-key");
      MenuItem item = new MenuItem(c.text(), key);
      item.setOnAction(e -> c.action().run());
      item.setId("menu-" + c.id());
      menus.computeIfAbsent(c.group(), g -> new Menu(Texts.of("group." + g))).getItems().add(item);
    }
    MenuBar bar = new MenuBar(menus.values().toArray(Menu[]::new));
    bar.setId("menu-bar");
    return bar;
  }
}
