package org.loupe.sr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.loupe.image.Image2;
import org.loupe.threads.Background;
import org.loupe.threads.Uninterrupted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one engine on one thread for all panes. Each owner (a pane) has at most one request; a newer
 * one replaces it. The thread serves the active pane first, then the newest request, tile by tile
 * from the cursor outwards, and looks after every tile whether the request still stands: a tile's
 * time bounds the latency of a cancellation.
 *
 * <p>When there is nothing else to do, slices that are likely to be wanted next are prepared, as
 * long as the cache has room for them beside those in use.
 *
 * <p>Prepared slices and decoded tiles are cached within a limit of bytes, so a pan or a return to
 * an earlier zoom decodes nothing twice, and no zoom of a prepared slice runs the encoder.
 */
public final class SrScheduler implements AutoCloseable {

  /** Side of a tile, output pixels: a few milliseconds on two cores. */
  public static final int TILE = 128;

  private static final Logger LOG = LoggerFactory.getLogger(SrScheduler.class);

  /** Share of the cache for prepared slices. */
  private static final double FEATURE_SHARE = 0.85;

  /** Up to this share of the prepared slices' memory is filled ahead of need. */
  private static final double AHEAD_SHARE = 0.8;

  /**
   * What a pane wants.
   *
   * @param sliceKey identity of the slice input
   * @param input makes the slice input; called on the inference thread, once per prepared slice
   * @param view visible rectangle
   * @param focusX column of the cursor in the view: tiles nearest to it come first
   * @param focusY row of the cursor in the view
   * @param active whether the pane is the one that the user works in
   * @param whole whether the view is wanted in one piece and will not be asked for again, as those
   *     of a gesture that goes on: less is decoded beyond its edges, and nothing is kept of it
   */
  public record Request(
      String sliceKey,
      Supplier<SliceInput> input,
      View view,
      double focusX,
      double focusY,
      boolean active,
      boolean whole) {

    /** A view that comes tile by tile. */
    public Request(
        String sliceKey,
        Supplier<SliceInput> input,
        View view,
        double focusX,
        double focusY,
        boolean active) {
      this(sliceKey, input, view, focusX, focusY, active, false);
    }
  }

  /**
   * A decoded part of a view.
   *
   * @param area its place on the view's lattice
   * @param values the picture, in the units of the target, before windowing
   * @param expectedError scale of the Laplace distribution of its error, in the same units: the
   *     mean absolute error that the model expects
   * @param cached whether it was there already
   */
  public record Tile(View area, Image2 values, Image2 expectedError, boolean cached) {}

  /**
   * A slice that a pane may want next.
   *
   * @param input as in {@link Request}
   */
  public record Upcoming(String sliceKey, Supplier<SliceInput> input) {}

  /** Hears of one request, on the inference thread. */
  public interface Listener {
    /** The request's turn has come. */
    void started();

    /** The slice is prepared; the tissue maps that guided it, null where none did. */
    void prepared(SlicePrior prior);

    void tile(Tile tile);

    /** All tiles were delivered; times spent on preparing and decoding, 0 where cached. */
    void finished(double prepareMillis, double decodeMillis);

    /** The request failed; the message is for the user. */
    void failed(String message);
  }

  private record Job(Request request, Listener listener, long order) {}

  private record TileKey(
      String slice,
      double columnStep,
      double rowStep,
      int column,
      int row,
      int width,
      int height) {}

  private final Callable<SuperResolver> opener;
  private final Map<Object, Job> jobs = new LinkedHashMap<>();
  private final Map<Object, Deque<Upcoming>> upcoming = new LinkedHashMap<>();
  private final ByteLru<String, SliceFeatures> features;
  private final ByteLru<TileKey, SuperResolver.Decoded> tiles;
  private final long forFeatures;
  private final Thread thread;
  private long orders;
  private boolean closed;

  /** Used on the inference thread only. */
  private SuperResolver engine;

  /**
   * @param opener opens the engine; called on the inference thread at the first request
   * @param cacheBytes limit of the caches of prepared slices and tiles together
   */
  public SrScheduler(Callable<SuperResolver> opener, long cacheBytes) {
    this.opener = opener;
    forFeatures = (long) (FEATURE_SHARE * cacheBytes);
    features = new ByteLru<>(forFeatures, SliceFeatures::bytes, SliceFeatures::close);
    tiles =
        new ByteLru<>(
            cacheBytes - forFeatures, tile -> 8L * tile.values().values().length, tile -> {});
    thread = Background.threads("sr-inference").newThread(this::serve);
    thread.start();
  }

  /** Replaces the owner's earlier request. After {@link #close} nothing happens. */
  public synchronized void request(Object owner, Request request, Listener listener) {
    if (!closed) {
      jobs.put(owner, new Job(request, listener, ++orders));
      notifyAll();
    }
  }

  /** Drops the owner's request; nothing of it is heard after the tile in progress. */
  public synchronized void cancel(Object owner) {
    jobs.remove(owner);
  }

  /**
   * Says which slices the owner may want next, the likeliest first, in place of what it said
   * before.
   */
  public synchronized void expect(Object owner, List<Upcoming> slices) {
    if (!closed) {
      upcoming.put(owner, new ArrayDeque<>(slices));
      notifyAll();
    }
  }

  private void serve() {
    try {
      while (true) {
        Runnable work = take();
        if (work == null) {
          return;
        }
        work.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      features.clear();
      tiles.clear();
      if (engine != null) {
        engine.close();
      }
    }
  }

  /** What to do next; waits for it. Null where the scheduler is closed. */
  private synchronized Runnable take() throws InterruptedException {
    while (!closed) {
      Job job =
          jobs.values().stream()
              .max(Comparator.comparing((Job j) -> j.request.active()).thenComparing(Job::order))
              .orElse(null);
      if (job != null) {
        return () -> run(job);
      }
      Upcoming next = engine == null ? null : nextUpcoming();
      if (next != null) {
        return () -> prepareAhead(next);
      }
      wait();
    }
    return null;
  }

  /** The likeliest slice of any owner that is not prepared; null where there is none. */
  private Upcoming nextUpcoming() {
    for (Deque<Upcoming> slices : upcoming.values()) {
      while (!slices.isEmpty()) {
        Upcoming next = slices.poll();
        if (features.get(next.sliceKey) == null && features.bytes() < AHEAD_SHARE * forFeatures) {
          return next;
        }
      }
    }
    return null;
  }

  private void prepareAhead(Upcoming next) {
    try {
      features.put(next.sliceKey, engine.prepare(next.input.get()));
    } catch (RuntimeException | OutOfMemoryError e) {
      // Nobody waits for it; whoever asks for the slice hears of the failure.
      LOG.debug("preparing ahead failed", e);
    }
  }

  private synchronized boolean stands(Job job) {
    return !closed && jobs.containsValue(job);
  }

  private synchronized void done(Job job) {
    jobs.values().remove(job);
  }

  private void run(Job job) {
    try {
      if (engine == null) {
        engine = opener.call();
      }
      deliver(job);
    } catch (Exception | OutOfMemoryError e) {
      LOG.debug("super-resolution failed", e);
      if (stands(job)) {
        job.listener.failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      }
    } finally {
      done(job);
    }
  }

  private void deliver(Job job) {
    if (!stands(job)) {
      return;
    }
    Request request = job.request;
    job.listener.started();
    long start = System.nanoTime();
    SliceFeatures slice = features.get(request.sliceKey);
    double prepareMillis = 0;
    if (slice == null) {
      slice = engine.prepare(request.input.get());
      features.put(request.sliceKey, slice);
      prepareMillis = (System.nanoTime() - start) / 1e6;
    }
    if (!stands(job)) {
      return;
    }
    job.listener.prepared(slice.prior());
    start = System.nanoTime();
    List<View> areas = request.whole ? List.of(request.view) : tiles(request, slice.target());
    for (View area : areas) {
      Tile tile = request.whole ? decoded(slice, area) : tile(request, slice, area);
      if (!stands(job)) {
        return;
      }
      job.listener.tile(tile);
    }
    if (stands(job)) {
      job.listener.finished(prepareMillis, (System.nanoTime() - start) / 1e6);
    }
  }

  private Tile decoded(SliceFeatures slice, View area) {
    SuperResolver.Decoded decoded = engine.decode(slice, area);
    return new Tile(area, decoded.values(), decoded.expectedError(), false);
  }

  private Tile tile(Request request, SliceFeatures slice, View area) {
    TileKey key =
        new TileKey(
            request.sliceKey,
            area.columnStep(),
            area.rowStep(),
            area.x(),
            area.y(),
            area.width(),
            area.height());
    SuperResolver.Decoded cached = tiles.get(key);
    if (cached != null) {
      return new Tile(area, cached.values(), cached.expectedError(), true);
    }
    Tile made = decoded(slice, area);
    tiles.put(key, new SuperResolver.Decoded(made.values, made.expectedError));
    return made;
  }

  /**
   * The lattice's tiles that the view touches, clipped to the slice, nearest to the focus first.
   * The tiles lie at multiples of {@link #TILE} whatever the pan.
   */
  static List<View> tiles(Request request, Image2 target) {
    View view = request.view;
    int right = (int) Math.floor((target.width() - 0.5) / view.columnStep());
    int bottom = (int) Math.floor((target.height() - 0.5) / view.rowStep());
    int left = (int) Math.ceil(-0.5 / view.columnStep());
    int top = (int) Math.ceil(-0.5 / view.rowStep());
    List<View> areas = new ArrayList<>();
    for (int row = Math.floorDiv(view.y(), TILE); row * TILE < view.y() + view.height(); row++) {
      for (int column = Math.floorDiv(view.x(), TILE);
          column * TILE < view.x() + view.width();
          column++) {
        int x0 = Math.max(left, column * TILE);
        int y0 = Math.max(top, row * TILE);
        int x1 = Math.min(right + 1, (column + 1) * TILE);
        int y1 = Math.min(bottom + 1, (row + 1) * TILE);
        if (x0 < x1 && y0 < y1) {
          areas.add(new View(view.columnStep(), view.rowStep(), x0, y0, x1 - x0, y1 - y0));
        }
      }
    }
    double focusX = view.x() + request.focusX;
    double focusY = view.y() + request.focusY;
    areas.sort(
        Comparator.comparingDouble(
            area ->
                Math.hypot(
                    area.x() + area.width() / 2.0 - focusX,
                    area.y() + area.height() / 2.0 - focusY)));
    return areas;
  }

  /** Drops all requests, frees the engine's memory and ends the thread. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      jobs.clear();
      upcoming.clear();
      notifyAll();
    }
    // It may wait for a server.
    thread.interrupt();
    Uninterrupted.run(thread::join);
  }
}
