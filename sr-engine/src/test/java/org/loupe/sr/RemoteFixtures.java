package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.loupe.image.Contrast;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.sr.remote.ServerSettings;
import org.loupe.study.Pairing;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.StudyLoader;

/** What tests of engines on servers share. */
final class RemoteFixtures {

  private static final String PASSWORD = "changeit";

  private RemoteFixtures() {}

  /** A slice of the demo study, with neighbours and PD. */
  static SliceInput slice() throws IOException {
    Path demo = Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");
    List<Path> files = new ArrayList<>();
    for (String series : List.of("T2", "PD")) {
      for (int n = 10; n <= 12; n++) {
        files.add(demo.resolve(series).resolve("IM%04d.dcm".formatted(n)));
      }
    }
    List<Series> all = new StudyLoader().load(files, Progress.NONE).allSeries();
    Series t2 = StudyLoader.ofContrast(all, Contrast.T2).orElseThrow();
    Series pd = StudyLoader.ofContrast(all, Contrast.PD).orElseThrow();
    return Pairing.pair(t2, 1, pd, false, null).input();
  }

  static ServerSettings settings(URI address, String token, Path authority) {
    return new ServerSettings(
        address, token, authority, Duration.ofSeconds(5), Duration.ofSeconds(60), 2);
  }

  static Image2 upscaled(SuperResolver engine, SliceInput slice) {
    try (SliceFeatures features = engine.prepare(slice)) {
      return engine.upscale(features, 204, 240, true);
    }
  }

  /** Largest difference over the largest value. */
  static double relativeDifference(Image2 expected, Image2 actual) {
    double largest = 0;
    for (float value : expected.values()) {
      largest = Math.max(largest, value);
    }
    return Fixtures.difference(expected, actual) / largest;
  }

  /**
   * A server's key and certificate for localhost.
   *
   * @param store PKCS #12
   * @param certificate PEM, what clients must trust
   */
  record Identity(Path store, Path certificate) {

    KeyManagerFactory keys() throws IOException, GeneralSecurityException {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD.toCharArray());
      return factory;
    }

    SSLContext tls() throws IOException, GeneralSecurityException {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys().getKeyManagers(), null, null);
      return context;
    }
  }

  static Identity identity(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("server.p12");
    Path certificate = folder.resolve("server.pem");
    String[] make = {"-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost"};
    keytool(store, List.of(make), List.of("-ext", "SAN=dns:localhost"));
    keytool(store, List.of("-exportcert", "-rfc"), List.of("-file", certificate.toString()));
    return new Identity(store, certificate);
  }

  private static void keytool(Path store, List<String> what, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(more);
    command.addAll(List.of("-alias", "server", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
  }
}
