package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.image.Image2;
import org.loupe.net.TlsIdentity;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ServedGraph;
import org.loupe.sr.model.SmallModel;
import org.loupe.sr.remote.InferenceServer;
import org.loupe.sr.remote.ServerSettings;

/** A real slice, prepared on a server and here. */
class RemoteEngineTest {

  private static final String TOKEN = "a-token";

  /** Of the picture's largest value: the processor may compute in bfloat16, the server does not. */
  private static final double TOLERANCE = 0.02;

  @TempDir static Path folder;

  private static ModelPackage model;
  private static List<ServedGraph> graphs;
  private static SliceInput slice;

  private InferenceServer server;

  @BeforeAll
  static void prepare() throws IOException {
    model = SmallModel.write(folder.resolve("model"));
    graphs = ServedGraph.of(model);
    slice = RemoteFixtures.slice();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static SuperResolver engine(ServerSettings settings) throws ModelException {
    return SuperResolver.open(model, DeviceChoice.CPU, settings);
  }

  private static Image2 here() throws ModelException {
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.CPU)) {
      return RemoteFixtures.upscaled(engine, slice);
    }
  }

  private static void assertSame(Image2 expected, Image2 actual) {
    assertEquals(0, RemoteFixtures.relativeDifference(expected, actual), TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theServersSliceIsThatOfThisMachineAndAZoomNeedsNoServer(boolean binary) throws Exception {
    server = new InferenceServer(graphs, null, binary, "");
    try (SuperResolver engine = engine(RemoteFixtures.settings(server.address(), "", null));
        SliceFeatures features = engine.prepare(slice)) {
      assertTrue(engine.info().device().startsWith("server localhost:"), engine.info().device());
      assertSame(here(), engine.upscale(features, 204, 240, true));
      assertEquals(3, server.inferences());
      for (double step : new double[] {0.5, 0.3, 0.11}) {
        engine.decode(features, new View(step, step, 20, 30, 128, 128));
      }
      assertEquals(3, server.inferences());
    }
    // Names, shapes, numbers: nothing of the patient.
    for (String request : server.requests()) {
      String skeleton = request.replaceAll("\"data\":\\[[^]]*]", "");
      assertTrue(
          skeleton.matches("[\\[\\]{}:,\"0-9a-z_A-Z -]*") && skeleton.length() < 800, skeleton);
      assertFalse(skeleton.contains("Colin") || skeleton.contains("1.2."), skeleton);
    }
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws Exception {
    server = new InferenceServer(graphs, null, true, "");
    try (SuperResolver engine = engine(RemoteFixtures.settings(server.address(), "", null))) {
      server.failNext(2);
      assertSame(here(), RemoteFixtures.upscaled(engine, slice));
      assertEquals(3, server.inferences());
      assertTrue(engine.info().device().startsWith("server "), engine.info().device());
    }
  }

  @Test
  void thisMachineGoesOnWhereTheServerStops() throws Exception {
    server = new InferenceServer(graphs, null, true, "");
    List<String> told = new ArrayList<>();
    try (SuperResolver engine = engine(RemoteFixtures.settings(server.address(), "", null));
        SliceFeatures earlier = engine.prepare(slice)) {
      engine.whenMoved(info -> told.add(info.device()));
      String label = "server localhost:" + server.address().getPort();
      server.close();
      assertArrayEquals(here().values(), RemoteFixtures.upscaled(engine, slice).values());
      assertEquals(List.of("CPU (" + label + ": not reached)"), told);
      assertSame(here(), engine.upscale(earlier, 204, 240, true));
    }
  }

  @Test
  @Timeout(40)
  void thisMachineGoesOnWhereAnAnswerStopsHalfWay() throws Exception {
    server = new InferenceServer(graphs, null, true, "");
    ServerSettings patient = RemoteFixtures.settings(server.address(), "", null);
    ServerSettings settings =
        new ServerSettings(
            patient.address(), "", null, patient.connectTimeout(), Duration.ofSeconds(1), 0);
    try (SuperResolver engine = engine(settings)) {
      server.stall();
      assertArrayEquals(here().values(), RemoteFixtures.upscaled(engine, slice).values());
      String device = engine.info().device();
      assertTrue(device.endsWith(": no answer in time)"), device);
    }
  }

  /** A request would wait a minute, and be sent thrice. */
  @Test
  @Timeout(40)
  void closingDoesNotWaitForTheServer() throws Exception {
    server = new InferenceServer(graphs, null, true, "");
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    SrScheduler scheduler =
        new SrScheduler(
            () -> {
              SuperResolver engine = engine(RemoteFixtures.settings(server.address(), "", null));
              engine.whenMoved(info -> told.add(info.device()));
              return engine;
            },
            64 << 20);
    server.hold();
    View view = new View(0.5, 0.5, 0, 0, 128, 128);
    scheduler.request(
        this, new SrScheduler.Request("k", () -> slice, view, 64, 64, true), new Silent());
    server.awaitHeld();
    scheduler.close();
    assertEquals(List.of(), told);
  }

  /** Hears nothing: what is closed tells nobody anything. */
  private static final class Silent implements SrScheduler.Listener {
    @Override
    public void started() {}

    @Override
    public void prepared(SlicePrior prior) {
      fail("prepared");
    }

    @Override
    public void tile(SrScheduler.Tile tile) {
      fail("a tile");
    }

    @Override
    public void finished(double prepareMillis, double decodeMillis) {
      fail("finished");
    }

    @Override
    public void failed(String message) {
      fail(message);
    }
  }

  @Test
  void withoutAServerItOpensHereAndSaysSo() throws Exception {
    server = new InferenceServer(graphs, null, true, "");
    URI gone = server.address();
    server.close();
    try (SuperResolver engine = engine(RemoteFixtures.settings(gone, "", null))) {
      assertEquals(
          "CPU (server localhost:" + gone.getPort() + ": not reached)", engine.info().device());
    }
  }

  @Test
  void aServerWithOtherWeightsIsNotUsed() throws Exception {
    ModelPackage other = ModelPackage.open(shipped());
    server = new InferenceServer(graphs, null, true, "");
    try (SuperResolver engine =
        SuperResolver.open(
            other, DeviceChoice.CPU, RemoteFixtures.settings(server.address(), "", null))) {
      String device = engine.info().device();
      assertTrue(device.contains("it does not have the model"), device);
    }
  }

  private static Path shipped() {
    return Path.of(System.getProperty("loupe.home"), "assets", "models", "loupe");
  }

  @Test
  void tlsAndTokenAreNeededWhereTheServerWantsThem() throws Exception {
    TlsIdentity identity = TlsIdentity.in(folder);
    Path certificate = identity.certificate();
    server = new InferenceServer(graphs, identity.tls(), true, TOKEN);
    try (SuperResolver engine =
        engine(RemoteFixtures.settings(server.address(), TOKEN, certificate))) {
      assertTrue(engine.info().device().startsWith("server "), engine.info().device());
      assertSame(here(), RemoteFixtures.upscaled(engine, slice));
    }
    try (SuperResolver engine = engine(RemoteFixtures.settings(server.address(), TOKEN, null))) {
      String device = engine.info().device();
      assertTrue(device.contains("its certificate is not trusted"), device);
    }
    try (SuperResolver engine =
        engine(RemoteFixtures.settings(server.address(), "wrong", certificate))) {
      String device = engine.info().device();
      assertTrue(device.contains("the token is not accepted"), device);
    }
  }

  @Test
  void readsItsSettingsFromTheEnvironment() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    ServerSettings settings =
        ServerSettings.of(
                Map.of(
                    ServerSettings.ADDRESS,
                    "https://sr.example:8443/triton",
                    ServerSettings.TOKEN_FILE,
                    token.toString()))
            .orElseThrow();
    assertEquals("secret", settings.token());
    assertEquals("sr.example:8443", settings.label());
    assertEquals("https://sr.example:8443/triton/v2", settings.address().resolve("v2").toString());
    assertTrue(ServerSettings.of(Map.of()).isEmpty());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ServerSettings.of(
                    Map.of(
                        ServerSettings.ADDRESS,
                        "http://sr.example",
                        ServerSettings.TOKEN_FILE,
                        token.toString())));
    assertTrue(e.getMessage().contains("over https or grpcs only"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> ServerSettings.of(Map.of(ServerSettings.ADDRESS, "sr.example")));
  }

  @Test
  void aTokensFileMayBeginWithAMarkAndIsNeverQuoted() throws IOException {
    Path token = folder.resolve("marked");
    Map<String, String> environment =
        Map.of(
            ServerSettings.ADDRESS,
            "https://sr.example",
            ServerSettings.TOKEN_FILE,
            token.toString());
    Files.writeString(token, "\uFEFFsecret\r\n");
    assertEquals("secret", ServerSettings.of(environment).orElseThrow().token());
    Files.writeString(token, "secret\nof two lines");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ServerSettings.of(environment));
    assertEquals(ServerSettings.TOKEN_FILE + ": what it holds is no token", e.getMessage());
  }
}
