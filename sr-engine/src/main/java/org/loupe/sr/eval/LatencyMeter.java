package org.loupe.sr.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.DoubleUnaryOperator;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Samples;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SrScheduler;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SrNetwork;

/** Measures what {@link Latency} holds. Each figure is warmed up first. */
public final class LatencyMeter {

  private static final int WARM_UP = 2;
  private static final long CACHE_BYTES = 512L << 20;

  private final ModelPackage model;
  private final DeviceChoice device;
  private final SliceInput input;
  private final View view;
  private final int repeat;

  /**
   * @param view the view that is decoded
   * @param repeat measurements of each figure
   */
  public LatencyMeter(
      ModelPackage model, DeviceChoice device, SliceInput input, View view, int repeat) {
    this.model = model;
    this.device = device;
    this.input = input;
    this.view = view;
    this.repeat = repeat;
  }

  public Latency measure() throws ModelException, InterruptedException {
    Latency.Times prepare;
    Latency.Times decode;
    double fps;
    String label;
    try (SuperResolver resolver = SuperResolver.open(model, device)) {
      label = resolver.info().device();
      prepare = times(i -> time(() -> resolver.prepare(input).close()));
      try (SliceFeatures features = resolver.prepare(input)) {
        decode = times(i -> time(() -> resolver.decode(features, view)));
        Latency.Times frames =
            times(i -> time(() -> resolver.decode(features, view.zoomed(1 + 0.01 * (i + 1)))));
        fps = 1000 / frames.median();
      }
    }
    Latency.Times bicubic = times(i -> time(this::interpolate));
    Latency.Times firstTile;
    Latency.Times cancel;
    try (SrScheduler scheduler =
        new SrScheduler(() -> SuperResolver.open(model, device), CACHE_BYTES)) {
      firstTile = times(i -> firstTile(scheduler, view.zoomed(1 + 0.01 * (i + 1))));
      cancel = times(i -> cancel(scheduler, i));
    }
    double peak;
    Double encoder;
    try (NDManager manager = NDManager.newBaseManager()) {
      peak = Math.max(convolution(manager, 128), convolution(manager, 256));
      // Of a graph that is not ours nobody knows how much it computes.
      encoder = model.manifest().format() == null ? encoder(manager) : null;
    }
    return new Latency(
        label,
        prepare,
        decode,
        firstTile,
        cancel,
        bicubic,
        peak,
        encoder,
        fps,
        ResidentMemory.highest());
  }

  private Latency.Times times(DoubleUnaryOperator millis) {
    double[] all = new double[repeat];
    for (int i = -WARM_UP; i < repeat; i++) {
      double measured = millis.applyAsDouble(i);
      if (i >= 0) {
        all[i] = measured;
      }
    }
    return Latency.Times.of(all);
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private void interpolate() {
    Interpolation.BICUBIC.resample(
        input.target(),
        new Samples(view.x() * view.columnStep(), view.columnStep(), view.width()),
        new Samples(view.y() * view.rowStep(), view.rowStep(), view.height()));
  }

  /** Completes with the time of the events of one request. */
  private static final class Heard implements SrScheduler.Listener {
    final CompletableFuture<Long> started = new CompletableFuture<>();
    final CompletableFuture<Long> prepared = new CompletableFuture<>();
    final CompletableFuture<Long> firstTile = new CompletableFuture<>();
    final CompletableFuture<Long> finished = new CompletableFuture<>();

    @Override
    public void started() {
      started.complete(System.nanoTime());
    }

    @Override
    public void prepared(SlicePrior prior) {
      prepared.complete(System.nanoTime());
    }

    @Override
    public void tile(SrScheduler.Tile tile) {
      firstTile.complete(System.nanoTime());
    }

    @Override
    public void finished(double prepareMillis, double decodeMillis) {
      firstTile.complete(System.nanoTime());
      finished.complete(System.nanoTime());
    }

    @Override
    public void failed(String message) {
      IllegalStateException failure = new IllegalStateException(message);
      started.completeExceptionally(failure);
      firstTile.completeExceptionally(failure);
      finished.completeExceptionally(failure);
    }
  }

  private SrScheduler.Request request(View area) {
    return new SrScheduler.Request(
        input.key(), () -> input, area, area.width() / 2.0, area.height() / 2.0, true);
  }

  private double firstTile(SrScheduler scheduler, View area) {
    Heard heard = new Heard();
    long start = System.nanoTime();
    scheduler.request(this, request(area), heard);
    double millis = (get(heard.firstTile) - start) / 1e6;
    get(heard.finished);
    return millis;
  }

  private double cancel(SrScheduler scheduler, double i) {
    Heard running = new Heard();
    scheduler.request(this, request(view.zoomed(1.5 + 0.01 * (i + WARM_UP))), running);
    get(running.firstTile);
    Heard next = new Heard();
    long start = System.nanoTime();
    scheduler.request(this, request(view.zoomed(2 + 0.01 * (i + WARM_UP))), next);
    double millis = (get(next.started) - start) / 1e6;
    get(next.finished);
    return millis;
  }

  private static long get(CompletableFuture<Long> event) {
    try {
      return event.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e);
    }
  }

  /** GFLOP/s of a 3x3 convolution of 64 to 64 channels at side x side pixels. */
  private double convolution(NDManager manager, int side) {
    Conv2d conv =
        Conv2d.builder()
            .setKernelShape(new Shape(3, 3))
            .setFilters(64)
            .optPadding(new Shape(1, 1))
            .build();
    conv.initialize(manager, DataType.FLOAT32, new Shape(1, 64, side, side));
    ModelPackage.freeze(conv);
    ParameterStore store = new ParameterStore(manager, false);
    try (NDManager scratch = manager.newSubManager()) {
      NDArray image = scratch.randomNormal(new Shape(1, 64, side, side));
      Latency.Times times =
          times(
              i ->
                  time(
                      () ->
                          conv.forward(store, new NDList(image), false)
                              .singletonOrThrow()
                              .close()));
      return 2.0 * 64 * 64 * 9 * side * side / times.median() / 1e6;
    }
  }

  private double encoder(NDManager manager) {
    SrNetwork network;
    try {
      network = model.loadNetwork(manager);
    } catch (ModelException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    ParameterStore store = new ParameterStore(manager, false);
    Image2 acquired = input.onAcquiredGrid().target();
    long h = acquired.height();
    long w = acquired.width();
    long fold = (long) SrNetwork.FOLD * SrNetwork.FOLD + 1;
    try (NDManager scratch = manager.newSubManager()) {
      NDArray target = scratch.randomUniform(0, 1, new Shape(1, 1, h, w));
      NDArray neighbours = scratch.randomUniform(0, 1, new Shape(1, 2, h, w));
      NDArray folded = scratch.randomUniform(0, 1, new Shape(1, fold, h, w));
      NDArray prior = scratch.randomUniform(0, 1, new Shape(1, SrNetwork.TISSUES, h, w));
      Latency.Times times =
          times(
              i ->
                  time(
                      () ->
                          network.encode(store, target, neighbours, folded, prior, false).close()));
      return network.encoderFlops(h * w) / times.median() / 1e6;
    }
  }
}
