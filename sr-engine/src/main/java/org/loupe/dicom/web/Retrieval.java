package org.loupe.dicom.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.loupe.dicom.web.DicomWebClient.Instance;
import org.loupe.image.AtomicFile;
import org.loupe.study.Progress;
import org.loupe.threads.Background;

/**
 * Retrieves a study instance by instance, some at once, into files named by their UIDs: each can be
 * opened as soon as it is there. What the folder already holds is not asked for again, so a
 * retrieval that was cancelled or broke off goes on where it ended; what it left unfinished goes.
 */
public final class Retrieval {

  private static final int AT_ONCE = 4;

  /** How long those that write are waited for when nothing is wanted any more, s. */
  private static final int LAST_WORDS = 5;

  private final DicomWebClient client;

  public Retrieval(DicomWebClient client) {
    this.client = client;
  }

  /**
   * Retrieves.
   *
   * @param seriesUid null for all series
   * @param folder is made where it is missing
   * @param progress is told of each file, on the calling thread
   * @return the files, those that were there before too
   * @throws CancellationException when progress says so; what is there stays
   */
  public List<Path> run(String studyUid, String seriesUid, Path folder, Progress progress)
      throws IOException {
    List<Instance> instances = client.instances(studyUid, seriesUid);
    if (instances.isEmpty()) {
      throw new DicomWebException("the server has no images of study " + studyUid);
    }
    Files.createDirectories(folder);
    AtomicFile.discardAllUnfinished(folder);
    List<Path> files = new ArrayList<>();
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, Background.threads("retrieve"));
    try {
      ExecutorCompletionService<Path> done = new ExecutorCompletionService<>(pool);
      int waiting = 0;
      for (Instance instance : instances) {
        Path file = folder.resolve(instance.uid() + ".dcm");
        if (Files.exists(file)) {
          files.add(file);
          progress.report(files.size(), instances.size(), file.getFileName().toString());
        } else {
          waiting++;
          done.submit(
              () -> {
                client.retrieve(instance, file, stopped::get);
                return file;
              });
        }
      }
      while (waiting > 0) {
        if (progress.cancelled()) {
          throw new CancellationException("retrieval was cancelled");
        }
        var next = done.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          waiting--;
          files.add(next.get());
          progress.report(files.size(), instances.size(), next.get().getFileName().toString());
        }
      }
      return files;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("retrieval was interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? io
          : new DicomWebException("retrieval failed: " + e.getCause(), e);
    } finally {
      stopped.set(true);
      end(pool);
    }
  }

  /** Ends the pool and waits until nothing is written any more, interrupted or not. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(LAST_WORDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
