package org.loupe.viewer.pacs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.loupe.dicom.web.Credentials;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.net.TrustedCertificates;

/**
 * Who asks, by server: secrets in memory while the window is open, and in the system's store where
 * the user wants it. Any thread.
 */
public final class PacsAccess {

  private final Map<String, String> session = new ConcurrentHashMap<>();
  private final SecretStore store;

  public PacsAccess(SecretStore store) {
    this.store = store;
  }

  /** Whether secrets can be kept longer than the window is open. */
  public boolean canKeep() {
    return store.isThere();
  }

  /**
   * Takes what the user typed.
   *
   * @param user ignored for a token
   * @param secret password or token
   * @param keep whether the system's store is to keep it; may block
   */
  public void take(PacsServer server, String user, String secret, boolean keep) {
    boolean basic = server.authentication() == PacsServer.Authentication.BASIC;
    String both = basic ? user + "\n" + secret : secret;
    session.put(server.url(), both);
    if (keep) {
      store.keep(server, both);
    }
  }

  /** Forgets what a server did not accept; may block. */
  public void forget(PacsServer server) {
    session.remove(server.url());
    store.forget(server);
  }

  /**
   * A client, to be closed; none where the user must be asked who asks. May block.
   *
   * @throws IOException where the certificate cannot be read, or credentials would travel in the
   *     open
   */
  public Optional<DicomWebClient> client(PacsServer server) throws IOException {
    Credentials credentials = Credentials.NONE;
    if (server.authentication() != PacsServer.Authentication.NONE) {
      String secret = session.get(server.url());
      if (secret == null) {
        secret = store.find(server).orElse(null);
      }
      if (secret == null) {
        return Optional.empty();
      }
      session.put(server.url(), secret);
      credentials = credentials(server, secret);
    }
    return Optional.of(
        new DicomWebClient(
            URI.create(server.url()),
            credentials,
            server.certificate().isEmpty()
                ? null
                : TrustedCertificates.of(Path.of(server.certificate()))));
  }

  private static Credentials credentials(PacsServer server, String secret) {
    if (server.authentication() == PacsServer.Authentication.BEARER) {
      return Credentials.bearer(secret);
    }
    int end = Math.max(0, secret.indexOf('\n'));
    String password = secret.substring(Math.min(secret.length(), end + 1));
    return Credentials.basic(secret.substring(0, end), password.toCharArray());
  }
}
