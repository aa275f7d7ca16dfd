package org.loupe.viewer.viewport;

import java.util.List;
import java.util.Objects;
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
 * a gesture live: one is in progress at any time, and when it ends the next one is made for the
 * view of that moment. The last complete view is carried over to each new lattice ({@link
 * Assembled}) until its own tiles are there.
 */
final class SrLayer {

  static final Duration SETTLE = Duration.millis(100);

  /** A request that goes on for a lattice that has been left, so that a zoom can be followed. */
  private record Following(long number, View view, TileSet tiles) {}

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

  private Assembled carried;

  /** The carried view on the lattice of {@link #carriedTo}. */
  private Patch carriedPatch;

  private View carriedTo;
  private Following following;
  private Runnable completed = () -> {};

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
    if (!ask || (requested != null && TileSet.contains(requested, next.view()))) {
      settle.stop();
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

  /** Whether requests follow a gesture rather than wait for its end. */
  boolean live() {
    return wanted != null
        && wanted.sliceKey().equals(priorKey)
        && pace.follows((long) wanted.view().width() * wanted.view().height());
  }

  /**
   * Leaves a zoom for another one of the same slice.
   *
   * @param live whether a request that has begun may end, to be carried over
   */
  private void leave(boolean live) {
    boolean busy = status.phase() == SrStatus.Phase.RUNNING && requested != null;
    if (!busy && requested != null) {
      carry(Assembled.of(requested, tiles));
    }
    if (live && (busy || following != null)) {
      if (busy) {
        following = new Following(number, requested, tiles.copy());
      }
    } else {
      service.cancel(this);
      number++;
      decoded = -1;
      following = null;
    }
    requested = null;
    settle.stop();
    tiles.clear();
    status = SrStatus.NONE;
  }

  private void carry(Assembled next) {
    if (next != null) {
      carried = next;
      carriedTo = null;
    }
  }

  /** Asks at once, unless a request is in progress: its end asks for the next. */
  private void follow() {
    boolean busy = following != null || (requested != null && decoded >= 0);
    if (!busy) {
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
    carried = null;
    tiles.clear();
  }

  private void submit() {
    View view = wanted.view();
    following = null;
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

  SrStatus status() {
    return status;
  }

  /**
   * @param action run on the FX thread whenever a view has been computed
   */
  void setOnCompleted(Runnable action) {
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
    if (carried == null || wanted == null || status.phase() == SrStatus.Phase.DONE) {
      return null;
    }
    boolean stale = !wanted.view().equals(carriedTo);
    boolean lacking = errors && carriedPatch != null && carriedPatch.expectedError() == null;
    if (stale || lacking) {
      carriedTo = wanted.view();
      carriedPatch = carried.onto(carriedTo, errors, carriedPatch);
    }
    return carriedPatch;
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
          },
          () -> {});
    }

    @Override
    public void tile(SrScheduler.Tile tile) {
      onLattice(
          () -> {
            // Over carried pixels a tile comes at once: fading would show what lies below.
            long born = tile.cached() || carried != null ? 0 : System.nanoTime();
            tiles.put(tile.area(), tile.values(), tile.expectedError(), born);
            count(tile);
            if (status.phase() == SrStatus.Phase.RUNNING) {
              running();
            }
          },
          () -> {
            if (following != null && following.number() == mine) {
              following.tiles().put(tile.area(), tile.values(), tile.expectedError(), 0);
              count(tile);
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
              completed.run();
            }
          });
      ifNewest(() -> status = new SrStatus(SrStatus.Phase.DONE, 1, ""));
      Platform.runLater(this::goOn);
    }

    /** Where the view has moved on meanwhile: carries over what was made, and asks again. */
    private void goOn() {
      if (following != null && following.number() == mine) {
        carry(Assembled.of(following.view(), following.tiles()));
        following = null;
        changed.run();
      }
      if (mine == number && status.phase() == SrStatus.Phase.RUNNING && live()) {
        submit();
      }
    }

    @Override
    public void failed(String message) {
      Platform.runLater(
          () -> {
            if (following != null && following.number() == mine) {
              // The view of now is asked for by itself, and fails where this one did.
              following = null;
              submit();
            }
          });
      ifNewest(
          () -> {
            decoded = -1;
            requested = null;
            status = new SrStatus(SrStatus.Phase.FAILED, 0, Objects.toString(message, ""));
          });
    }

    /**
     * @param left done where the lattice has been left
     */
    private void onLattice(Runnable commit, Runnable left) {
      Platform.runLater(
          () -> {
            if (wanted != null && lattice.equals(wanted.lattice())) {
              commit.run();
              changed.run();
            } else {
              left.run();
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
