package org.loupe.viewer.panel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.loupe.viewer.Texts;

/**
 * The panels at the right of the window, one behind another. They are made when they are first
 * looked at, and take no room until one is asked for.
 */
public final class SidePanel extends TabPane {

  private final Map<String, Tab> tabs = new LinkedHashMap<>();
  private final Map<String, Supplier<Node>> makers = new HashMap<>();

  public SidePanel() {
    setId("side-panel");
    setMinWidth(260);
    setPrefWidth(330);
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
  }

  /**
   * @param id its heading is {@code panel.<id>}
   */
  public void add(String id, Supplier<Node> maker) {
    Tab tab = new Tab(Texts.of("panel." + id));
    tab.setId("tab-" + id);
    tab.selectedProperty().subscribe(on -> make(tab, on, maker));
    tabs.put(id, tab);
    makers.put(id, maker);
    getTabs().add(tab);
  }

  private void make(Tab tab, boolean on, Supplier<Node> maker) {
    if (on && tab.getContent() == null && getScene() != null) {
      tab.setContent(maker.get());
    }
  }

  /** Brings a panel to the front. */
  public void choose(String id) {
    Tab tab = tabs.get(id);
    getSelectionModel().select(tab);
    if (tab.getContent() == null) {
      // Selecting the tab that is selected already says nothing.
      tab.setContent(makers.get(id).get());
    }
  }

  /** The panel in front. */
  public String chosen() {
    Tab now = getSelectionModel().getSelectedItem();
    return tabs.entrySet().stream()
        .filter(e -> e.getValue() == now)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
