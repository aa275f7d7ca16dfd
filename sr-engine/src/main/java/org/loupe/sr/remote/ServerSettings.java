package org.loupe.sr.remote;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.loupe.net.TrustedCertificates;

/**
 * Where a server is and how to talk to it.
 *
 * @param address http or https, with the path below which the protocol's {@code v2/} lies; grpc or
 *     grpcs (with TLS), with a port
 * @param token sent as a bearer token; empty for none
 * @param authority certificates (PEM) that the server's is signed by, in place of the system's;
 *     null for the system's
 * @param connectTimeout for a connection to come about
 * @param requestTimeout for one request, answer included
 * @param retries tries after the first
 */
public record ServerSettings(
    URI address,
    String token,
    Path authority,
    Duration connectTimeout,
    Duration requestTimeout,
    int retries) {

  /** Environment variable with the server's address: with it, the engine runs there. */
  public static final String ADDRESS = "LOUPE_SERVER";

  /** Environment variable with the file that holds the token. */
  public static final String TOKEN_FILE = "LOUPE_SERVER_TOKEN_FILE";

  /** Environment variable with the file of the certificate authority. */
  public static final String AUTHORITY = "LOUPE_SERVER_CA";

  private static final String GRPC = "grpc";
  private static final Set<String> SECURE = Set.of("https", "grpcs");
  private static final Set<String> SCHEMES = Set.of("http", "https", GRPC, "grpcs");

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]*");

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration REQUEST = Duration.ofSeconds(20);
  private static final int RETRIES = 2;

  public ServerSettings {
    address = address.toString().endsWith("/") ? address : URI.create(address + "/");
    String scheme = address.getScheme();
    if (address.getHost() == null || !SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException(
          "server "
              + address
              + ": an address is http://HOST:PORT, https://HOST:PORT, grpc://HOST:PORT or"
              + " grpcs://HOST:PORT");
    }
    if (scheme.startsWith(GRPC) && (address.getPort() < 0 || !address.getPath().equals("/"))) {
      throw new IllegalArgumentException(
          "server " + address + ": an address for gRPC is " + scheme + "://HOST:PORT and no more");
    }
    if (!token.isEmpty() && !SECURE.contains(scheme) && !isLocal(address.getHost())) {
      throw new IllegalArgumentException(
          "server " + address + ": a token goes over https or grpcs only, or anyone could read it");
    }
  }

  /** 127.0.0.0/8; a name may begin like it. */
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.equals("[::1]") || LOOPBACK.matcher(host).matches();
  }

  /**
   * The settings of an environment; empty where it names no server.
   *
   * @throws IllegalArgumentException where the address is none or a file cannot be read
   */
  public static Optional<ServerSettings> of(Map<String, String> environment) {
    String address = environment.getOrDefault(ADDRESS, "").strip();
    if (address.isEmpty()) {
      return Optional.empty();
    }
    String tokenFile = environment.getOrDefault(TOKEN_FILE, "");
    String authority = environment.getOrDefault(AUTHORITY, "");
    try {
      String token = tokenFile.isEmpty() ? "" : token(Files.readString(Path.of(tokenFile)));
      return Optional.of(
          new ServerSettings(
              new URI(address),
              token,
              authority.isEmpty() ? null : Path.of(authority),
              CONNECT,
              REQUEST,
              RETRIES));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(ADDRESS + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(TOKEN_FILE + ": cannot read " + tokenFile, e);
    }
  }

  /** Without the mark that some editors put first. */
  private static String token(String text) {
    String token = text.replace("\uFEFF", "").strip();
    if (!VISIBLE.matcher(token).matches()) {
      throw new IllegalArgumentException(TOKEN_FILE + ": what it holds is no token");
    }
    return token;
  }

  boolean usesGrpc() {
    return address.getScheme().startsWith(GRPC);
  }

  boolean usesTls() {
    return SECURE.contains(address.getScheme());
  }

  /** What went wrong there, for the user. */
  RemoteException failure(String what, boolean passing, Throwable cause) {
    return new RemoteException("server " + label() + ": " + what, passing, cause);
  }

  /** Host and port, for the screen. */
  public String label() {
    return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
  }

  /**
   * What TLS connections trust; null for what the system trusts.
   *
   * @throws IllegalArgumentException where the certificates cannot be read
   */
  SSLContext trust() {
    if (authority == null) {
      return null;
    }
    try {
      return TrustedCertificates.of(authority);
    } catch (IOException e) {
      throw new IllegalArgumentException(AUTHORITY + ": cannot read " + authority, e);
    }
  }
}
