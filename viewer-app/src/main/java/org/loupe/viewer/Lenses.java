package org.loupe.viewer;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Lens;
import org.loupe.viewer.viewport.Navigator;
import org.loupe.viewer.viewport.SrService;
import org.loupe.viewer.viewport.SrSubjects;

/** The lens and the navigator of every pane, switched together. */
final class Lenses {

  private final List<Lens> lenses = new ArrayList<>();
  private final BooleanProperty on = new SimpleBooleanProperty(this, "on");
  private final BooleanProperty resolved = new SimpleBooleanProperty(this, "resolved");
  private final BooleanProperty navigator = new SimpleBooleanProperty(this, "navigator", true);

  Lenses(List<ImagePane> panes, SrService service, SrSubjects subjects) {
    for (ImagePane pane : panes) {
      Navigator small = new Navigator(pane);
      small.onProperty().bind(navigator);
      pane.decorate(small);
      Lens lens = new Lens(pane, service, subjects);
      lens.onProperty().bind(on);
      lens.resolvedProperty().bind(resolved);
      pane.decorate(lens);
      lenses.add(lens);
    }
  }

  /** The plain lens, and none. */
  void toggleMagnifier() {
    boolean plain = on.get() && !resolved.get();
    resolved.set(false);
    on.set(!plain);
  }

  /** The super-resolution lens, and none. */
  void toggleResolved() {
    boolean shown = on.get() && resolved.get();
    resolved.set(!shown);
    on.set(!shown);
  }

  boolean isOn() {
    return on.get();
  }

  void off() {
    on.set(false);
    resolved.set(false);
  }

  /** The lens of a pane, by the pane's index. */
  Lens lens(int pane) {
    return lenses.get(pane);
  }

  BooleanProperty navigatorProperty() {
    return navigator;
  }
}
