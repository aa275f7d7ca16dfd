package org.loupe.viewer;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.loupe.sr.cli.ExitStatus;

/**
 * JavaFX on its headless platform, for commands that need a window but no screen. Steps run on the
 * FX thread and are waited for, all of them within one time limit. Once per process.
 */
final class HeadlessStage implements AutoCloseable {

  /** Something done on the FX thread. */
  interface Step {
    void run() throws CommandFailure;
  }

  /** A condition seen on the FX thread. */
  interface Condition {
    boolean holds() throws CommandFailure;
  }

  private final long end;
  private final String late;
  private Runnable atEnd = () -> {};
  private Stage stage;

  /**
   * Starts JavaFX.
   *
   * @param timeoutSeconds longest time for everything
   * @param late what is said when that is over
   */
  HeadlessStage(long timeoutSeconds, String late) throws CommandFailure {
    end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    this.late = late;
    setDefault("glass.platform", "Headless");
    setDefault("prism.order", "sw");
    CompletableFuture<Void> up = new CompletableFuture<>();
    Platform.startup(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler(HeadlessStage::uncaught);
          up.complete(null);
        });
    await(up);
  }

  /**
   * The platform copies each picture into a screen of 1000 x 1000 pixels, which nobody looks at,
   * and stumbles where the window is larger.
   */
  private static void uncaught(Thread thread, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    boolean screen =
        e instanceof IndexOutOfBoundsException
            && Arrays.stream(trace).anyMatch(f -> f.getClassName().endsWith(".HeadlessWindow"));
    if (!screen) {
      thread.getThreadGroup().uncaughtException(thread, e);
    }
  }

  /** Sets a system property that the user has not set. */
  static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Shows a scene. FX thread.
   *
   * @param closing releases what is in it; called on the FX thread at the end
   */
  void show(Scene scene, Runnable closing) {
    atEnd = closing;
    stage = new Stage();
    stage.setScene(scene);
    stage.show();
  }

  /** Does something on the FX thread. */
  void run(Step step) throws CommandFailure {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            step.run();
            done.complete(null);
          } catch (CommandFailure | RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    await(done);
  }

  /** Waits until a condition holds, looked at in every pulse; the moment at which it did. */
  long until(Condition condition) throws CommandFailure {
    CompletableFuture<Long> done = new CompletableFuture<>();
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            try {
              if (condition.holds()) {
                stop();
                done.complete(System.nanoTime());
              }
            } catch (CommandFailure | RuntimeException e) {
              stop();
              done.completeExceptionally(e);
            }
          }
        };
    Platform.runLater(timer::start);
    try {
      return await(done);
    } finally {
      Platform.runLater(timer::stop);
    }
  }

  /** Waits for a result that comes from the FX thread. */
  <T> T await(CompletableFuture<T> future) throws CommandFailure {
    try {
      return future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailure(ExitStatus.ENGINE_FAILURE, late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitStatus.ENGINE_FAILURE, Texts.of("snapshot.interrupted"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Closes the window and ends JavaFX. */
  @Override
  public void close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          if (stage != null) {
            stage.close();
          }
          atEnd.run();
          closed.complete(null);
        });
    closed.join();
    Platform.exit();
  }
}
