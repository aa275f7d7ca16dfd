package org.loupe.sr.model;

import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipOutputStream;

/**
 * Writes a graph and its weights as one TorchScript file that any libtorch loads: a zip of the
 * code, the module object as a Python pickle (protocol 2), and the numbers of each tensor. The
 * module holds the graph and the weights, and its {@code forward} passes them on.
 */
final class TorchScriptArchive {

  private static final String ROOT = "model/";

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private TorchScriptArchive() {}

  /**
   * The bytes of a file.
   *
   * @param graph source of the class {@code Graph}, whose forward's last argument is the weights
   * @param inputs names of the other arguments
   * @param weights float32
   */
  static byte[] write(String graph, List<String> inputs, List<NDArray> weights) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      Graph.put(zip, ROOT + "data.pkl", new TorchScriptArchive().module(weights));
      Graph.put(zip, ROOT + "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      String code = graph + "\n" + code(inputs, weights.size());
      Graph.put(zip, ROOT + "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < weights.size(); i++) {
        float[] values = weights.get(i).toFloatArray();
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        b.asFloatBuffer().put(values);
        Graph.put(zip, ROOT + "data/" + i, b.array());
      }
      Graph.put(zip, ROOT + "version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The class of the module. */
  private static String code(List<String> inputs, int weights) {
    StringBuilder names = new StringBuilder();
    StringBuilder fields = new StringBuilder();
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < weights; i++) {
      names.append("\"w").append(i).append("\", ");
      fields.append("  w").append(i).append(" : Tensor\n");
      list.append("self.w").append(i).append(", ");
    }
    String arguments = String.join(": Tensor, ", inputs) + ": Tensor";
    return "class Served(Module):\n"
        + ("  __parameters__ = [" + names + "]\n")
        + "  __buffers__ = []\n"
        + fields
        + "  training : bool\n"
        + "  graph : __torch__.Graph\n"
        + ("  def forward(self: __torch__.Served, " + arguments + ") -> Tensor:\n")
        + ("    w = [" + list.substring(0, list.length() - 2) + "]\n")
        + ("    return (self.graph).forward(" + String.join(", ", inputs) + ", w, )\n");
  }

  private byte[] module(List<NDArray> weights) {
    raw(0x80, 2);
    begin("Served");
    for (int i = 0; i < weights.size(); i++) {
      text("w" + i);
      tensor(i, weights.get(i).getShape().getShape());
    }
    text("training");
    raw(0x89);
    text("graph");
    begin("Graph");
    text("training");
    raw(0x89);
    raw('u', 'b');
    raw('u', 'b', '.');
    return pickle.toByteArray();
  }

  /** A new object of a class of the code, and the beginning of its fields. */
  private void begin(String type) {
    global("__torch__", type);
    raw(')', 0x81, '}', '(');
  }

  /** A call of torch._utils._rebuild_tensor_v2 for a contiguous float32 tensor. */
  private void tensor(int key, long[] shape) {
    long size = 1;
    long[] strides = new long[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = size;
      size *= shape[axis];
    }
    global("torch._utils", "_rebuild_tensor_v2");
    raw('(', '(');
    text("storage");
    global("torch", "FloatStorage");
    text(Integer.toString(key));
    text("cpu");
    number(size);
    raw('t', 'Q');
    number(0);
    tuple(shape);
    tuple(strides);
    raw(0x89);
    global("collections", "OrderedDict");
    raw(')', 'R', 't', 'R');
  }

  private void tuple(long[] numbers) {
    raw('(');
    for (long number : numbers) {
      number(number);
    }
    raw('t');
  }

  private void global(String module, String name) {
    raw('c');
    pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    raw('X');
    little(utf8.length);
    pickle.writeBytes(utf8);
  }

  private void number(long number) {
    raw('J');
    little(Math.toIntExact(number));
  }

  private void little(int number) {
    raw(number, number >> 8, number >> 16, number >> 24);
  }

  private void raw(int... bytes) {
    for (int b : bytes) {
      pickle.write(b);
    }
  }
}
