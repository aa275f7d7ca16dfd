package org.loupe.viewer;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import org.loupe.image.Image2;
import org.loupe.threads.Background;
import org.loupe.viewer.export.MovieFile;
import org.loupe.viewer.export.PanePicture;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.SrStatus;
import org.loupe.viewer.viewport.ViewState;

/**
 * Takes a pane through views of its series and writes what it shows into a movie. Every frame waits
 * until all that the pane wants is there, so the movie is as smooth on a slow machine as on a fast
 * one. Frames are encoded in the background while the next ones are made; the file is written whole
 * or not at all. FX thread.
 */
final class PaneMovie {

  /**
   * What is to be made.
   *
   * @param frames the views, one a frame; at least one
   * @param annotated with the texts and marks over the image
   */
  record Wish(List<ViewState> frames, int framesPerSecond, boolean annotated, Path file) {

    Wish {
      frames = List.copyOf(frames);
    }
  }

  /** Pictures that may wait to be written: more would only fill the memory. */
  private static final int WAITING = 2;

  /**
   * What the writer is given: a picture, or why there will be no more. With neither the movie ends.
   */
  private record Item(BufferedImage picture, String failure) {
    static final Item END = new Item(null, null);

    static Item failed(String why) {
      return new Item(null, why);
    }
  }

  private final ImagePane pane;
  private final Wish wish;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(this, "progress");
  private final int width;
  private final int height;
  private Consumer<String> ended = why -> {};
  private int taken;
  private boolean ending;
  private final AnimationTimer each =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          step();
        }
      };

  /**
   * @param pane shows a series; the caller gives it its view back at the end
   */
  PaneMovie(ImagePane pane, Wish wish) {
    this.pane = pane;
    this.wish = wish;
    width = pane.pixelWidth();
    height = pane.pixelHeight();
  }

  /** The part of the frames that has been taken, 0 to 1. */
  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /**
   * Begins.
   *
   * @param whenEnded called on the FX thread when the file is there, with null, or when there will
   *     be none, with the reason
   */
  void start(Consumer<String> whenEnded) {
    ended = whenEnded;
    pane.setState(frame(0));
    Background.threads("movie").newThread(this::write).start();
    each.start();
  }

  /** Gives up; nothing is written. */
  void cancel() {
    give(Item.failed(Texts.of("movie.cancelled")));
  }

  private ViewState frame(int number) {
    return wish.frames().get(number);
  }

  private void step() {
    boolean left = !frame(taken).equals(pane.stateProperty().get());
    if (left || pane.pixelWidth() != width || pane.pixelHeight() != height) {
      give(Item.failed(Texts.of("movie.disturbed")));
    } else if (pane.status().phase() == SrStatus.Phase.FAILED) {
      give(Item.failed(pane.status().message()));
    } else if (pane.settled() && queue.size() < WAITING) {
      take();
    }
  }

  private void take() {
    Image2 slice = pane.slice();
    if (slice == null) {
      give(Item.failed(Texts.of("export.unreadable", frame(taken).slice() + 1)));
      return;
    }
    queue.add(new Item(PanePicture.of(pane, wish.annotated()), null));
    taken++;
    progress.set(taken / (double) wish.frames().size());
    if (taken == wish.frames().size()) {
      give(Item.END);
    } else {
      pane.setState(frame(taken));
    }
  }

  /** The last item. */
  private void give(Item last) {
    if (!ending) {
      ending = true;
      each.stop();
      if (last.failure() != null) {
        queue.clear();
      }
      queue.add(last);
    }
  }

  /** On the thread of the movie. */
  private void write() {
    String why = null;
    try {
      MovieFile.write(wish.file(), wish.framesPerSecond(), this::next);
    } catch (IOException | RuntimeException e) {
      why = e.getMessage() == null ? e.toString() : e.getMessage();
    } catch (OutOfMemoryError e) {
      // Encoding a large picture may be what no longer fits; the viewer goes on without the movie.
      why = Texts.of("movie.memory");
    }
    String said = why;
    Platform.runLater(
        () -> {
          ending = true;
          each.stop();
          ended.accept(said);
        });
  }

  private BufferedImage next() throws IOException {
    try {
      Item item = queue.take();
      if (item.failure() != null) {
        throw new IOException(item.failure());
      }
      return item.picture();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(Texts.of("movie.cancelled"));
    }
  }

  /** Starts, and tells the outcome to somebody who waits for it: null, or why there is no file. */
  CompletableFuture<String> start() {
    CompletableFuture<String> out = new CompletableFuture<>();
    start(out::complete);
    return out;
  }
}
