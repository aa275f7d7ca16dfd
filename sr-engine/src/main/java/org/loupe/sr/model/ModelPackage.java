package org.loupe.sr.model;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.image.AtomicFile;

/**
 * A folder with {@code model.json} and the weights it names. Weights whose hash is not the one in
 * the manifest are refused.
 *
 * @param folder where it lies
 */
public record ModelPackage(Path folder, ModelManifest manifest) {

  public static final String MANIFEST = "model.json";
  public static final String SR_WEIGHTS = "sr.params";
  public static final String PRIOR_WEIGHTS = "prior.params";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Reads the manifest; the weights are read and checked when a network is loaded. */
  public static ModelPackage open(Path folder) throws ModelException {
    Path file = folder.resolve(MANIFEST);
    try {
      ModelManifest manifest = JSON.readValue(Files.readAllBytes(file), ModelManifest.class);
      if (manifest.name() == null || manifest.version() == null || manifest.sha256() == null) {
        throw new ModelException(file + ": name, version or sha256 is missing");
      }
      return new ModelPackage(folder, manifest);
    } catch (JsonProcessingException e) {
      String reason =
          e.getCause() instanceof IllegalArgumentException cause
              ? cause.getMessage()
              : e.getOriginalMessage();
      throw new ModelException(file + " is not a model manifest: " + reason, e);
    } catch (ModelException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelException(
          "no model package in " + folder + ": " + MANIFEST + " is missing", e);
    }
  }

  /** The super-resolution network with its weights, frozen, in the manager's native memory. */
  public SrNetwork loadNetwork(NDManager manager) throws ModelException {
    return load(
        new SrNetwork(manifest.size("channels"), manifest.size("blocks")), SR_WEIGHTS, manager);
  }

  /**
   * The super-resolution network with more residual blocks, of the same function: the added ones
   * pass on what comes in until they are trained.
   *
   * @param blocks at least as many as the model has
   */
  public SrNetwork loadNetwork(int blocks, NDManager manager) throws ModelException {
    SrNetwork own = loadNetwork(manager);
    if (blocks == manifest.size("blocks")) {
      return own;
    }
    SrNetwork deeper = new SrNetwork(manifest.size("channels"), blocks);
    initialize(deeper, manager);
    deeper.startAs(own);
    return deeper;
  }

  /** The published peer with its weights, frozen. */
  public DualArbNetwork loadDualArb(NDManager manager) throws ModelException {
    for (String key : DualArbNetwork.PUBLISHED.keySet()) {
      manifest.size(key);
    }
    return load(new DualArbNetwork(manifest.architecture()), SR_WEIGHTS, manager);
  }

  /** The segmentation network of the prior with its weights, frozen. */
  public SegmentationNetwork loadPrior(NDManager manager) throws ModelException {
    return load(new SegmentationNetwork(manifest.size("prior_channels")), PRIOR_WEIGHTS, manager);
  }

  /**
   * A file of the package, of the hash that the manifest says.
   *
   * @throws ModelException where it cannot be read or was changed
   */
  byte[] read(String file) throws ModelException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder.resolve(file));
    } catch (IOException e) {
      throw new ModelException("model " + label() + ": cannot read " + folder.resolve(file), e);
    }
    String expected = manifest.sha256().get(file);
    String actual = sha256(bytes);
    if (!actual.equalsIgnoreCase(expected)) {
      throw new ModelException(
          "model "
              + label()
              + ": the SHA-256 of "
              + file
              + " is "
              + actual
              + ", the manifest says "
              + expected
              + "; the weights are damaged or were changed");
    }
    return bytes;
  }

  /** Whether it holds a segmentation network for the prior. */
  public boolean hasPrior() {
    return manifest.sha256().containsKey(PRIOR_WEIGHTS);
  }

  private <B extends Block> B load(B block, String file, NDManager manager) throws ModelException {
    byte[] bytes = read(file);
    try {
      initialize(block, manager);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      loadParameters(block, in, manager);
      if (in.read() != -1) {
        throw new MalformedModelException("more parameters than the architecture has");
      }
    } catch (Exception e) {
      throw new ModelException(
          "model " + label() + ": " + file + " does not fit the architecture in the manifest", e);
    }
    freeze(block);
    return block;
  }

  /** Gives the block's parameters their shapes and first values. */
  public static void initialize(Block block, NDManager manager) {
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 8, 8));
  }

  /**
   * Reads an initialised block's parameters as {@link #weights} wrote them. A parameter on its own
   * takes any shape that it finds, so the shapes are compared here.
   *
   * @throws MalformedModelException where they are those of another architecture
   */
  public static void loadParameters(Block block, DataInputStream in, NDManager manager)
      throws IOException, MalformedModelException {
    List<Shape> expected = shapes(block);
    block.loadParameters(manager, in);
    if (!shapes(block).equals(expected)) {
      throw new MalformedModelException("parameters of other shapes");
    }
  }

  private static List<Shape> shapes(Block block) {
    return block.getParameters().values().stream().map(p -> p.getArray().getShape()).toList();
  }

  /** Parameters that ask for no gradient, so that inference builds no graph. */
  public static void freeze(Block block) {
    block.freezeParameters(true);
    block.getParameters().values().forEach(p -> p.getArray().setRequiresGradient(false));
  }

  /** Name and version. */
  public String label() {
    return manifest.name() + " " + manifest.version();
  }

  /** Serialised parameters of a block. */
  public static byte[] weights(Block block) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      block.saveParameters(out);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a package: each weight file, then the manifest with their hashes.
   *
   * @param weights bytes by file name
   */
  public static ModelPackage write(Path folder, ModelManifest manifest, Map<String, byte[]> weights)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : weights.entrySet()) {
      AtomicFile.write(folder.resolve(entry.getKey()), part -> Files.write(part, entry.getValue()));
      hashes.put(entry.getKey(), sha256(entry.getValue()));
    }
    ModelManifest complete = manifest.withSha256(hashes);
    AtomicFile.write(
        folder.resolve(MANIFEST), part -> Files.write(part, JSON.writeValueAsBytes(complete)));
    return new ModelPackage(folder, complete);
  }

  /** Hexadecimal SHA-256. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
