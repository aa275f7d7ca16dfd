package org.loupe.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.loupe.net.TlsIdentity;

/** Ends TLS before a server on loopback that does without, as hospitals' reverse proxies do. */
final class TlsFront implements AutoCloseable {

  private final ServerSocket door;
  private final int behind;
  private final ExecutorService pipes = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param behind port of the server on loopback
   */
  TlsFront(TlsIdentity identity, int behind) throws IOException, GeneralSecurityException {
    this.behind = behind;
    door =
        identity
            .tls()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    pipes.execute(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        pipes.execute(() -> join(client));
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Until either side ends the connection. */
  private void join(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      pipes.execute(() -> copy(server, client));
      copy(client, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Refused handshakes and closed connections end here: the client under test says so.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    pipes.shutdownNow();
  }
}
