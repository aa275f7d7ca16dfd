package org.loupe.dcm4che.dimse;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.loupe.dcm4che.QuietLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** dcm4che's idea of this machine: one application entity, with threads that end with it. */
final class LocalDevice implements AutoCloseable {

  static {
    QuietLog.on();
  }

  private static final Logger LOG = LoggerFactory.getLogger(LocalDevice.class);

  /** Only a connection that is being opened takes longer, and ends by its own timeout. */
  private static final int END_SECONDS = 3;

  private final Device device = new Device("loupe");
  private final Connection connection = new Connection();
  private final ApplicationEntity entity;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform()
              .daemon()
              .name("dimse-", 0)
              .uncaughtExceptionHandler((thread, e) -> LOG.warn("a connection ended: {}", "" + e))
              .factory());
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("dimse-clock").factory());

  /**
   * Makes it, without any connection as yet.
   *
   * @param title our AE title
   */
  LocalDevice(String title) {
    DimseNode.requireTitle(title);
    entity = new ApplicationEntity(title);
    entity.addConnection(connection);
    device.addConnection(connection);
    device.addApplicationEntity(entity);
    device.setExecutor(threads);
    device.setScheduledExecutor(clock);
  }

  Device device() {
    return device;
  }

  Connection connection() {
    return connection;
  }

  ApplicationEntity entity() {
    return entity;
  }

  ExecutorService threads() {
    return threads;
  }

  /** Stops listening, cuts what is connected, and waits for the threads. */
  @Override
  public void close() {
    device.unbindConnections();
    for (Association association : device.listOpenAssociations()) {
      try {
        association.getSocket().close();
      } catch (IOException e) {
        // It is closed, then.
      }
    }
    threads.shutdownNow();
    // Also for a thread that was interrupted: whatever it had begun is undone when this returns.
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      clock.shutdownNow();
      clock.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      clock.shutdownNow();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
