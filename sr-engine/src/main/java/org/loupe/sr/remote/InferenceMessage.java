package org.loupe.sr.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests and answers of the protocol: JSON, and with the extension for binary tensor data the
 * numbers after it, little-endian, in the order of the tensors.
 *
 * @param body JSON, then the numbers
 * @param headerLength length of the JSON where numbers follow it; -1 where all is JSON
 */
record InferenceMessage(byte[] body, int headerLength) {

  /** Name of the extension in a server's metadata. */
  static final String BINARY_EXTENSION = "binary_tensor_data";

  /** HTTP header with the length of the JSON. */
  static final String LENGTH_HEADER = "Inference-Header-Content-Length";

  private static final String BINARY_SIZE = "binary_data_size";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A request for one output.
   *
   * @param binary whether the server has the extension
   */
  static InferenceMessage request(List<Tensor> inputs, String output, boolean binary)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("inputs");
    for (Tensor input : inputs) {
      ObjectNode node = list.addObject();
      node.put("name", input.name());
      node.put("datatype", "FP32");
      ArrayNode shape = node.putArray("shape");
      for (long axis : input.shape()) {
        shape.add(axis);
      }
      if (binary) {
        node.putObject("parameters").put(BINARY_SIZE, 4L * input.values().length);
      } else {
        ArrayNode data = node.putArray("data");
        for (float value : input.values()) {
          data.add(value);
        }
      }
    }
    ObjectNode wanted = root.putArray("outputs").addObject();
    wanted.put("name", output);
    if (binary) {
      wanted.putObject("parameters").put("binary_data", true);
    }
    byte[] header = JSON.writeValueAsBytes(root);
    if (!binary) {
      return new InferenceMessage(header, -1);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(header);
    for (Tensor input : inputs) {
      ByteBuffer b = ByteBuffer.allocate(4 * input.values().length).order(ByteOrder.LITTLE_ENDIAN);
      b.asFloatBuffer().put(input.values());
      bytes.write(b.array());
    }
    return new InferenceMessage(bytes.toByteArray(), header.length);
  }

  /**
   * The output of a name in this answer.
   *
   * @throws IOException where it is not an answer as the protocol wants it
   */
  Tensor output(String name) throws IOException {
    int jsonLength = headerLength < 0 ? body.length : headerLength;
    if (jsonLength > body.length) {
      throw new IOException("its header is longer than its answer");
    }
    JsonNode root;
    try {
      root = JSON.readTree(body, 0, jsonLength);
    } catch (JacksonException e) {
      throw new IOException("it does not answer in JSON", e);
    }
    int offset = jsonLength;
    for (JsonNode node : root.path("outputs")) {
      int size = node.path("parameters").path(BINARY_SIZE).asInt(-1);
      if (size > body.length - offset || size < -1) {
        throw new IOException("its answer is cut short");
      }
      if (node.path("name").asText().equals(name)) {
        return tensor(node, size, offset);
      }
      offset += Math.max(0, size);
    }
    throw new IOException("its answer has no " + name);
  }

  private Tensor tensor(JsonNode node, int size, int offset) throws IOException {
    String name = node.path("name").asText();
    if (!node.path("datatype").asText().equals("FP32")) {
      throw new IOException(name + " is " + node.path("datatype").asText() + ", not FP32");
    }
    List<Long> axes = new ArrayList<>();
    node.path("shape").forEach(axis -> axes.add(axis.asLong(-1)));
    long[] shape = axes.stream().mapToLong(Long::longValue).toArray();
    float[] values;
    if (size >= 0) {
      values = new float[size / 4];
      ByteBuffer.wrap(body, offset, size)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    } else {
      JsonNode data = node.path("data");
      values = new float[data.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) data.get(i).asDouble(Double.NaN);
      }
    }
    try {
      return new Tensor(name, shape, values);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("its answer is no array: " + e.getMessage(), e);
    }
  }

  /** What a server says went wrong; empty where it says nothing. */
  static String error(byte[] body) {
    try {
      return JSON.readTree(body).path("error").asText("");
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether a server's metadata names the extension. */
  static boolean hasBinary(byte[] metadata) throws IOException {
    for (JsonNode extension : JSON.readTree(metadata).path("extensions")) {
      if (extension.asText().equals(BINARY_EXTENSION)) {
        return true;
      }
    }
    return false;
  }
}
