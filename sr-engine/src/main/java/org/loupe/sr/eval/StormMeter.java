package org.loupe.sr.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.loupe.image.Image2;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.View;

/**
 * A reader in a hurry: zooms, pans and scrolls through a study for minutes, mostly without waiting
 * for the picture, and watches the memory of the process.
 */
public final class StormMeter {

  private static final double LEAST_ZOOM = 1.2;
  private static final double MOST_ZOOM = 8;

  /** Memory is looked at so often over the whole storm. */
  private static final int SAMPLES = 200;

  private final SrScheduler scheduler;
  private final IntFunction<SliceInput> slices;
  private final int depth;
  private final int width;
  private final int height;
  private final RandomGenerator random;

  private final AtomicLong finished = new AtomicLong();
  private final AtomicLong tiles = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong prepared = new AtomicLong();

  /**
   * @param slices makes the input of a slice, 0 to {@code depth - 1}
   * @param width of the view, output pixels
   * @param seed equal seeds make equal gestures
   */
  public StormMeter(
      SrScheduler scheduler,
      IntFunction<SliceInput> slices,
      int depth,
      int width,
      int height,
      long seed) {
    this.scheduler = scheduler;
    this.slices = slices;
    this.depth = depth;
    this.width = width;
    this.height = height;
    random = new SplittableRandom(seed);
  }

  /** Looks at every slice once: what comes after is to find the caches full. */
  private void fillCaches(Place place) throws InterruptedException {
    for (int slice = 0; slice < depth; slice++) {
      Heard heard = new Heard();
      scheduler.request(this, request(new Place(slice, place.zoom, place.x, place.y)), heard);
      heard.await(Heard.ALL);
    }
    finished.set(0);
    tiles.set(0);
    prepared.set(0);
  }

  /** Where the reader is. */
  private record Place(int slice, double zoom, double x, double y) {}

  /**
   * Looks at every slice once, then storms.
   *
   * @param minutes of the storm
   */
  public Storm run(double minutes) throws InterruptedException {
    Image2 image = slices.apply(depth / 2).target();
    Place place = new Place(depth / 2, 2, image.width() / 2.0, image.height() / 2.0);
    fillCaches(place);
    long start = System.nanoTime();
    double lasting = minutes * 60e9;
    List<Double> memory = new ArrayList<>();
    List<Double> outsideHeap = new ArrayList<>();
    long requests = 0;
    double elapsed = 0;
    while (elapsed < lasting) {
      place = next(place, image);
      Heard heard = new Heard();
      scheduler.request(this, request(place), heard);
      requests++;
      // Most requests are overtaken after a few tiles, some are looked at.
      heard.await(random.nextDouble() < 0.2 ? Heard.ALL : random.nextInt(4));
      elapsed = System.nanoTime() - start;
      if (elapsed >= memory.size() * lasting / SAMPLES) {
        memory.add(ResidentMemory.now());
        outsideHeap.add(ResidentMemory.outsideHeap());
      }
    }
    scheduler.cancel(this);
    Double early = early(memory);
    Double late = late(memory);
    Double nativeEarly = early(outsideHeap);
    Double nativeLate = late(outsideHeap);
    return new Storm(
        elapsed / 60e9,
        requests,
        finished.get(),
        tiles.get(),
        failed.get(),
        prepared.get(),
        early,
        late,
        difference(early, late),
        nativeEarly,
        nativeLate,
        difference(nativeEarly, nativeLate),
        ResidentMemory.highest());
  }

  /** One gesture further: a little zoom and pan, now and then another slice or a jump. */
  private Place next(Place from, Image2 image) {
    double zoom =
        Math.clamp(from.zoom * Math.exp(random.nextDouble(-0.2, 0.2)), LEAST_ZOOM, MOST_ZOOM);
    double x = Math.clamp(from.x + random.nextDouble(-20, 20), 0, image.width());
    double y = Math.clamp(from.y + random.nextDouble(-20, 20), 0, image.height());
    int slice = from.slice;
    double kind = random.nextDouble();
    if (kind < 0.02) {
      slice = random.nextInt(depth);
    } else if (kind < 0.12) {
      slice = Math.clamp(slice + (random.nextBoolean() ? 1 : -1), 0, depth - 1);
    }
    return new Place(slice, zoom, x, y);
  }

  private SrScheduler.Request request(Place place) {
    View view =
        new View(
            1 / place.zoom,
            1 / place.zoom,
            (int) Math.rint(place.x * place.zoom - width / 2.0),
            (int) Math.rint(place.y * place.zoom - height / 2.0),
            width,
            height);
    return new SrScheduler.Request(
        "storm " + place.slice,
        () -> {
          prepared.incrementAndGet();
          return slices.apply(place.slice);
        },
        view,
        width / 2.0,
        height / 2.0,
        true);
  }

  /** When the caches are full. */
  private static Double early(List<Double> samples) {
    return median(samples, 0.2, 0.4);
  }

  private static Double late(List<Double> samples) {
    return median(samples, 0.8, 1);
  }

  private static Double difference(Double early, Double late) {
    return early == null || late == null ? null : late - early;
  }

  /** The median of a part of the samples, from one share of them to another. */
  private static Double median(List<Double> samples, double from, double to) {
    double[] part =
        samples
            .subList((int) (from * samples.size()), (int) Math.ceil(to * samples.size()))
            .stream()
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return part.length == 0 ? null : part[part.length / 2];
  }

  /** Counts what one request brings. */
  private final class Heard implements SrScheduler.Listener {

    private static final int ALL = 1_000_000;

    private final Semaphore steps = new Semaphore(0);

    /** Waits for so many tiles, or the request's end. */
    void await(int wanted) throws InterruptedException {
      if (!steps.tryAcquire(wanted, 1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("no tile within a minute");
      }
    }

    @Override
    public void started() {}

    @Override
    public void prepared(SlicePrior prior) {}

    @Override
    public void tile(SrScheduler.Tile tile) {
      tiles.incrementAndGet();
      steps.release();
    }

    @Override
    public void finished(double prepareMillis, double decodeMillis) {
      finished.incrementAndGet();
      steps.release(ALL);
    }

    @Override
    public void failed(String message) {
      failed.incrementAndGet();
      steps.release(ALL);
    }
  }
}
