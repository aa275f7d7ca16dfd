package org.loupe.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.loupe.threads.Background;

/**
 * Reads many files on all cores. One opening owns it: closing it stops what still runs, and nobody
 * else submits to its threads.
 */
final class Reading implements AutoCloseable {

  private final ExecutorService pool =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(), Background.threads("read"));

  /**
   * Reads files. Results are handed over on the calling thread, in the order of the files, as soon
   * as all before them are there.
   *
   * @param progress told of each file, in the order in which they are done
   * @throws CancellationException when progress says so, or the thread is interrupted
   */
  void all(List<SourceFile> files, SourceReader reader, Progress progress, Consumer<Opened> taker) {
    ExecutorCompletionService<Opened> done = new ExecutorCompletionService<>(pool);
    List<Future<Opened>> waiting = new ArrayList<>();
    for (SourceFile file : files) {
      waiting.add(done.submit(() -> reader.read(file)));
    }
    int taken = 0;
    try {
      for (int n = 0; n < files.size(); ) {
        SourceFiles.checkCancelled(progress);
        Future<Opened> next = done.poll(100, TimeUnit.MILLISECONDS);
        if (next == null) {
          continue;
        }
        n++;
        String what = next.state() == Future.State.SUCCESS ? next.resultNow().source().name() : "";
        progress.report(n, files.size(), what);
        for (; taken < waiting.size() && waiting.get(taken).isDone(); taken++) {
          taker.accept(result(files.get(taken), waiting.get(taken)));
          waiting.set(taken, null); // its slices are the taker's now
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("loading was interrupted");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  private static Opened result(SourceFile file, Future<Opened> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      String reason =
          e.getCause() instanceof OutOfMemoryError
              ? "not enough memory to open it"
              : "it cannot be read (" + e.getCause() + ")";
      return Opened.problem(file, reason);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
