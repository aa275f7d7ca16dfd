package org.loupe.viewer.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.loupe.study.Problem;
import org.loupe.study.SegmentationOverlay;
import org.loupe.study.SegmentationOverlay.Extent;
import org.loupe.study.SegmentationOverlay.Segment;
import org.loupe.study.Series;
import org.loupe.threads.Background;

/**
 * The segmentations that are open, and which of their segments are to be seen. FX thread, but for
 * what it runs in the background.
 */
public final class Segmentations implements AutoCloseable {

  /**
   * A segment of a segmentation.
   *
   * @param of the segmentation
   */
  public record Item(SegmentationOverlay of, Segment segment) {

    /** What the segmentation and the segment are known by. */
    private List<Object> key() {
      return List.of(of.instanceUid(), segment.number());
    }
  }

  private final ExecutorService pictures = Background.single("segments");
  private final ExecutorService measuring = Background.single("segment-volumes");

  private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown", true);
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");
  private final Consumer<Problem> failed;

  /** In the order in which they were opened. */
  private final List<SegmentationOverlay> open = new ArrayList<>();

  /** Keys of segments that the user does not want to see. */
  private final Set<List<Object>> hidden = new HashSet<>();

  /** Segmentations of which something cannot be read: shown in part they would mislead. */
  private final Set<SegmentationOverlay> broken = new HashSet<>();

  private final Map<SegmentationOverlay, Map<Integer, Extent>> extents = new HashMap<>();

  /** Rises when everything is closed: measuring stops. */
  private final AtomicInteger generation = new AtomicInteger();

  /**
   * @param failed hears why a segmentation cannot be shown, once
   */
  public Segmentations(Consumer<Problem> failed) {
    this.failed = failed;
    shown.subscribe(on -> changed());
  }

  /**
   * Takes what has been opened, and shows it; one that is open already takes the place of its older
   * self.
   */
  public void add(List<SegmentationOverlay> found) {
    if (found.isEmpty()) {
      return;
    }
    for (SegmentationOverlay each : found) {
      open.removeIf(o -> o.instanceUid().equals(each.instanceUid()));
      open.add(each);
      measure(each);
    }
    shown.set(true);
    changed();
  }

  /** Forgets all. */
  public void clear() {
    generation.incrementAndGet();
    open.clear();
    hidden.clear();
    broken.clear();
    extents.clear();
    changed();
  }

  private void measure(SegmentationOverlay each) {
    int now = generation.get();
    measuring.execute(
        () -> {
          try {
            Map<Integer, Extent> measured = each.measure(() -> now != generation.get());
            Platform.runLater(() -> measured(each, measured));
          } catch (CancellationException e) {
            // Nobody asks any more.
          } catch (IOException | RuntimeException | OutOfMemoryError e) {
            Platform.runLater(() -> fail(each, e));
          }
        });
  }

  private void measured(SegmentationOverlay each, Map<Integer, Extent> measured) {
    if (open.contains(each)) {
      extents.put(each, measured);
      changed();
    }
  }

  /** Says once what is wrong with a segmentation, and shows it no more. */
  void fail(SegmentationOverlay each, Throwable why) {
    if (open.contains(each) && broken.add(each)) {
      failed.accept(new Problem(each.source(), Problem.reason(why)));
      changed();
    }
  }

  /** Runs something in the background, after what was asked for before. */
  void later(Runnable work) {
    pictures.execute(work);
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /** The segmentations that are open and can be read. */
  public List<SegmentationOverlay> open() {
    return open.stream().filter(o -> !broken.contains(o)).toList();
  }

  /** The segments that are to be seen over a series. */
  List<Item> over(Series series) {
    if (!shown.get()) {
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (SegmentationOverlay each : open()) {
      if (each.liesOver(series)) {
        each.segments().stream().map(s -> new Item(each, s)).filter(this::isOn).forEach(items::add);
      }
    }
    return items;
  }

  /** Whether a segment is to be seen while segmentations are shown at all. */
  public boolean isOn(Item item) {
    return !hidden.contains(item.key());
  }

  /** Has segments seen, or not. */
  public void show(List<Item> items, boolean on) {
    for (Item item : items) {
      if (on) {
        hidden.remove(item.key());
      } else {
        hidden.add(item.key());
      }
    }
    changed();
  }

  /** How much of a segment there is; null until that is known. */
  public Extent extent(Item item) {
    return extents.getOrDefault(item.of(), Map.of()).get(item.segment().number());
  }

  /** Whether segmentations are shown in the panes. */
  public BooleanProperty shownProperty() {
    return shown;
  }

  /** Rises whenever what is to be seen, or known of it, changes. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** Ends background work. */
  @Override
  public void close() {
    generation.incrementAndGet();
    pictures.shutdownNow();
    measuring.shutdownNow();
  }
}
