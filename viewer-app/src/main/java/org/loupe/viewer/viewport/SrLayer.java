package org.loupe.viewer.viewport;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.util.Duration;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.View;

/**
 * The super-resolved tiles of one pane. Lives on the FX thread.
 *
 * <p>Tiles belong to one {@link SrWanted.Lattice}: a slice (with its reference) at one pixel size.
 * While it stays, panning keeps what is there and asks only for what is missing; when it changes,
 * everything is dropped and the request cancelled. A result that comes late is compared with the
 * lattice of that moment and dropped when it is another, so a tile of a slice that has been left is
 * never shown. Requests wait until the view has been still for {@link #SETTLE}, so that a turn of
 * the wheel asks once.
 *
 * <p>On a prepared slice, where the engine has proved fast enough ({@link SrPace}), requests follow
 * a zoom live: one is in progress at any time, for a whole view as fine as the machine keeps up
 * with ({@link Following}), and when it ends the next one is made for the view of that moment, or,
 * where the zoom has come to rest, for the tiles of the screen's own lattice. The last complete
 * view is carried over to each new lattice ({@link Assembled}) until its own tiles are there.
 */
final class SrLayer {

  static final Duration SETTLE = Duration.millis(100);

  private final SrService service;
  private final Runnable changed;
  private final PauseTransition settle = new PauseTransition(SETTLE);
  private final TileSet tiles = new TileSet();

  private SrWanted wanted;

  /** The view of the newest request; null when none has been made on this lattice. */
  private View requested;

  /** Rising number of the newest request: older ones can neither finish nor fail. */
  private long number;

  private final SrPace pace = new SrPace();

  /** Pixels decoded for the newest request, without those that were cached; -1 once it ended. */
  private long decoded = -1;

  private final Carried carried = new Carried();

  /** The view of a zoom that is being decoded; null for none. */
  private Following following;

  /** Whether the zoom has changed while a request for it was in progress. */
  private boolean zooming;

  /** Whether what is wanted is to be computed. */
  private boolean asking;

  private DoubleConsumer completed = detail -> {};

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
  void want(SrWanted next, boolean ask) {
    SrWanted before = wanted;
    wanted = next;
    asking = ask;
    if (next == null) {
      if (before != null) {
        drop();
        status = SrStatus.NONE;
      }
      return;
    }
    boolean moved = before == null || !before.view().equals(next.view());
    if (before == null || !before.sliceKey().equals(next.sliceKey())) {
      drop();
      status = SrStatus.NONE;
    } else if (!before.lattice().equals(next.lattice())) {
      leave(live() && ask);
    }
    boolean there = requested != null && TileSet.contains(requested, next.view());
    if (!ask || there) {
      settle.stop();
      if (!computing()) {
        rest(there);
      }
      return;
    }
    boolean waiting = settle.getStatus() == Animation.Status.RUNNING;
    boolean failed = status.phase() == SrStatus.Phase.FAILED;
    if (moved || (!waiting && !failed)) {
      running();
      if (live()) {
        settle.stop();
        follow();
      } else {
        settle.playFromStart();
      }
    }
  }

  private boolean computing() {
    return following != null || (requested != null && decoded >= 0);
  }

  /**
   * Nothing is on its way.
   *
   * @param there whether all that is wanted has come
   */
  private void rest(boolean there) {
    if (there) {
      status = SrStatus.ALL;
    } else if (status.phase() == SrStatus.Phase.RUNNING) {
      status = SrStatus.NONE;
    }
  }

  /** Identity of model, slice, reference and prior; empty where nothing is asked for. */
  String sliceKey() {
    return wanted == null ? "" : wanted.sliceKey();
  }

  /** Whether requests follow a gesture rather than wait for its end. */
  boolean live() {
    return wanted != null && wanted.sliceKey().equals(priorKey) && pace.follows(wanted.view());
  }

  /**
   * Leaves a zoom for another one of the same slice.
   *
   * @param live whether the zoom is to be followed
   */
  private void leave(boolean live) {
    boolean busy = requested != null && decoded >= 0;
    if (!busy && requested != null) {
      carried.set(Assembled.of(requested, tiles));
    }
    zooming = live && (busy || following != null);
    if (!zooming) {
      service.cancel(this);
      following = null;
    }
    number++;
    decoded = -1;
    requested = null;
    settle.stop();
    tiles.clear();
    status = SrStatus.NONE;
  }

  /** Asks at once, unless a request is in progress: its end asks for the next. */
  private void follow() {
    if (computing()) {
      return;
    }
    if (zooming) {
      submitView();
    } else {
      submit();
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
    decoded = -1;
    service.cancel(this);
    number++;
    requested = null;
    following = null;
    zooming = false;
    carried.clear();
    tiles.clear();
  }

  private void submit() {
    View view = wanted.view();
    following = null;
    zooming = false;
    decoded = 0;
    tiles.keep(view);
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

  /** Asks for the view of a zoom that goes on. */
  private void submitView() {
    Following mine = Following.of(wanted, pace.coarseness(wanted.view()));
    following = mine;
    service.request(
        this,
        new SrScheduler.Request(
            wanted.sliceKey(),
            wanted.input(),
            mine.decoded(),
            mine.detail() * wanted.focusX(),
            mine.detail() * wanted.focusY(),
            wanted.active(),
            /* whole= */ true),
        new FollowingListener((view, millis) -> followed(mine, view, millis), () -> lost(mine)));
  }

  /** A view of a zoom will not come: that of now is asked for by itself, and fails likewise. */
  private void lost(Following mine) {
    if (mine.equals(following)) {
      submit();
    }
  }

  /** A view of a zoom has come; the next one is asked for, or what the screen needs in the end. */
  private void followed(Following done, Assembled made, double millis) {
    if (!done.equals(following)) {
      return;
    }
    following = null;
    pace.measured(millis, done.pixels());
    carried.set(made);
    completed.accept(done.detail());
    boolean still = wanted.view().equals(done.seen());
    if (still && done.detail() == 1) {
      tiles.put(made.view(), made.values(), made.expectedError(), 0);
      requested = made.view();
      zooming = false;
      status = SrStatus.ALL;
    } else if (asking && !live()) {
      settle.playFromStart();
    } else if (asking) {
      zooming = wanted.view().columnStep() != done.seen().columnStep();
      follow();
    } else {
      rest(false);
    }
    changed.run();
  }

  SrStatus status() {
    return status;
  }

  /**
   * @param action hears on the FX thread whenever a view has been computed: of how many decoded
   *     pixels per device pixel along an axis, up to 1
   */
  void setOnCompleted(DoubleConsumer action) {
    completed = action;
  }

  /** Tissue probabilities that guided the wanted slice; null when there are none yet. */
  SlicePrior prior() {
    return wanted != null && wanted.sliceKey().equals(priorKey) ? prior : null;
  }

  /** Whether a tile is still fading in. */
  boolean fading(long now) {
    return tiles.fading(now);
  }

  /** The tiles as they are at a moment of {@link System#nanoTime()}. */
  List<Patch> patches(long now) {
    return tiles.patches(now);
  }

  /**
   * The view of another zoom that stands in for tiles to come, on the lattice of what is wanted.
   *
   * @param errors whether its expected error is needed; null otherwise
   * @return null where nothing is to be stood in for
   */
  Patch carried(boolean errors) {
    return wanted == null || status.phase() == SrStatus.Phase.DONE
        ? null
        : carried.patch(wanted.view(), errors);
  }

  /** All that is wanted in one piece; null while it is not there. */
  Assembled assembled() {
    return wanted == null || status.phase() != SrStatus.Phase.DONE
        ? null
        : Assembled.of(wanted.view(), tiles);
  }

  /** Whether all that is wanted is super-resolved and opaque, or stood in for. */
  boolean covers(long now) {
    if (status.phase() == SrStatus.Phase.DONE) {
      return !tiles.fading(now);
    }
    Patch under = carried(false);
    return under != null && TileSet.contains(under.area(), wanted.view());
  }

  /** Whether super-resolved pixels of another zoom stand in for those to come. */
  boolean carries() {
    return carried(false) != null;
  }

  /** The super-resolved value at an output pixel of the lattice; NaN where there is none yet. */
  float valueAt(int x, int y) {
    return tiles.at(x, y, false);
  }

  /** The expected error of an output pixel of the lattice; NaN where there is none yet. */
  float errorAt(int x, int y) {
    return tiles.at(x, y, true);
  }

  private void running() {
    status = new SrStatus(SrStatus.Phase.RUNNING, tiles.covered(wanted.view()), "");
  }

  /** One request's way back to the FX thread. */
  private final class Hop implements SrScheduler.Listener {
    private final SrWanted.Lattice lattice;
    private final long mine;

    Hop(SrWanted.Lattice lattice, long mine) {
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
            // Over carried pixels a tile comes at once: fading would show what lies below.
            long born = tile.cached() || !carried.isEmpty() ? 0 : System.nanoTime();
            tiles.put(tile.area(), tile.values(), tile.expectedError(), born);
            count(tile);
            if (status.phase() == SrStatus.Phase.RUNNING) {
              running();
            }
          });
    }

    private void count(SrScheduler.Tile tile) {
      if (mine == number && !tile.cached()) {
        decoded += (long) tile.area().width() * tile.area().height();
      }
    }

    @Override
    public void finished(double prepareMillis, double decodeMillis) {
      Platform.runLater(
          () -> {
            if (mine == number) {
              pace.measured(decodeMillis, decoded);
              decoded = -1;
              completed.accept(1);
            }
          });
      ifNewest(() -> status = SrStatus.ALL);
      Platform.runLater(this::goOn);
    }

    /** Where the view has moved on meanwhile: asks again, where that is still asked for. */
    private void goOn() {
      if (mine != number || status.phase() != SrStatus.Phase.RUNNING) {
        return;
      }
      if (!asking) {
        rest(false);
        changed.run();
      } else if (live()) {
        submit();
      }
    }

    @Override
    public void failed(String message) {
      ifNewest(
          () -> {
            decoded = -1;
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
            if (mine == number && requested != null && TileSet.contains(requested, wanted.view())) {
              commit.run();
              changed.run();
            }
          });
    }
  }
}
