package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.loupe.image.AtomicFile;
import org.loupe.sr.model.ServedGraph;

/**
 * A model repository as NVIDIA Triton reads it: {@code NAME/config.pbtxt} and {@code
 * NAME/1/model.pt} for each graph.
 */
final class TritonRepository {

  private TritonRepository() {}

  static void write(Path folder, List<ServedGraph> graphs) throws IOException {
    for (ServedGraph graph : graphs) {
      Path model = folder.resolve(graph.name());
      Files.createDirectories(model.resolve("1"));
      AtomicFile.write(model.resolve("1").resolve("model.pt"), graph.archive());
      AtomicFile.write(
          model.resolve("config.pbtxt"), config(graph).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sizes of slices differ, so all axes are free and requests are not batched. */
  static String config(ServedGraph graph) {
    StringBuilder text = new StringBuilder();
    text.append("name: \"").append(graph.name()).append("\"\n");
    text.append("platform: \"pytorch_libtorch\"\n");
    text.append("max_batch_size: 0\n");
    for (String input : graph.inputs()) {
      text.append("input {\n").append(tensor(input)).append("}\n");
    }
    text.append("output {\n").append(tensor(graph.output())).append("}\n");
    // Specialising the graph for every new size costs more than it gains.
    text.append("parameters {\n  key: \"DISABLE_OPTIMIZED_EXECUTION\"\n")
        .append("  value: { string_value: \"true\" }\n}\n");
    text.append("parameters {\n  key: \"INFERENCE_MODE\"\n")
        .append("  value: { string_value: \"true\" }\n}\n");
    return text.toString();
  }

  private static String tensor(String name) {
    return "  name: \"" + name + "\"\n  data_type: TYPE_FP32\n  dims: [ -1, -1, -1, -1 ]\n";
  }
}
