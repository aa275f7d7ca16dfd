package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.sr.SrScheduler.Request;
import org.loupe.sr.SrScheduler.Tile;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SmallModel;

@Timeout(60)
class SrSchedulerTest {

  private static final double STEP = 0.125;
  private static final View VIEW = new View(STEP, STEP, 10, 20, 300, 250);

  @TempDir static Path folder;

  private static ModelPackage model;

  /** Requests of slice "held" wait in the inference thread until this opens. */
  private final CountDownLatch gate = new CountDownLatch(1);

  private final CountDownLatch atGate = new CountDownLatch(1);
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private SrScheduler scheduler;

  @BeforeAll
  static void write() throws IOException {
    model = SmallModel.write(folder);
  }

  @BeforeEach
  void start() {
    scheduler = new SrScheduler(() -> SuperResolver.open(model, DeviceChoice.CPU), 64 << 20);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    scheduler.close();
  }

  /** Hears a request; what it heard is read after {@link #await} of it or of a later one. */
  private class Recorder implements SrScheduler.Listener {
    final String name;
    final List<Tile> tiles = Collections.synchronizedList(new ArrayList<>());
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public void started() {
      heard.add("started");
      order.add(name);
    }

    @Override
    public void prepared(SlicePrior prior) {
      heard.add("prepared");
      assertNotNull(prior);
    }

    @Override
    public void tile(Tile tile) {
      tiles.add(tile);
    }

    @Override
    public void finished(double prepareMillis, double decodeMillis) {
      heard.add("finished");
      end.countDown();
    }

    @Override
    public void failed(String message) {
      heard.add("failed: " + message);
      end.countDown();
    }

    void await() throws InterruptedException {
      assertTrue(end.await(40, TimeUnit.SECONDS), name + " heard only " + heard);
    }
  }

  private Request request(String slice, View view, boolean active) {
    Supplier<SliceInput> input =
        () -> {
          if (slice.equals("held")) {
            atGate.countDown();
            awaitGate();
          }
          Image2 target = Fixtures.pattern(41, 41, 2);
          return new SliceInput(slice, target, null, null, null, null, 1, 1);
        };
    return new Request(slice, input, view, view.width() / 2.0, view.height() / 2.0, active);
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Recorder ask(Object owner, String name, Request request) {
    Recorder recorder = new Recorder(name);
    scheduler.request(owner, request, recorder);
    return recorder;
  }

  @Test
  void aWholeViewComesInOnePieceAndIsNotKept() throws Exception {
    Request tiled = request("a", VIEW, true);
    Recorder tiles = ask(this, "tiles", tiled);
    tiles.await();
    Request whole =
        new Request("a", tiled.input(), VIEW, tiled.focusX(), tiled.focusY(), true, true);
    for (int n = 0; n < 2; n++) {
      Recorder one = ask(this, "whole " + n, whole);
      one.await();
      assertEquals(1, one.tiles.size());
      Tile got = one.tiles.get(0);
      assertEquals(VIEW, got.area());
      assertFalse(got.cached());
      // The same pixels as tile by tile.
      for (Tile tile : tiles.tiles) {
        int x = Math.max(tile.area().x(), VIEW.x()) + 3;
        int y = Math.max(tile.area().y(), VIEW.y()) + 3;
        float expected = tile.values().at(x - tile.area().x(), y - tile.area().y());
        assertEquals(expected, got.values().at(x - VIEW.x(), y - VIEW.y()), 1e-4);
      }
    }
  }

  private static final View SMALL = new View(STEP, STEP, 130, 130, 20, 20);

  @Test
  void tilesCoverTheViewFromTheFocusOutwards() {
    Request request = new Request("s", () -> null, VIEW, 250, 40, true);
    List<View> tiles = SrScheduler.tiles(request, new Image2(41, 41));
    int covered = 0;
    double nearest = 0;
    for (View tile : tiles) {
      assertEquals(0, tile.x() % SrScheduler.TILE == 0 ? 0 : tile.x() + 4, "column " + tile);
      assertEquals(0, tile.y() % SrScheduler.TILE == 0 ? 0 : tile.y() + 4, "row " + tile);
      assertTrue(tile.width() <= SrScheduler.TILE && tile.height() <= SrScheduler.TILE);
      int width = Math.min(310, tile.x() + tile.width()) - Math.max(10, tile.x());
      int height = Math.min(270, tile.y() + tile.height()) - Math.max(20, tile.y());
      assertTrue(width > 0 && height > 0, "outside the view: " + tile);
      covered += width * height;
      double distance =
          Math.hypot(tile.x() + tile.width() / 2.0 - 260, tile.y() + tile.height() / 2.0 - 60);
      assertTrue(distance >= nearest, "nearer than the one before: " + tile);
      nearest = distance;
    }
    assertEquals(300 * 250, covered);
    assertEquals(9, tiles.size());
  }

  @Test
  void tilesStayWithinTheSlice() {
    View view = new View(0.5, 0.5, -500, -500, 2000, 2000);
    // Pixels reach half a target pixel beyond the outer centres: -0.5 to 40.5 in steps of 0.5.
    List<View> tiles =
        SrScheduler.tiles(new Request("s", () -> null, view, 0, 0, true), new Image2(41, 30));
    assertEquals(4, tiles.size());
    assertEquals(83 * 61, tiles.stream().mapToInt(t -> t.width() * t.height()).sum());
  }

  @Test
  void deliversEachTileOnceAndFromTheCacheLater() throws InterruptedException {
    Recorder first = ask(this, "first", request("s", VIEW, true));
    first.await();
    assertEquals(List.of("started", "prepared", "finished"), first.heard);
    assertEquals(9, first.tiles.size());
    assertTrue(first.tiles.stream().noneMatch(Tile::cached));

    Recorder again = ask(this, "again", request("s", VIEW, true));
    again.await();
    assertEquals(9, again.tiles.size());
    assertTrue(again.tiles.stream().allMatch(Tile::cached));
    assertEquals(
        first.tiles.stream().map(Tile::values).toList(),
        again.tiles.stream().map(Tile::values).toList());
  }

  @Test
  void afterAPanOnlyNewTilesAreDecoded() throws InterruptedException {
    View left = new View(STEP, STEP, 0, 0, 128, 256);
    View panned = new View(STEP, STEP, 128, 0, 128, 256);
    ask(this, "left", request("s", left, true)).await();
    Recorder wide = ask(this, "wide", request("s", new View(STEP, STEP, 0, 0, 256, 256), true));
    wide.await();
    assertEquals(4, wide.tiles.size());
    for (Tile tile : wide.tiles) {
      assertEquals(tile.area().x() < 128, tile.cached(), tile.area()::toString);
    }
    Recorder right = ask(this, "right", request("s", panned, true));
    right.await();
    assertTrue(right.tiles.stream().allMatch(Tile::cached));
  }

  @Test
  void tilesAreWhatTheEngineDecodes() throws Exception {
    Recorder recorder = ask(this, "tiles", request("s", SMALL, true));
    recorder.await();
    Tile tile = recorder.tiles.get(0);
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.CPU);
        SliceFeatures features = engine.prepare(request("s", SMALL, true).input().get())) {
      Image2 wanted = engine.decode(features, tile.area()).values();
      assertEquals(0, Fixtures.difference(wanted, tile.values()), 1e-5);
    }
  }

  @Test
  void aNewRequestReplacesTheOwnersOldOne() throws InterruptedException {
    Recorder old = ask(this, "old", request("held", VIEW, true));
    atGate.await();
    Recorder waiting = ask(this, "waiting", request("s", VIEW, true));
    Recorder last = ask(this, "last", request("s", SMALL, true));
    gate.countDown();
    last.await();
    assertEquals(List.of("started"), old.heard);
    assertEquals(List.of(), old.tiles);
    assertEquals(List.of(), waiting.heard);
    assertEquals(1, last.tiles.size());
  }

  @Test
  void nothingIsHeardOfACancelledRequest() throws InterruptedException {
    Recorder running = ask("a", "running", request("held", VIEW, true));
    atGate.await();
    Recorder waiting = ask("b", "waiting", request("s", VIEW, true));
    scheduler.cancel("a");
    scheduler.cancel("b");
    Recorder last = ask("c", "last", request("s", SMALL, true));
    gate.countDown();
    last.await();
    assertEquals(List.of("started"), running.heard);
    assertEquals(List.of(), waiting.heard);
  }

  @Test
  void nothingIsHeardOfAReplacedRequestThatFails() throws InterruptedException {
    Recorder old = new Recorder("old");
    Supplier<SliceInput> failing =
        () -> {
          atGate.countDown();
          awaitGate();
          throw new IllegalStateException("unreadable slice");
        };
    scheduler.request(this, new Request("x", failing, VIEW, 0, 0, true), old);
    atGate.await();
    Recorder last = ask(this, "last", request("s", SMALL, true));
    gate.countDown();
    last.await();
    assertEquals(List.of("started"), old.heard);
  }

  @Test
  void theLastTilesListenerMayCancel() throws InterruptedException {
    Recorder cancelling =
        new Recorder("cancelling") {
          @Override
          public void tile(Tile tile) {
            super.tile(tile);
            scheduler.cancel("a");
          }
        };
    scheduler.request("a", request("s", SMALL, true), cancelling);
    ask("b", "last", request("s", SMALL, false)).await();
    assertEquals(1, cancelling.tiles.size());
    assertEquals(List.of("started", "prepared"), cancelling.heard);
  }

  @Test
  void everyRequestHearsThatOpeningFailed() throws InterruptedException {
    scheduler.close();
    AtomicInteger calls = new AtomicInteger();
    scheduler =
        new SrScheduler(
            () -> {
              if (calls.incrementAndGet() <= 2) {
                throw new IOException("no weights " + calls.get());
              }
              return SuperResolver.open(model, DeviceChoice.CPU);
            },
            64 << 20);
    for (int i = 1; i <= 2; i++) {
      Recorder failed = ask(this, "failed", request("s", SMALL, true));
      failed.await();
      assertEquals(List.of("failed: no weights " + i), failed.heard);
    }
    Recorder fine = ask(this, "fine", request("s", SMALL, true));
    fine.await();
    assertEquals(1, fine.tiles.size());
    assertEquals(3, calls.get());
  }

  @Test
  void servesTheActivePaneFirstThenTheNewest() throws InterruptedException {
    ask("a", "running", request("held", SMALL, false));
    atGate.await();
    Recorder oldest = ask("b", "oldest", request("s", SMALL, false));
    ask("c", "active", request("s", SMALL, true));
    ask("d", "newest", request("s", SMALL, false));
    gate.countDown();
    oldest.await();
    assertEquals(List.of("running", "active", "newest", "oldest"), order);
  }

  @Test
  void preparesAheadWhenIdleAndRunsNothingTwice() throws InterruptedException {
    Recorder first = new Recorder("first");
    scheduler.request(this, request("a", VIEW, true), first);
    first.await();
    CountDownLatch prepared = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Request next = request("b", VIEW, true);
    Supplier<SliceInput> counted =
        () -> {
          runs.incrementAndGet();
          return next.input().get();
        };
    scheduler.expect(
        this,
        List.of(
            new SrScheduler.Upcoming("a", () -> fail("a is prepared")),
            new SrScheduler.Upcoming("b", counted),
            new SrScheduler.Upcoming(
                "broken",
                () -> {
                  prepared.countDown();
                  throw new IllegalStateException("unreadable");
                })));
    assertTrue(prepared.await(40, TimeUnit.SECONDS));
    Recorder second = new Recorder("second");
    scheduler.request(
        this, new Request("b", counted, VIEW, next.focusX(), next.focusY(), true), second);
    second.await();
    assertEquals(1, runs.get());
    assertEquals(List.of("started", "prepared", "finished"), second.heard);
  }

  @Test
  void closeEndsWhileARequestRuns() throws InterruptedException {
    Thread closer = new Thread(scheduler::close);
    Recorder recorder =
        new Recorder("running") {
          @Override
          public void tile(Tile tile) {
            super.tile(tile);
            closer.start();
            while (closer.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
          }
        };
    scheduler.request(this, request("s", VIEW, true), recorder);
    while (recorder.tiles.isEmpty()) {
      Thread.onSpinWait();
    }
    closer.join(40_000);
    assertFalse(closer.isAlive());
    assertEquals(1, recorder.tiles.size());
    assertFalse(recorder.heard.contains("finished"));
  }
}
