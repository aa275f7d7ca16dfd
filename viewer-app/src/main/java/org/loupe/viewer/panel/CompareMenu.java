package org.loupe.viewer.panel;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.Property;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.loupe.sr.model.ModelPackage;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.Badge;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ModelChoice;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.PaneSettings;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.PicturePair;

/** How the active pane compares, what, and which trust map lies over it. */
public final class CompareMenu extends MenuButton {

  private final Supplier<ImagePane> active;
  private final OpenStudies studies;
  private final Runnable sideBySide;
  private final Runnable referenceOnly;
  private final ModelChoice models;

  /**
   * @param sideBySide shows the two pictures of the active pane in two panes
   * @param referenceOnly begins or ends looking for what only the reference shows
   * @param models the models to choose from; null where there is no choice
   */
  public CompareMenu(
      Supplier<ImagePane> active,
      OpenStudies studies,
      Runnable sideBySide,
      Runnable referenceOnly,
      ModelChoice models) {
    super(Texts.of("tool.compare"));
    this.active = active;
    this.studies = studies;
    this.sideBySide = sideBySide;
    this.referenceOnly = referenceOnly;
    this.models = models;
    setId("compare");
    // Made when shown, of what holds then; without an item the menu would not open.
    getItems().add(new MenuItem());
    setOnShowing(e -> fill());
  }

  private void fill() {
    PaneSettings settings = active.get().settings();
    getItems().clear();
    for (Comparison c : Comparison.values()) {
      getItems().add(radio("comparison." + c, settings.comparisonProperty(), c));
    }
    MenuItem side = new MenuItem(Texts.of("command.sideBySide"));
    side.setOnAction(e -> sideBySide.run());
    MenuItem swap = new MenuItem(Texts.of("command.swap"));
    swap.setOnAction(e -> settings.pairProperty().set(settings.pairProperty().get().swapped()));
    getItems()
        .addAll(
            side,
            new SeparatorMenuItem(),
            pictures("compare.first", settings, PicturePair::first, this::withFirst),
            pictures("compare.second", settings, PicturePair::second, this::withSecond),
            swap,
            others(settings),
            shown(settings));
    if (models != null) {
      getItems().add(otherModels());
    }
    getItems().add(new SeparatorMenuItem());
    for (Overlay o : Overlay.values()) {
      getItems().add(radio("overlay." + o, settings.overlayProperty(), o));
    }
    CheckMenuItem watch = new CheckMenuItem(Texts.of("command.referenceOnly"));
    watch.setSelected(settings.referenceWatchedProperty().get());
    watch.setOnAction(e -> referenceOnly.run());
    getItems().add(watch);
  }

  /** Which super-resolved picture the pane shows. */
  private Menu shown(PaneSettings settings) {
    Menu menu = new Menu(Texts.of("compare.shown"));
    for (Picture p : Picture.values()) {
      if (p.isResolved()) {
        RadioMenuItem item = radio("picture." + p, settings.resolvedProperty(), p);
        item.setDisable(lacks(p));
        menu.getItems().add(item);
      }
    }
    return menu;
  }

  /** Whether there is no such picture because there is only one model. */
  private boolean lacks(Picture picture) {
    return picture == Picture.OTHER_MODEL
        && (models == null || models.otherProperty().get() == null);
  }

  /** The models to compare with. */
  private Menu otherModels() {
    Menu menu = new Menu(Texts.of("model.other"));
    for (ModelPackage model : models.available()) {
      RadioMenuItem item = new RadioMenuItem(ModelCard.name(model));
      item.setMnemonicParsing(false); // names have underscores
      item.setSelected(model.equals(models.otherProperty().get()));
      item.setOnAction(e -> models.otherProperty().set(model));
      menu.getItems().add(item);
    }
    return menu;
  }

  private static <T> RadioMenuItem radio(String text, Property<T> property, T value) {
    RadioMenuItem item = new RadioMenuItem(Texts.of(text));
    item.setSelected(property.getValue().equals(value));
    item.setOnAction(e -> property.setValue(value));
    return item;
  }

  private Menu pictures(
      String text,
      PaneSettings settings,
      java.util.function.Function<PicturePair, Picture> which,
      java.util.function.Function<Picture, UnaryOperator<PicturePair>> with) {
    Menu menu = new Menu(Texts.of(text));
    for (Picture p : Picture.values()) {
      RadioMenuItem item = new RadioMenuItem(Texts.of("picture." + p));
      item.setSelected(which.apply(settings.pairProperty().get()) == p);
      item.setDisable(lacks(p));
      item.setOnAction(
          e -> settings.pairProperty().set(with.apply(p).apply(settings.pairProperty().get())));
      menu.getItems().add(item);
    }
    return menu;
  }

  private UnaryOperator<PicturePair> withFirst(Picture p) {
    return pair -> new PicturePair(p, pair.second());
  }

  private UnaryOperator<PicturePair> withSecond(Picture p) {
    return pair -> new PicturePair(pair.first(), p);
  }

  /** The series that can be the other contrast: those of the same frame of reference. */
  private Menu others(PaneSettings settings) {
    Menu menu = new Menu(Texts.of("compare.other"));
    RadioMenuItem guide = radio("compare.guide", settings.otherProperty(), "");
    menu.getItems().add(guide);
    Series shown = active.get().seriesProperty().get();
    for (OpenSeries open : studies.series()) {
      Series s = open.series();
      if (shown != null && !s.id().equals(shown.id()) && studies.paired(shown, s)) {
        RadioMenuItem item = new RadioMenuItem(Badge.name(s));
        item.setMnemonicParsing(false); // names have underscores
        item.setSelected(s.id().equals(settings.otherProperty().get()));
        item.setOnAction(e -> settings.otherProperty().set(s.id()));
        menu.getItems().add(item);
      }
    }
    return menu;
  }
}
