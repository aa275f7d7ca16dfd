package org.loupe.sr.model;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code torchscript} of a manifest whose format is {@link #FORMAT}: how the engine feeds graphs
 * that it knows nothing of. Either one graph or an encoder and a decoder. A key that is not here is
 * refused: a slip of the pen would else change the pictures silently.
 *
 * @param graph the whole model, run for every piece of a picture; null for a pair
 * @param encoder run once per slice; null for a single graph
 * @param decoder run for every piece of a picture; null for a single graph
 * @param reference how the reference is given to the graphs that take it
 * @param normalisation what target and reference are shifted and divided by
 * @param coordinates unit of the input of that name
 * @param multiple heights and widths of slices are padded to a multiple of it, edges repeated
 * @param receptiveField target pixels around a piece that a single graph needs to see; null: it is
 *     given the whole slice
 * @param halo output pixels around a piece that the last graph needs to compute and cannot trust
 * @param residual whether the graph's picture is added to the zero-filled interpolation
 * @param expectedError whether a second output channel is the natural logarithm of the scale of the
 *     Laplace distribution of the picture's error
 * @param consistency whether the picture is made to agree with the measurement
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TorchScriptManifest(
    Graph graph,
    Graph encoder,
    Graph decoder,
    Reference reference,
    Normalisation normalisation,
    Coordinates coordinates,
    int multiple,
    Integer receptiveField,
    int halo,
    boolean residual,
    boolean expectedError,
    Boolean consistency) {

  /** The value of the manifest's {@code format}. */
  public static final String FORMAT = "torchscript";

  /** What a graph may be given; batch size 1, float32. */
  public enum Input {
    /** (1, 1, h, w): the slice. */
    TARGET,
    /** (1, 2, h, w): the slices before and after it; the slice itself at the ends of the stack. */
    NEIGHBOURS,
    /** (1, 1, f h, f w): the reference, f times as fine as the target. */
    REFERENCE,
    /** (1, 3, h, w): probabilities of CSF, grey and white matter. */
    PRIOR,
    /** (1, q, q', 2): column and row of the output pixels. */
    COORDINATES,
    /** (1, 2): target columns and rows per output pixel. */
    STEP,
    /** (1, 1, q, q'): zero-filled interpolation of the target at the output pixels. */
    BASE,
    /** (1, 1, q, q'): the reference, interpolated at the output pixels. */
    OUTPUT_REFERENCE,
    /** The encoder's outputs, in their order. */
    FEATURES;

    /** Whether it is there before any output pixel is known. */
    boolean perSlice() {
      return this == TARGET || this == NEIGHBOURS || this == REFERENCE || this == PRIOR;
    }

    @JsonCreator
    static Input of(String name) {
      return constant(Input.class, name, "input");
    }

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a slice is shifted and divided by; pixels are first divided by a percentile. */
  public enum Normalisation {
    /** The 99.5th percentile becomes 1. */
    PERCENTILE,
    /** The maximum becomes 1. */
    MAXIMUM,
    /** The mean becomes 0, the standard deviation 1. */
    Z_SCORE;

    @JsonCreator
    static Normalisation of(String name) {
      return constant(Normalisation.class, name, "normalisation");
    }

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Unit of the coordinates of output pixels: of the slice as the graph is given it. */
  public enum Coordinates {
    /** -1 to 1 from edge to edge, as grid_sample takes them with align_corners=False. */
    GRID,
    /** Pixels; the centre of the first is 0. */
    PIXELS;

    @JsonCreator
    static Coordinates of(String name) {
      return constant(Coordinates.class, name, "unit of coordinates");
    }

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A TorchScript file.
   *
   * @param file its name in the package's folder
   * @param inputs what it is given, in the order of its arguments
   * @param outputs shapes of what an encoder gives; empty for the others, which give the picture
   */
  public record Graph(String file, List<Input> inputs, List<Features> outputs) {
    public Graph {
      inputs = inputs == null ? List.of() : List.copyOf(inputs);
      outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }

    boolean takes(Input input) {
      return inputs.contains(input);
    }

    @JsonAnySetter
    void unknown(String key, Object value) {
      refuse("torchscript graph", key);
    }
  }

  /**
   * An output (1, channels, factor h, factor w) of an encoder, for a slice of h x w pixels.
   *
   * @param factor above 0; 0.5 for features half as fine as the target
   */
  public record Features(int channels, double factor) {
    @JsonAnySetter
    void unknown(String key, Object value) {
      refuse("torchscript outputs", key);
    }
  }

  /**
   * @param factor reference samples per target pixel
   * @param required whether the model is of no use without; else zeros stand for it
   */
  public record Reference(int factor, boolean required) {
    public Reference {
      factor = factor == 0 ? 1 : factor;
    }

    @JsonAnySetter
    void unknown(String key, Object value) {
      refuse("torchscript.reference", key);
    }
  }

  public TorchScriptManifest {
    reference = reference == null ? new Reference(1, false) : reference;
    normalisation = normalisation == null ? Normalisation.PERCENTILE : normalisation;
    coordinates = coordinates == null ? Coordinates.GRID : coordinates;
    multiple = multiple == 0 ? 1 : multiple;
    consistency = consistency == null || consistency;
  }

  @JsonAnySetter
  void unknown(String key, Object value) {
    refuse("torchscript", key);
  }

  private static void refuse(String where, String key) {
    throw new IllegalArgumentException(where + " has no key " + key);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name, String what) {
    for (E constant : type.getEnumConstants()) {
      if (constant.toString().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "%s %s is unknown; there are %s"
            .formatted(
                what,
                name,
                Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", "))));
  }

  /** Whether any graph is given this. */
  public boolean takes(Input input) {
    return Stream.of(graph, encoder, decoder).anyMatch(g -> g != null && g.takes(input));
  }

  /** The graph that gives the picture. */
  public Graph last() {
    return graph == null ? decoder : graph;
  }

  /**
   * Looks whether the parts fit together.
   *
   * @param model for the message: the model's name
   * @throws ModelException where they do not
   */
  public void check(String model) throws ModelException {
    String wrong = wrong();
    if (wrong != null) {
      throw new ModelException("model " + model + ": " + wrong);
    }
  }

  /** What is wrong; null where nothing is. */
  private String wrong() {
    boolean single = graph != null && encoder == null && decoder == null;
    boolean pair = graph == null && encoder != null && decoder != null;
    if (!single && !pair) {
      return "torchscript must have either graph, or encoder and decoder";
    }
    if (multiple < 1 || halo < 0 || (receptiveField != null && receptiveField < 0)) {
      return "torchscript.multiple, halo or receptive_field is negative";
    }
    if (reference.factor < 1 || reference.factor > 16) {
      return "torchscript.reference.factor is not 1 to 16";
    }
    if (pair && receptiveField != null) {
      return "torchscript.receptive_field is for a single graph; an encoder sees the whole slice";
    }
    if (!last().outputs.isEmpty()) {
      return "torchscript: only an encoder has outputs";
    }
    if (single) {
      return graph.takes(Input.FEATURES)
          ? "torchscript.graph.inputs: only a decoder is given features"
          : wrong("graph", graph);
    }
    String wrong = wrong("encoder", encoder);
    if (wrong == null) {
      wrong = wrong("decoder", decoder);
    }
    return wrong == null ? wrongPair() : wrong;
  }

  private String wrong(String part, Graph of) {
    if (of.file == null || !Path.of(of.file).equals(Path.of(of.file).getFileName())) {
      return "torchscript." + part + ".file is not the name of a file in the package";
    }
    if (of.inputs.isEmpty()) {
      return "torchscript." + part + ".inputs is missing";
    }
    return null;
  }

  private String wrongPair() {
    for (Input input : encoder.inputs) {
      if (!input.perSlice()) {
        return "torchscript.encoder.inputs: " + input + " is known to a decoder only";
      }
    }
    for (Input input : decoder.inputs) {
      if (input.perSlice()) {
        return "torchscript.decoder.inputs: " + input + " is given to an encoder only";
      }
    }
    if (!decoder.takes(Input.FEATURES)) {
      return "torchscript.decoder.inputs: features are missing";
    }
    if (encoder.outputs.isEmpty()
        || encoder.outputs.stream().anyMatch(o -> o.channels < 1 || !(o.factor > 0))) {
      return "torchscript.encoder.outputs: needs channels of at least 1 and a factor above 0";
    }
    return null;
  }
}
