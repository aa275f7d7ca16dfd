package org.loupe.sr.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.loupe.sr.model.ServedGraph;

/**
 * A server of the Open Inference Protocol over HTTP for tests, with libtorch behind it: it runs the
 * exported TorchScript files, and refuses whatever the protocol does not allow.
 */
public final class InferenceServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields of a request and of an input, as the protocol's schema has them. */
  private static final Set<String> REQUEST = Set.of("id", "parameters", "inputs", "outputs");

  private static final Set<String> INPUT =
      Set.of("name", "shape", "datatype", "parameters", "data");

  /** A refusal, with the protocol's error object. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private final HttpServer http;
  private final boolean tls;
  private final boolean binary;
  private final String token;
  private final ServedModels models;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<String> headers = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile boolean holding;
  private volatile boolean stalling;

  /**
   * @param tls null for plain HTTP
   * @param binary whether it has the extension for binary tensor data
   * @param token that requests must carry; empty for none
   */
  public InferenceServer(List<ServedGraph> graphs, SSLContext tls, boolean binary, String token)
      throws IOException {
    this.tls = tls != null;
    this.binary = binary;
    this.token = token;
    models = new ServedModels(graphs);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      http = HttpServer.create(address, 0);
    } else {
      HttpsServer https = HttpsServer.create(address, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
      http = https;
    }
    http.createContext("/", this::handle);
    http.setExecutor(pool);
    http.start();
  }

  public URI address() {
    int port = http.getAddress().getPort();
    return URI.create((tls ? "https" : "http") + "://localhost:" + port);
  }

  /** The next requests to infer fail with 503. */
  public void failNext(int count) {
    failures.set(count);
  }

  /** From now on requests to infer are taken and never answered. */
  public void hold() {
    holding = true;
  }

  /** From now on requests to infer are answered by half a body, and then by nothing. */
  public void stall() {
    stalling = true;
  }

  /** Waits until a request is held. */
  public void awaitHeld() throws InterruptedException {
    held.await();
  }

  /** Requests to infer that were answered. */
  public int inferences() {
    return models.runs();
  }

  /** JSON of all requests to infer. */
  public synchronized List<String> requests() {
    return List.copyOf(headers);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      try {
        authorise(exchange);
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        if (path.length == 1 && path[0].equals("v2")) {
          send(exchange, 200, JSON.writeValueAsBytes(metadata()), -1);
        } else if (path.length == 4 && path[1].equals("models")) {
          model(exchange, path[2], path[3], request);
        } else {
          throw new Refusal(404, "no such place");
        }
      } catch (Refusal e) {
        byte[] error = JSON.writeValueAsBytes(JSON.createObjectNode().put("error", e.getMessage()));
        send(exchange, e.status, error, -1);
      }
    }
  }

  private void authorise(HttpExchange exchange) throws Refusal {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (!token.isEmpty() && !("Bearer " + token).equals(given)) {
      throw new Refusal(401, "unauthorised");
    }
  }

  private ObjectNode metadata() {
    ObjectNode node = JSON.createObjectNode().put("name", "test").put("version", "1");
    ArrayNode extensions = node.putArray("extensions");
    if (binary) {
      extensions.add(InferenceMessage.BINARY_EXTENSION);
    }
    return node;
  }

  private void model(HttpExchange exchange, String name, String verb, byte[] body)
      throws Refusal, IOException {
    ServedGraph model = models.graph(name);
    if (model == null) {
      throw new Refusal(404, "Request for unknown model: '" + name + "' is not found");
    }
    switch (verb + " " + exchange.getRequestMethod()) {
      case "ready GET" -> send(exchange, 200, new byte[0], -1);
      case "infer POST" -> infer(exchange, model, body);
      default -> throw new Refusal(405, "no such request");
    }
  }

  private void infer(HttpExchange exchange, ServedGraph model, byte[] body)
      throws Refusal, IOException {
    if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new Refusal(503, "busy");
    }
    if (stalling) {
      exchange.sendResponseHeaders(200, 4096);
      exchange.getResponseBody().write(new byte[2048]);
      exchange.getResponseBody().flush();
    }
    if (holding || stalling) {
      held.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new Refusal(503, "closing");
      }
    }
    String length = exchange.getRequestHeaders().getFirst(InferenceMessage.LENGTH_HEADER);
    int json = length == null ? body.length : Integer.parseInt(length);
    JsonNode root = JSON.readTree(body, 0, json);
    synchronized (this) {
      headers.add(new String(body, 0, json, StandardCharsets.UTF_8));
    }
    only(root, REQUEST);
    List<Tensor> inputs = new ArrayList<>();
    int offset = json;
    for (JsonNode input : root.path("inputs")) {
      only(input, INPUT);
      int size = input.path("parameters").path("binary_data_size").asInt(-1);
      if (size >= 0 && !binary) {
        throw new Refusal(400, "no binary data here");
      }
      float[] values = values(input, body, offset, size);
      inputs.add(new Tensor(input.path("name").asText(), shape(input), values));
      offset += Math.max(0, size);
    }
    List<String> names = inputs.stream().map(Tensor::name).toList();
    if (offset != body.length || !names.equals(model.inputs())) {
      throw new Refusal(400, "unexpected inputs " + names);
    }
    JsonNode wanted = root.path("outputs").path(0);
    if (!wanted.path("name").asText().equals(model.output())) {
      throw new Refusal(400, "no such output");
    }
    Tensor output = models.run(model.name(), inputs);
    answer(exchange, model, output, wanted.at("/parameters/binary_data").asBoolean());
  }

  private static void only(JsonNode node, Set<String> allowed) throws Refusal {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    if (!allowed.containsAll(names)) {
      throw new Refusal(400, "unexpected fields in " + names);
    }
  }

  private static long[] shape(JsonNode input) throws Refusal {
    if (!input.path("datatype").asText().equals("FP32") || input.path("shape").size() != 4) {
      throw new Refusal(400, "FP32 with four axes is expected");
    }
    List<Long> axes = new ArrayList<>();
    input.path("shape").forEach(axis -> axes.add(axis.asLong()));
    return axes.stream().mapToLong(Long::longValue).toArray();
  }

  private static float[] values(JsonNode input, byte[] body, int offset, int size) throws Refusal {
    int expected = (int) Tensor.size(shape(input));
    float[] values = new float[expected];
    if (size >= 0) {
      if (size != 4 * expected || offset + size > body.length || input.has("data")) {
        throw new Refusal(400, "binary data of another size");
      }
      ByteBuffer.wrap(body, offset, size)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      return values;
    }
    if (input.path("data").size() != expected) {
      throw new Refusal(400, "data of another size");
    }
    for (int i = 0; i < expected; i++) {
      values[i] = (float) input.path("data").get(i).asDouble();
    }
    return values;
  }

  private static void answer(
      HttpExchange exchange, ServedGraph graph, Tensor output, boolean binary) throws IOException {
    float[] values = output.values();
    ObjectNode root = JSON.createObjectNode();
    root.put("model_name", graph.name()).put("model_version", "1");
    ObjectNode node = root.putArray("outputs").addObject();
    node.put("name", graph.output()).put("datatype", "FP32");
    ArrayNode shape = node.putArray("shape");
    for (long axis : output.shape()) {
      shape.add(axis);
    }
    if (!binary) {
      ArrayNode data = node.putArray("data");
      for (float value : values) {
        data.add(value);
      }
      send(exchange, 200, JSON.writeValueAsBytes(root), -1);
      return;
    }
    node.putObject("parameters").put("binary_data_size", 4 * values.length);
    byte[] json = JSON.writeValueAsBytes(root);
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(json);
    bytes.write(b.array());
    send(exchange, 200, bytes.toByteArray(), json.length);
  }

  private static void send(HttpExchange exchange, int status, byte[] body, int json)
      throws IOException {
    if (json >= 0) {
      exchange.getResponseHeaders().set(InferenceMessage.LENGTH_HEADER, Integer.toString(json));
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    pool.shutdownNow();
    models.close();
  }
}
