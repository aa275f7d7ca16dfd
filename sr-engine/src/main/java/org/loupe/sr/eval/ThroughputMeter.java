package org.loupe.sr.eval;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.loupe.image.Image2;
import org.loupe.sr.ServerTraffic;
import org.loupe.sr.SliceFeatures;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;
import org.loupe.sr.model.ModelException;

/**
 * Measures what {@link Throughput} holds: some clients at a time, each on a thread and with an
 * engine of its own, prepare slices and decode views one after the other for a given time.
 */
public final class ThroughputMeter {

  private final Callable<SuperResolver> opener;
  private final List<SliceInput> slices;
  private final View view;
  private final double seconds;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private String device;

  /**
   * @param opener opens a client's engine, on this machine or on a server
   * @param slices prepared in turn; not empty
   * @param view decoded at factors that change a little
   * @param seconds that each figure is measured for; what has begun is finished
   */
  public ThroughputMeter(
      Callable<SuperResolver> opener, List<SliceInput> slices, View view, double seconds) {
    this.opener = opener;
    this.slices = List.copyOf(slices);
    this.view = view;
    this.seconds = seconds;
  }

  /**
   * @param clients how many at once, one measurement for each
   * @param traffic of one of the slices; null where it is not known
   * @throws IllegalStateException where a server fails on the way, or this machine's device: then
   *     the figures would be of two
   */
  public Throughput measure(List<Integer> clients, ServerTraffic traffic)
      throws ModelException, InterruptedException {
    List<Throughput.Load> loads = new ArrayList<>();
    for (int n : clients) {
      loads.add(load(n));
    }
    Image2 target = slices.get(0).target();
    return new Throughput(
        device,
        cores,
        target.width() + "x" + target.height(),
        view.width() + "x" + view.height(),
        traffic,
        loads);
  }

  private Throughput.Load load(int clients) throws ModelException, InterruptedException {
    List<SuperResolver> engines = new ArrayList<>();
    List<SliceFeatures> prepared = new ArrayList<>();
    try {
      for (int c = 0; c < clients; c++) {
        SuperResolver engine = open();
        engines.add(engine);
        prepared.add(engine.prepare(slice(c)));
        engine.decode(prepared.get(c), view);
      }
      device = engines.get(0).info().device();
      Throughput.Rate prepare =
          rate(clients, c -> n -> engines.get(c).prepare(slice(c + n)).close());
      Throughput.Rate decode =
          rate(
              clients,
              c -> n -> engines.get(c).decode(prepared.get(c), view.zoomed(1 + 0.01 * (n % 20))));
      for (SuperResolver engine : engines) {
        if (!engine.info().device().equals(device)) {
          throw new IllegalStateException(
              device + " failed while it was measured: " + engine.info().device());
        }
      }
      return new Throughput.Load(clients, prepare, decode);
    } finally {
      prepared.forEach(SliceFeatures::close);
      engines.forEach(SuperResolver::close);
    }
  }

  private SuperResolver open() throws ModelException {
    try {
      return opener.call();
    } catch (ModelException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the engine cannot be opened: " + e.getMessage(), e);
    }
  }

  private SliceInput slice(int n) {
    return slices.get(n % slices.size());
  }

  /** The work of a client; its argument counts up from 0. */
  @FunctionalInterface
  private interface Work {
    IntConsumer of(int client);
  }

  private Throughput.Rate rate(int clients, Work work) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    CyclicBarrier together = new CyclicBarrier(clients);
    try {
      long cpu = cpuNanos();
      long start = System.nanoTime();
      List<Future<List<Double>>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        IntConsumer one = work.of(c);
        running.add(
            pool.submit(
                () -> {
                  together.await();
                  return millisOfEach(one);
                }));
      }
      List<Double> millis = new ArrayList<>();
      for (Future<List<Double>> client : running) {
        millis.addAll(client.get());
      }
      double elapsed = (System.nanoTime() - start) / 1e9;
      double used = (cpuNanos() - cpu) / 1e9;
      int count = millis.size();
      return new Throughput.Rate(
          count,
          count / elapsed,
          count / elapsed / cores,
          used / count,
          Latency.Times.of(millis.stream().mapToDouble(Double::doubleValue).toArray()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e);
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Double> millisOfEach(IntConsumer one) {
    List<Double> millis = new ArrayList<>();
    long end = System.nanoTime() + (long) (1e9 * seconds);
    long now = System.nanoTime();
    do {
      long before = now;
      one.accept(millis.size());
      now = System.nanoTime();
      millis.add((now - before) / 1e6);
    } while (now < end);
    return millis;
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
