package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.image.Image2;
import org.loupe.net.TlsIdentity;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.Precision;
import org.loupe.sr.model.ServedGraph;
import org.loupe.sr.model.SmallModel;
import org.loupe.sr.remote.GrpcInferenceServer;
import org.loupe.sr.remote.ServerSettings;

/** A real slice, prepared over gRPC and here. */
class RemoteGrpcTest {

  private static final String TOKEN = "a-token";

  /** Of the picture's largest value, both in single precision. */
  private static final double TOLERANCE = 1e-4;

  @TempDir static Path folder;

  private static ModelPackage model;
  private static List<ServedGraph> graphs;
  private static SliceInput slice;

  /** The picture of this machine, in single precision as on the server. */
  private static Image2 here;

  private GrpcInferenceServer server;

  @BeforeAll
  static void prepare() throws IOException {
    model = SmallModel.write(folder.resolve("model"));
    graphs = ServedGraph.of(model);
    slice = RemoteFixtures.slice();
    System.setProperty(Precision.PROPERTY, "single");
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.CPU)) {
      here = RemoteFixtures.upscaled(engine, slice);
    } finally {
      System.clearProperty(Precision.PROPERTY);
    }
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private SuperResolver engine() throws ModelException {
    return engine(RemoteFixtures.settings(server.address(), "", null));
  }

  private static SuperResolver engine(ServerSettings settings) throws ModelException {
    return SuperResolver.open(model, DeviceChoice.CPU, settings);
  }

  private static void assertSame(Image2 expected, Image2 actual) {
    assertEquals(0, RemoteFixtures.relativeDifference(expected, actual), TOLERANCE);
  }

  private static void assertOnServer(SuperResolver engine) {
    String device = engine.info().device();
    assertTrue(device.startsWith("server localhost:"), device);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theServersSliceIsThatOfThisMachineAndAZoomNeedsNoServer(boolean raw) throws Exception {
    server = new GrpcInferenceServer(graphs, null, raw, "");
    try (SuperResolver engine = engine();
        SliceFeatures features = engine.prepare(slice)) {
      assertOnServer(engine);
      assertSame(here, engine.upscale(features, 204, 240, true));
      engine.decode(features, new View(0.3, 0.3, 20, 30, 128, 128));
      assertEquals(3, server.inferences());
    }
    // Names, shapes, types: nothing of the patient.
    for (String request : server.requests()) {
      assertTrue(
          request.matches(
              "model_name: \"loupe-[a-z]+-[0-9a-f]{12}\"\\n"
                  + "(inputs \\{\\n"
                  + "  name: \"[a-z]+__\\d\"\\n"
                  + "  datatype: \"FP32\"\\n"
                  + "(  shape: \\d+\\n)+"
                  + "\\}\\n)+"
                  + "outputs \\{\\n"
                  + "  name: \"output__0\"\\n"
                  + "\\}\\n"),
          request);
    }
  }

  @Test
  void severalStationsAtOnceGetTheSamePicture() throws Exception {
    server = new GrpcInferenceServer(graphs, null, true, "");
    int stations = 4;
    ExecutorService pool = Executors.newFixedThreadPool(stations);
    try {
      List<Future<Image2>> pictures = new ArrayList<>();
      for (int i = 0; i < stations; i++) {
        pictures.add(
            pool.submit(
                () -> {
                  try (SuperResolver engine = engine()) {
                    Image2 picture = RemoteFixtures.upscaled(engine, slice);
                    assertOnServer(engine);
                    return picture;
                  }
                }));
      }
      for (Future<Image2> picture : pictures) {
        assertSame(here, picture.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(3 * stations, server.inferences());
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws Exception {
    server = new GrpcInferenceServer(graphs, null, true, "");
    try (SuperResolver engine = engine()) {
      server.failNext(2);
      assertSame(here, RemoteFixtures.upscaled(engine, slice));
      assertEquals(3, server.inferences());
      assertOnServer(engine);
    }
  }

  @Test
  void thisMachineGoesOnWhereTheServerBreaksDownOnTheWay() throws Exception {
    server = new GrpcInferenceServer(graphs, null, true, "");
    List<String> told = new ArrayList<>();
    try (SuperResolver engine = engine()) {
      engine.whenMoved(info -> told.add(info.device()));
      server.dieAt(2);
      Image2 picture = RemoteFixtures.upscaled(engine, slice);
      assertEquals(1, server.inferences());
      try (SuperResolver local = SuperResolver.open(model, DeviceChoice.CPU)) {
        assertArrayEquals(RemoteFixtures.upscaled(local, slice).values(), picture.values());
      }
      String label = "server localhost:" + server.address().getPort();
      assertEquals(List.of("CPU (" + label + ": not reached)"), told);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
    server = new GrpcInferenceServer(graphs, null, true, "");
    ServerSettings hasty =
        new ServerSettings(
            server.address(), "", null, Duration.ofSeconds(5), Duration.ofSeconds(5), 0);
    try (SuperResolver engine = engine(hasty)) {
      server.fallSilent();
      engine.prepare(slice).close();
      String device = engine.info().device();
      assertTrue(device.endsWith(": no answer in time)"), device);
    }
  }

  @Test
  void aServerThatIsGoneOrHasOtherWeightsIsNotUsed() throws Exception {
    server = new GrpcInferenceServer(graphs.subList(0, 1), null, true, "");
    URI address = server.address();
    try (SuperResolver engine = engine()) {
      String device = engine.info().device();
      assertTrue(device.contains("it does not have the model"), device);
    }
    server.close();
    try (SuperResolver engine = engine(RemoteFixtures.settings(address, "", null))) {
      assertEquals(
          "CPU (server localhost:" + address.getPort() + ": not reached)", engine.info().device());
    }
  }

  @Test
  void tlsAndTokenAreNeededWhereTheServerWantsThem() throws Exception {
    TlsIdentity identity = TlsIdentity.in(folder);
    server = new GrpcInferenceServer(graphs, identity.keys(), true, TOKEN);
    Path trusted = identity.certificate();
    try (SuperResolver engine = engine(RemoteFixtures.settings(server.address(), TOKEN, trusted))) {
      assertOnServer(engine);
      assertSame(here, RemoteFixtures.upscaled(engine, slice));
    }
    assertRefused("its certificate is not trusted", TOKEN, null);
    assertRefused("the token is not accepted", "wrong", trusted);
  }

  private void assertRefused(String why, String token, Path trusted) throws ModelException {
    try (SuperResolver engine = engine(RemoteFixtures.settings(server.address(), token, trusted))) {
      String device = engine.info().device();
      assertTrue(device.contains(why), device);
    }
  }

  @Test
  void readsItsSettingsFromTheEnvironment() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    Map<String, String> secure =
        Map.of(
            ServerSettings.ADDRESS,
            "grpcs://sr.example:8001",
            ServerSettings.TOKEN_FILE,
            token.toString());
    ServerSettings settings = ServerSettings.of(secure).orElseThrow();
    assertEquals("sr.example:8001", settings.label());
    assertWrong("over https or grpcs only", "grpc://sr.example:8001", token.toString());
    assertWrong("and no more", "grpcs://sr.example", "");
    assertWrong("and no more", "grpcs://sr.example:8001/triton", "");
    assertWrong("an address is", "ftp://sr.example:8001", "");
  }

  private static void assertWrong(String why, String address, String token) {
    Map<String, String> environment =
        Map.of(ServerSettings.ADDRESS, address, ServerSettings.TOKEN_FILE, token);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ServerSettings.of(environment));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
