package org.loupe.viewer.viewport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.loupe.image.Image2;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.View;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** What a pane does with results that come in any order; the test plays the inference thread. */
class SrLayerTest {

  /** Keeps requests for the test to answer. */
  private static final class Desk implements SrService {
    record Asked(SrScheduler.Request request, SrScheduler.Listener listener) {}

    final List<Asked> asked = new ArrayList<>();
    int cancelled;

    @Override
    public void request(Object owner, SrScheduler.Request request, SrScheduler.Listener listener) {
      asked.add(new Asked(request, listener));
    }

    @Override
    public void expect(Object owner, List<SrScheduler.Upcoming> slices) {
      throw new AssertionError("the layer expects nothing, its pane does");
    }

    @Override
    public void cancel(Object owner) {
      cancelled++;
    }

    @Override
    public ReadOnlyObjectProperty<ModelInfo> model() {
      return new ReadOnlyObjectWrapper<ModelInfo>().getReadOnlyProperty();
    }
  }

  private Desk desk;
  private SrLayer layer;

  @BeforeAll
  static void toolkit() throws Exception {
    FxToolkit.registerPrimaryStage();
  }

  @BeforeEach
  void layer() {
    desk = new Desk();
    layer = onFx(() -> new SrLayer(desk, () -> {}));
  }

  private static <T> T onFx(Callable<T> action) {
    return WaitForAsyncUtils.waitForAsyncFx(5000, action);
  }

  private static View view(int x, double step) {
    return new View(step, step, x, 0, 100, 50);
  }

  private void want(String slice, View view, boolean ask) {
    onFx(
        () -> {
          layer.want(new SrWanted(slice, () -> null, view, 50, 25, true), ask);
          return null;
        });
  }

  private Desk.Asked asked(int number) throws Exception {
    WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> desk.asked.size() >= number));
    return desk.asked.get(number - 1);
  }

  private static SrScheduler.Tile tile(int x, double step, float value, boolean cached) {
    View area = new View(step, step, x, 0, 50, 50);
    float[] v = new float[2500];
    java.util.Arrays.fill(v, value);
    float[] e = new float[2500];
    java.util.Arrays.fill(e, value / 10);
    return new SrScheduler.Tile(area, new Image2(v, 50, 50), new Image2(e, 50, 50), cached);
  }

  /** Answers as the inference thread does, and lets the FX thread take it. */
  private void answer(Runnable calls) {
    calls.run();
    WaitForAsyncUtils.waitForFxEvents();
  }

  private float value(int x) {
    return onFx(() -> layer.valueAt(x, 10));
  }

  private SrStatus.Phase phase() {
    return onFx(() -> layer.status().phase());
  }

  @Test
  void tilesArriveAndTheViewIsResolved() throws Exception {
    want("a", view(0, 0.5), true);
    assertEquals(SrStatus.Phase.RUNNING, phase());
    SrScheduler.Listener l = asked(1).listener();
    answer(() -> l.tile(tile(0, 0.5, 7, true)));
    assertEquals(0.5, onFx(() -> layer.status().progress()), 1e-9);
    assertEquals(7, value(10));
    assertTrue(Float.isNaN(value(60)));
    answer(
        () -> {
          l.tile(tile(50, 0.5, 8, true));
          l.finished(1, 2);
        });
    assertEquals(SrStatus.Phase.DONE, phase());
    assertEquals(1, onFx(() -> layer.patches(System.nanoTime()).get(0).opacity()));
  }

  /** The original was chosen while the view settled, or while its tiles came. */
  @Test
  void whatIsNoLongerAskedForIsNotOnItsWay() throws Exception {
    want("a", view(0, 0.5), true);
    want("a", view(0, 0.5), false);
    assertEquals(SrStatus.Phase.OFF, phase());

    want("a", view(0, 0.5), true);
    SrScheduler.Listener l = asked(1).listener();
    want("a", view(20, 0.5), true);
    want("a", view(20, 0.5), false);
    assertEquals(SrStatus.Phase.RUNNING, phase());
    answer(
        () -> {
          l.tile(tile(0, 0.5, 7, true));
          l.tile(tile(50, 0.5, 8, true));
          l.finished(1, 2);
        });
    assertEquals(SrStatus.Phase.OFF, phase());
    assertEquals(1, desk.asked.size());

    want("a", view(0, 0.5), true);
    assertEquals(SrStatus.Phase.DONE, phase());
  }

  @Test
  void aNewTileFadesInAndACachedOneIsThereAtOnce() throws Exception {
    want("a", view(0, 0.5), true);
    SrScheduler.Listener l = asked(1).listener();
    answer(() -> l.tile(tile(0, 0.5, 7, false)));
    long born = System.nanoTime();
    assertTrue(onFx(() -> layer.patches(born - 100_000_000).get(0).opacity()) < 1);
    assertEquals(1, onFx(() -> layer.patches(born + 1_000_000_000).get(0).opacity()));
  }

  @Test
  void aTileOfASliceThatWasLeftIsDropped() throws Exception {
    want("a", view(0, 0.5), true);
    SrScheduler.Listener old = asked(1).listener();
    want("b", view(0, 0.5), true);
    assertEquals(2, onFx(() -> desk.cancelled));
    answer(
        () -> {
          old.tile(tile(0, 0.5, 7, true));
          old.prepared(new SlicePrior(null, null, null, 1, 1));
          old.finished(1, 2);
        });
    assertTrue(Float.isNaN(value(10)));
    assertNull(onFx(() -> layer.prior()));
    assertEquals(SrStatus.Phase.RUNNING, phase());
    SrScheduler.Listener now = asked(2).listener();
    answer(() -> now.tile(tile(0, 0.5, 9, true)));
    assertEquals(9, value(10));
  }

  @Test
  void aTileOfAZoomThatWasLeftIsDropped() throws Exception {
    want("a", view(0, 0.5), true);
    SrScheduler.Listener old = asked(1).listener();
    want("a", view(0, 0.4), true);
    answer(() -> old.tile(tile(0, 0.5, 7, true)));
    assertTrue(Float.isNaN(value(10)));
  }

  @Test
  void aPanKeepsItsTilesAndAsksOnce() throws Exception {
    want("a", view(0, 0.5), true);
    SrScheduler.Listener l = asked(1).listener();
    answer(
        () -> {
          l.tile(tile(0, 0.5, 7, true));
          l.tile(tile(50, 0.5, 8, true));
          l.finished(1, 2);
        });
    for (int x = 1; x <= 30; x++) {
      want("a", view(x, 0.5), true);
    }
    assertEquals(7, value(40));
    assertEquals(SrStatus.Phase.RUNNING, phase());
    Desk.Asked second = asked(2);
    assertEquals(30, second.request().view().x());
    // A result of the first request is still of this lattice, but it is not the end.
    answer(() -> l.finished(1, 2));
    assertEquals(SrStatus.Phase.RUNNING, phase());
    answer(() -> second.listener().finished(1, 2));
    assertEquals(SrStatus.Phase.DONE, phase());
    assertEquals(2, onFx(() -> desk.asked.size()));
  }

  @Test
  void theSameViewIsNotAskedForAgain() throws Exception {
    want("a", view(0, 0.5), true);
    asked(1);
    want("a", view(0, 0.5), true);
    want("b", view(0, 0.5), true);
    asked(2);
    assertEquals("b", desk.asked.get(1).request().sliceKey());
    assertEquals(2, onFx(() -> desk.asked.size()));
  }

  @Test
  void aFailureIsSaidAndCanBeTriedAgain() throws Exception {
    want("a", view(0, 0.5), true);
    Desk.Asked first = asked(1);
    answer(() -> first.listener().failed("no model"));
    assertEquals(SrStatus.Phase.FAILED, phase());
    assertEquals("no model", onFx(() -> layer.status().message()));
    want("a", view(0, 0.5), true);
    assertEquals(SrStatus.Phase.FAILED, phase());
    onFx(
        () -> {
          layer.retry();
          return null;
        });
    assertEquals(SrStatus.Phase.RUNNING, phase());
    asked(2);
  }

  @Test
  void thePriorOfTheSliceIsKeptOverZooms() throws Exception {
    want("a", view(0, 0.5), true);
    SlicePrior prior = new SlicePrior(null, null, null, 1, 1);
    SrScheduler.Listener l = asked(1).listener();
    answer(() -> l.prepared(prior));
    assertSame(prior, onFx(() -> layer.prior()));
    want("a", view(0, 0.3), true);
    assertSame(prior, onFx(() -> layer.prior()));
  }

  @Test
  void nothingIsAskedWhileTheOriginalIsShown() {
    want("a", view(0, 0.5), false);
    assertEquals(SrStatus.Phase.OFF, phase());
    assertEquals(0, onFx(() -> desk.asked.size()));
    want("a", view(0, 0.5), true);
    assertEquals(SrStatus.Phase.RUNNING, phase());
  }

  /** Prepares slice "a" and lets one view of it be decoded, fast. */
  private void prepared() throws Exception {
    prepared(0.5, 20);
  }

  /** Prepares slice "a" and lets one view of it be decoded within a time. */
  private void prepared(double step, double decodeMillis) throws Exception {
    want("a", big(0, step), true);
    SrScheduler.Listener l = asked(1).listener();
    answer(
        () -> {
          l.prepared(new SlicePrior(null, null, null, 1, 1));
          l.tile(bigTile(step, 7));
          l.finished(1, decodeMillis);
        });
  }

  /** Answers a request for a view of a zoom. */
  private void decoded(Desk.Asked view, double step, float value) {
    answer(
        () -> {
          view.listener().tile(bigTile(step, value));
          view.listener().finished(0, 20);
        });
  }

  private static View big(int x, double step) {
    return new View(step, step, x, 0, 200, 100);
  }

  private static SrScheduler.Tile bigTile(double step, float value) {
    float[] v = new float[20_000];
    java.util.Arrays.fill(v, value);
    Image2 image = new Image2(v, 200, 100);
    return new SrScheduler.Tile(big(0, step), image, image, false);
  }

  @Test
  void onAPreparedSliceAZoomIsFollowedLive() throws Exception {
    prepared();
    assertTrue(onFx(() -> layer.live()));
    want("a", big(0, 0.45), true);
    // Asked at once, and meanwhile the pixels of the zoom before are carried over.
    assertEquals(2, onFx(() -> desk.asked.size()));
    assertTrue(onFx(() -> layer.carries()));
    Patch carried = onFx(() -> layer.carried(false));
    assertEquals(7, carried.values().at(50, 50), 1e-3);
    assertNull(carried.expectedError());
    assertEquals(7, onFx(() -> layer.carried(true)).expectedError().at(50, 50), 1e-3);
    // The gesture goes on: one view of it is asked for in one piece, and others when it has come.
    want("a", big(0, 0.42), true);
    want("a", big(0, 0.4), true);
    assertEquals(3, onFx(() -> desk.asked.size()));
    Desk.Asked third = desk.asked.get(2);
    assertTrue(third.request().whole());
    assertEquals(big(0, 0.42), third.request().view());
    decoded(third, 0.42, 9);
    assertEquals(9, onFx(() -> layer.carried(false)).values().at(50, 50), 1e-3);
    assertTrue(onFx(() -> layer.covers(System.nanoTime())));
    assertEquals(SrStatus.Phase.RUNNING, phase());
    assertEquals(4, onFx(() -> desk.asked.size()));
    Desk.Asked fourth = desk.asked.get(3);
    assertEquals(0.4, fourth.request().view().columnStep());
    // The zoom has come to rest, and the view is as fine as the screen: it is the end.
    decoded(fourth, 0.4, 11);
    assertEquals(SrStatus.Phase.DONE, phase());
    assertEquals(11, value(10));
    assertEquals(4, onFx(() -> desk.asked.size()));
  }

  @Test
  void aMachineThatIsNotFastEnoughFollowsOnACoarserLattice() throws Exception {
    // 110 ms for the view: twice as many pixels as there is time for.
    prepared(0.2, 110);
    want("a", big(3, 0.19), true);
    want("a", big(3, 0.18), true);
    Desk.Asked coarse = desk.asked.get(2);
    View view = coarse.request().view();
    double step = view.columnStep() / 0.18;
    assertEquals(Math.sqrt(110 / 50.0), step, 1e-9);
    // All of the screen lies within it.
    assertTrue(view.x() * step <= 3 && (view.x() + view.width() - 1) * step >= 202);
    assertTrue((view.y() + view.height() - 1) * step >= 99);
    float[] values = new float[view.width() * view.height()];
    java.util.Arrays.fill(values, 9);
    Image2 image = new Image2(values, view.width(), view.height());
    answer(
        () -> {
          coarse.listener().tile(new SrScheduler.Tile(view, image, image, false));
          coarse.listener().finished(0, 50);
        });
    assertTrue(onFx(() -> layer.covers(System.nanoTime())));
    assertEquals(9, onFx(() -> layer.carried(false)).values().at(100, 50), 1e-3);
    // At rest the tiles of the screen's own lattice take its place.
    assertEquals(SrStatus.Phase.RUNNING, phase());
    Desk.Asked fine = desk.asked.get(3);
    assertFalse(fine.request().whole());
    assertEquals(big(3, 0.18), fine.request().view());
  }

  @Test
  void aGestureNeverHasFewerThanTwoPixelsPerStoredOne() {
    SrPace pace = new SrPace();
    assertFalse(pace.follows(big(0, 0.5)));
    pace.measured(250, 20_000);
    assertEquals(1, pace.coarseness(big(0, 0.5)));
    assertEquals(2, pace.coarseness(big(0, 0.25)));
    assertEquals(Math.sqrt(5), pace.coarseness(big(0, 0.1)), 1e-9);
    assertTrue(pace.follows(big(0, 0.5)));
    pace.measured(2000, 20_000);
    assertFalse(pace.follows(big(0, 0.5)));
    assertTrue(pace.follows(big(0, 0.25)));
  }

  @Test
  void whoGoesToTheOriginalEndsTheFollowing() throws Exception {
    prepared();
    want("a", big(0, 0.45), true);
    want("a", big(0, 0.42), true);
    want("a", big(0, 0.4), false);
    Desk.Asked view = desk.asked.get(2);
    decoded(view, 0.42, 9);
    assertEquals(3, onFx(() -> desk.asked.size()));
  }

  @Test
  void aSlowMachineWaitsForTheGestureToEnd() throws Exception {
    prepared(0.5, 2000);
    want("a", big(0, 0.45), true);
    assertEquals(1, onFx(() -> desk.asked.size()));
    assertTrue(onFx(() -> layer.carries()));
    assertEquals(0.45, asked(2).request().view().columnStep());
  }

  /** The view of a zoom lies under the tiles that a pan from there asked for. */
  @Test
  void tilesThatOverlapAreOneView() throws Exception {
    prepared();
    want("a", big(0, 0.45), true);
    want("a", big(0, 0.42), true);
    want("a", big(0, 0.4), true);
    decoded(desk.asked.get(2), 0.42, 9);
    decoded(desk.asked.get(3), 0.4, 11);
    want("a", big(20, 0.4), true);
    SrScheduler.Listener l = asked(5).listener();
    Image2 tile = new Image2(128, 100);
    answer(
        () -> {
          l.tile(new SrScheduler.Tile(new View(0.4, 0.4, 128, 0, 128, 100), tile, tile, false));
          l.finished(0, 20);
        });
    assertEquals(SrStatus.Phase.DONE, phase());
    Assembled whole = onFx(() -> layer.assembled());
    assertEquals(big(20, 0.4), whole.view());
    assertEquals(11, whole.values().at(100, 50));
    assertEquals(0, whole.values().at(150, 50));
  }

  @Test
  void aViewThatLacksAPartIsNotWhole() {
    TileSet tiles = new TileSet();
    Image2 image = new Image2(100, 100);
    tiles.put(new View(1, 1, 0, 0, 100, 100), image, image, 0);
    tiles.put(new View(1, 1, 50, 0, 100, 100), image, image, 0);
    assertNull(Assembled.of(new View(1, 1, 0, 0, 200, 100), tiles));
  }

  @Test
  void nothingIsCarriedOverToAnotherSlice() throws Exception {
    prepared();
    want("b", big(0, 0.5), true);
    assertTrue(onFx(() -> layer.patches(System.nanoTime()).isEmpty()));
    assertNull(onFx(() -> layer.carried(false)));
    assertFalse(onFx(() -> layer.covers(System.nanoTime())));
  }

  @Test
  void theExpectedErrorIsReadWithTheValue() throws Exception {
    want("a", view(0, 0.5), true);
    SrScheduler.Listener l = asked(1).listener();
    answer(() -> l.tile(tile(0, 0.5, 7, true)));
    assertEquals(0.7, onFx(() -> layer.errorAt(10, 10)), 1e-6);
    assertTrue(Float.isNaN(onFx(() -> layer.errorAt(60, 10))));
  }
}
