package org.loupe.viewer.viewport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.util.Duration;
import org.loupe.image.Image2;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.View;

/**
 * The super-resolved tiles of one pane. Lives on the FX thread.
 *
 * <p>Tiles belong to one {@link Lattice}: a slice (with its reference) at one pixel size. While it
 * stays, panning keeps what is there and asks only for what is missing; when it changes, everything
 * is dropped and the request cancelled. A result that comes late is compared with the lattice of
 * that moment and dropped when it is another, so a tile of a slice that has been left is never
 * shown. Requests wait until the view has been still for {@link #SETTLE}, so that a turn of the
 * wheel asks once.
 */
final class SrLayer {

  static final Duration SETTLE = Duration.millis(100);

  private static final long FADE_NANOS = 150_000_000L;

  /**
   * What the pane wants super-resolved.
   *
   * @param sliceKey identity of slice, reference and prior
   * @param input the slice's pixels, computed when needed, on the inference thread
   * @param view the visible output pixels that lie on the slice
   * @param focusX where the user looks, pixels of the view
   * @param focusY where the user looks, pixels of the view
   * @param active whether the user works in this pane
   */
  record Wanted(
      String sliceKey,
      Supplier<SliceInput> input,
      View view,
      double focusX,
      double focusY,
      boolean active) {

    Lattice lattice() {
      return new Lattice(sliceKey, view.columnStep(), view.rowStep());
    }
  }

  /** What tiles must share to be shown together. */
  record Lattice(String sliceKey, double columnStep, double rowStep) {}

  /**
   * @param born when it first arrived, {@link System#nanoTime()}; 0 to be shown at once
   */
  private record Arrived(Image2 values, long born) {}

  private final SrService service;
  private final Runnable changed;
  private final PauseTransition settle = new PauseTransition(SETTLE);
  private final Map<View, Arrived> tiles = new LinkedHashMap<>();

  private Wanted wanted;

  /** The view of the newest request; null when none has been made on this lattice. */
  private View requested;

  /** Rising number of the newest request: older ones can neither finish nor fail. */
  private long number;

  private SlicePrior prior;
  private String priorKey = "";
  private SrStatus status = SrStatus.NONE;

  /**
   * @param changed called on the FX thread when the pane should be painted again
   */
  SrLayer(SrService service, Runnable changed) {
    this.service = service;
    this.changed = changed;
    settle.setOnFinished(e -> submit());
  }

  /**
   * Follows the pane.
   *
   * @param next what could be super-resolved; null for nothing
   * @param ask whether to have it computed; otherwise what is there stays, and no more is asked for
   */
  void want(Wanted next, boolean ask) {
    Wanted before = wanted;
    wanted = next;
    if (next == null) {
      if (before != null) {
        drop();
        status = SrStatus.NONE;
      }
      return;
    }
    if (before == null || !before.lattice().equals(next.lattice())) {
      drop();
      status = SrStatus.NONE;
    }
    if (!ask || (requested != null && contains(requested, next.view()))) {
      settle.stop();
      return;
    }
    boolean moved = before == null || !before.view().equals(next.view());
    boolean waiting = settle.getStatus() == Animation.Status.RUNNING;
    boolean failed = status.phase() == SrStatus.Phase.FAILED;
    if (moved || (!waiting && !failed)) {
      running();
      settle.playFromStart();
    }
  }

  /** Asks again for what is wanted, after a failure. */
  void retry() {
    if (wanted != null) {
      running();
      submit();
    }
  }

  private void drop() {
    settle.stop();
    service.cancel(this);
    number++;
    requested = null;
    tiles.clear();
  }

  private void submit() {
    View view = wanted.view();
    tiles.keySet().removeIf(area -> overlap(area, view) == 0);
    requested = view;
    service.request(
        this,
        new SrScheduler.Request(
            wanted.sliceKey(),
            wanted.input(),
            view,
            wanted.focusX(),
            wanted.focusY(),
            wanted.active()),
        new Hop(wanted.lattice(), ++number));
  }

  SrStatus status() {
    return status;
  }

  /** Tissue probabilities that guided the wanted slice; null when there are none yet. */
  SlicePrior prior() {
    return wanted != null && wanted.sliceKey().equals(priorKey) ? prior : null;
  }

  /** Whether a tile is still fading in. */
  boolean fading(long now) {
    for (Arrived a : tiles.values()) {
      if (opacity(a, now) < 1) {
        return true;
      }
    }
    return false;
  }

  /** The tiles as they are at a moment of {@link System#nanoTime()}. */
  List<Patch> patches(long now) {
    List<Patch> out = new ArrayList<>(tiles.size());
    tiles.forEach((area, a) -> out.add(new Patch(area, a.values(), opacity(a, now))));
    return out;
  }

  /** The super-resolved value at an output pixel of the lattice; NaN where there is none yet. */
  float valueAt(int x, int y) {
    for (Map.Entry<View, Arrived> e : tiles.entrySet()) {
      View t = e.getKey();
      int c = x - t.x();
      int r = y - t.y();
      if (c >= 0 && c < t.width() && r >= 0 && r < t.height()) {
        return e.getValue().values().at(c, r);
      }
    }
    return Float.NaN;
  }

  private static float opacity(Arrived a, long now) {
    return a.born() == 0 ? 1 : Math.clamp((now - a.born()) / (float) FADE_NANOS, 0f, 1f);
  }

  private void running() {
    status = new SrStatus(SrStatus.Phase.RUNNING, covered(), "");
  }

  private double covered() {
    View view = wanted.view();
    long sum = 0;
    for (View area : tiles.keySet()) {
      sum += overlap(area, view);
    }
    return Math.min(1, sum / ((double) view.width() * view.height()));
  }

  private static boolean contains(View outer, View inner) {
    return overlap(outer, inner) == (long) inner.width() * inner.height();
  }

  /** Pixels that two views of one lattice share. */
  private static long overlap(View a, View b) {
    long w = Math.min(a.x() + a.width(), b.x() + b.width()) - (long) Math.max(a.x(), b.x());
    long h = Math.min(a.y() + a.height(), b.y() + b.height()) - (long) Math.max(a.y(), b.y());
    return w > 0 && h > 0 ? w * h : 0;
  }

  /** One request's way back to the FX thread. */
  private final class Hop implements SrScheduler.Listener {
    private final Lattice lattice;
    private final long mine;

    Hop(Lattice lattice, long mine) {
      this.lattice = lattice;
      this.mine = mine;
    }

    @Override
    public void started() {
      // The phase says so since the request was made.
    }

    @Override
    public void prepared(SlicePrior newPrior) {
      onLattice(
          () -> {
            prior = newPrior;
            priorKey = lattice.sliceKey();
          });
    }

    @Override
    public void tile(SrScheduler.Tile tile) {
      onLattice(
          () -> {
            Arrived there = tiles.remove(tile.area());
            long born = tile.cached() || there != null ? 0 : System.nanoTime();
            tiles.put(tile.area(), new Arrived(tile.values(), born));
            if (status.phase() == SrStatus.Phase.RUNNING) {
              running();
            }
          });
    }

    @Override
    public void finished(double prepareMillis, double decodeMillis) {
      ifNewest(() -> status = new SrStatus(SrStatus.Phase.DONE, 1, ""));
    }

    @Override
    public void failed(String message) {
      ifNewest(
          () -> {
            requested = null;
            status = new SrStatus(SrStatus.Phase.FAILED, 0, Objects.toString(message, ""));
          });
    }

    private void onLattice(Runnable commit) {
      Platform.runLater(
          () -> {
            if (wanted != null && lattice.equals(wanted.lattice())) {
              commit.run();
              changed.run();
            }
          });
    }

    private void ifNewest(Runnable commit) {
      Platform.runLater(
          () -> {
            // While a newer request waits for the view to settle, the older one is not the end.
            if (mine == number && requested != null && contains(requested, wanted.view())) {
              commit.run();
              changed.run();
            }
          });
    }
  }
}
