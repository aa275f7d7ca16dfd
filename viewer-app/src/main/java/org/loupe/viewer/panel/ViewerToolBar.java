package org.loupe.viewer.panel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToolBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;
import org.loupe.viewer.Texts;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;
import org.loupe.viewer.viewport.Windows;

/** The tool bar: layout and linking of all panes; zoom, window and comparison of the active one. */
public final class ViewerToolBar extends ToolBar {

  /** The layouts with a button; the others are in the menu. */
  private static final List<PaneLayout> SHOWN =
      List.of(PaneLayout.ONE, PaneLayout.TWO, PaneLayout.THREE, PaneLayout.FOUR);

  private final PaneGrid grid;
  private final ZoomField zoom;
  private final Map<Comparison, ToggleButton> comparisons = new EnumMap<>(Comparison.class);
  private final ToggleButton prior = new ToggleButton(Texts.of("tool.prior"));
  private final Slider opacity = new Slider(0.05, 1, 0.4);
  private Subscription followed = Subscription.EMPTY;

  /**
   * @param compare chooses what is compared
   * @param measure chooses what is measured
   */
  public ViewerToolBar(PaneGrid grid, PaneLink link, CompareMenu compare, MeasureMenu measure) {
    this.grid = grid;
    setId("tool-bar");
    zoom = new ZoomField(factor -> PaneActions.zoomTo(active(), factor));
    ToggleButton linked = new ToggleButton(Texts.of("tool.link"));
    linked.setId("link");
    linked.setTooltip(new Tooltip(Texts.of("tool.linkTip")));
    linked.selectedProperty().bindBidirectional(link.onProperty());
    Button fit = new Button(Texts.of("tool.fit"));
    fit.setTooltip(new Tooltip(Texts.of("tool.fitTip")));
    fit.setOnAction(e -> active().fit());
    prior.setId("prior");
    prior.setTooltip(new Tooltip(Texts.of("tool.priorTip")));
    opacity.setId("prior-opacity");
    opacity.setAccessibleText(Texts.of("tool.opacityTip"));
    opacity.setPrefWidth(76);
    opacity.setTooltip(new Tooltip(Texts.of("tool.opacityTip")));
    opacity.visibleProperty().bind(prior.selectedProperty());
    opacity.managedProperty().bind(prior.selectedProperty());
    getItems()
        .addAll(
            layouts(),
            linked,
            new Separator(Orientation.VERTICAL),
            new Label(Texts.of("tool.zoom")),
            zoom,
            fit,
            windows(),
            measure,
            new Separator(Orientation.VERTICAL),
            comparisons(),
            compare,
            new Separator(Orientation.VERTICAL),
            prior,
            opacity);
    getItems().forEach(item -> item.setFocusTraversable(item == zoom));
    grid.activeProperty().subscribe((before, now) -> follow(now));
    follow(active());
  }

  private ImagePane active() {
    return grid.activeProperty().get();
  }

  /** Puts the focus into the zoom field. */
  public void editZoom() {
    zoom.requestFocus();
    zoom.selectAll();
  }

  private HBox layouts() {
    HBox box = new HBox();
    box.getStyleClass().add("segments");
    for (PaneLayout layout : SHOWN) {
      ToggleButton button = new ToggleButton(layout.text());
      button.setId("layout-" + layout);
      button.setFocusTraversable(false);
      grid.layoutProperty().subscribe(now -> button.setSelected(now == layout));
      button.setOnAction(
          e -> {
            // A second click must not leave the choice without a value.
            button.setSelected(true);
            grid.show(layout);
          });
      button.setTooltip(new Tooltip(Texts.of("tool.layoutTip", layout.text())));
      button.setAccessibleText(Texts.of("command.layout." + layout));
      box.getChildren().add(button);
    }
    ends(box);
    return box;
  }

  private HBox comparisons() {
    HBox box = new HBox();
    box.getStyleClass().add("segments");
    for (Comparison c :
        new Comparison[] {Comparison.ORIGINAL, Comparison.WIPE, Comparison.SUPER_RESOLVED}) {
      ToggleButton button = new ToggleButton(Texts.of("comparison." + c));
      button.setId("comparison-" + c);
      button.setFocusTraversable(false);
      button.setTooltip(new Tooltip(Texts.of("comparison." + c + ".tip")));
      button.setOnAction(
          e -> {
            button.setSelected(true);
            active().comparisonProperty().set(c);
          });
      comparisons.put(c, button);
      box.getChildren().add(button);
    }
    ends(box);
    return box;
  }

  /** Rounds the row's ends only. */
  private static void ends(HBox box) {
    for (int i = 0; i < box.getChildren().size(); i++) {
      boolean last = i == box.getChildren().size() - 1;
      String style = i == 0 ? "left-pill" : last ? "right-pill" : "center-pill";
      box.getChildren().get(i).getStyleClass().add(style);
    }
  }

  private MenuButton windows() {
    MenuButton button = new MenuButton(Texts.of("tool.window"));
    button.setId("windows");
    for (Windows preset : Windows.values()) {
      MenuItem item =
          new MenuItem(Texts.of("window.item", preset.digit(), Texts.of("window." + preset)));
      item.setOnAction(e -> PaneActions.window(active(), preset));
      button.getItems().add(item);
    }
    return button;
  }

  private void follow(ImagePane pane) {
    followed.unsubscribe();
    prior.selectedProperty().unbind();
    followed =
        Subscription.combine(
            pane.stateProperty().subscribe(s -> showZoom(pane, s)),
            pane.comparisonProperty()
                .subscribe(now -> comparisons.forEach((c, button) -> button.setSelected(c == now))),
            bind(pane));
  }

  private Subscription bind(ImagePane pane) {
    prior.selectedProperty().bindBidirectional(pane.settings().priorShownProperty());
    prior.setSelected(pane.settings().priorShownProperty().get());
    opacity.valueProperty().bindBidirectional(pane.settings().priorOpacityProperty());
    return () -> {
      prior.selectedProperty().unbindBidirectional(pane.settings().priorShownProperty());
      opacity.valueProperty().unbindBidirectional(pane.settings().priorOpacityProperty());
    };
  }

  private void showZoom(ImagePane pane, ViewState state) {
    zoom.show(state == null ? Double.NaN : state.zoom(pane.plane()));
  }
}
