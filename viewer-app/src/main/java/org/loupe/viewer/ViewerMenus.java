package org.loupe.viewer;

import java.util.ArrayList;
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
    Map<String, List<Command>> groups = new LinkedHashMap<>();
    for (Command c : commands) {
      groups.computeIfAbsent(c.group(), g -> new ArrayList<>()).add(c);
    }
    MenuBar bar = new MenuBar();
    bar.setId("menu-bar");
    groups.forEach((group, list) -> bar.getMenus().add(menu(group, list)));
    return bar;
  }

  /** A menu whose items are made when it is first opened: together they would delay the start. */
  private static Menu menu(String group, List<Command> commands) {
    Menu menu = new Menu(Texts.of("group." + group));
    menu.setId("menu-" + group);
    // Without an item a menu does not open.
    MenuItem later = new MenuItem();
    menu.getItems().add(later);
    menu.setOnShowing(
        e -> {
          if (menu.getItems().contains(later)) {
            menu.getItems().setAll(commands.stream().map(ViewerMenus::item).toList());
          }
        });
    return menu;
  }

  private static MenuItem item(Command command) {
    Label key = new Label(command.keyText());
    key.getStyleClass().add("menu-key");
    MenuItem item = new MenuItem(command.text(), key);
    item.setMnemonicParsing(false); // hanging protocols have names with underscores
    item.setOnAction(e -> command.action().run());
    item.setId("menu-" + command.id());
    return item;
  }
}
