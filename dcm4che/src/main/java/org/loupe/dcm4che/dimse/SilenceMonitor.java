package org.loupe.dcm4che.dimse;

import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.ConnectionMonitor;

/**
 * Has connections that were accepted time out when nothing is read from them: dcm4che's own timers
 * stop while an instance comes in.
 */
final class SilenceMonitor implements ConnectionMonitor {

  private final Duration patience;

  SilenceMonitor(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void onConnectionAccepted(Connection local, Socket socket) {
    try {
      socket.setSoTimeout((int) patience.toMillis());
    } catch (SocketException e) {
      local.close(socket); // it is gone already
    }
  }

  @Override
  public void onConnectionEstablished(Connection local, Connection remote, Socket socket) {}

  @Override
  public void onConnectionFailed(
      Connection local, Connection remote, Socket socket, Throwable why) {}

  @Override
  public void onConnectionRejectedBlacklisted(Connection local, Socket socket) {}

  @Override
  public void onConnectionRejected(Connection local, Socket socket, Throwable why) {}
}
