package org.loupe.viewer.measure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.loupe.viewer.measure.MeasurementFile.Content;

/**
 * The measurements and key images of what is open, each change of which can be undone. A state is
 * one immutable value, so undoing is going back to the value before. FX thread.
 */
public final class Annotations {

  /** Most steps back. */
  private static final int STEPS = 200;

  private final ReadOnlyObjectWrapper<Content> content =
      new ReadOnlyObjectWrapper<>(this, "content", Content.EMPTY);
  private final ObjectProperty<String> selected = new SimpleObjectProperty<>(this, "selected");
  private final Deque<Content> before = new ArrayDeque<>();
  private final Deque<Content> after = new ArrayDeque<>();

  /** Whether the newest state is one of a drag that goes on: its steps are one change. */
  private final ReadOnlyBooleanWrapper dragging = new ReadOnlyBooleanWrapper(this, "dragging");

  /** What is there now. */
  public ReadOnlyObjectProperty<Content> contentProperty() {
    return content.getReadOnlyProperty();
  }

  /** Whether a drag goes on: what is there now will have changed in a moment. */
  public ReadOnlyBooleanProperty draggingProperty() {
    return dragging.getReadOnlyProperty();
  }

  /** Id of the measurement that keys work on; null for none. */
  public ObjectProperty<String> selectedProperty() {
    return selected;
  }

  /** All measurements, older ones first. */
  public List<Measurement> all() {
    return content.get().measurements();
  }

  /** The selected measurement; null for none. */
  public Measurement selected() {
    return all().stream().filter(m -> m.id().equals(selected.get())).findFirst().orElse(null);
  }

  /** Adds a measurement and selects it. */
  public void add(Measurement m) {
    change(
        c -> {
          List<Measurement> next = new ArrayList<>(c.measurements());
          next.add(m);
          return new Content(next, c.keyImages());
        });
    selected.set(m.id());
  }

  /** Puts a measurement in the place of its older self. */
  public void replace(Measurement m) {
    change(c -> replaced(c, m));
  }

  /** As {@link #replace}, as a step of a drag: all steps until {@link #dropped} are one change. */
  public void drag(Measurement m) {
    if (!dragging.get()) {
      remember();
      dragging.set(true);
    }
    content.set(replaced(content.get(), m));
  }

  /** Ends a drag. */
  public void dropped() {
    dragging.set(false);
  }

  private static Content replaced(Content c, Measurement m) {
    return new Content(
        c.measurements().stream().map(o -> o.id().equals(m.id()) ? m : o).toList(), c.keyImages());
  }

  /** Removes the selected measurement; false when none is selected. */
  public boolean removeSelected() {
    Measurement m = selected();
    if (m == null) {
      return false;
    }
    change(
        c ->
            new Content(
                c.measurements().stream().filter(o -> !o.id().equals(m.id())).toList(),
                c.keyImages()));
    selected.set(null);
    return true;
  }

  /** Marks a slice as a key image, or takes the mark away. */
  public void toggleKeyImage(String instanceId) {
    change(
        c -> {
          List<String> next = new ArrayList<>(c.keyImages());
          if (!next.remove(instanceId)) {
            next.add(instanceId);
          }
          return new Content(c.measurements(), next);
        });
  }

  private void change(UnaryOperator<Content> to) {
    remember();
    content.set(to.apply(content.get()));
    dragging.set(false);
  }

  /** What is there now can be gone back to. */
  private void remember() {
    before.push(content.get());
    if (before.size() > STEPS) {
      before.removeLast();
    }
    after.clear();
  }

  /** Goes back by one change; false when there is none. */
  public boolean undo() {
    return step(before, after);
  }

  /** Takes an undone change up again; false when there is none. */
  public boolean redo() {
    return step(after, before);
  }

  private boolean step(Deque<Content> from, Deque<Content> to) {
    boolean any = !from.isEmpty();
    if (any) {
      to.push(content.get());
      content.set(from.pop());
    }
    dragging.set(false);
    return any;
  }

  /** Starts anew with what was kept of a study; nothing of it can be undone. */
  public void reset(Content kept) {
    before.clear();
    after.clear();
    selected.set(null);
    content.set(kept);
    dragging.set(false);
  }
}
