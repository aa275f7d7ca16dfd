package org.loupe.sr.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.loupe.image.PhaseAxis;

/**
 * {@code model.json} of a model package.
 *
 * @param name name in commands and badges
 * @param version version of the weights
 * @param description one sentence for the model card
 * @param sha256 hexadecimal hash of each weight file, by file name
 * @param architecture sizes the networks are built with: channels, blocks, prior_channels
 * @param target contrast that is super-resolved
 * @param references contrasts that may guide it
 * @param scales factors of training, lowest and highest
 * @param trainingData what it was trained on
 * @param metrics measured figures by name, in dB where the name says so
 * @param licence licence of the weights and of the data
 * @param citation what users of the data set must cite
 * @param limits known limits, for the model card
 * @param format null for Loupe's own network, {@link TorchScriptManifest#FORMAT} for other graphs
 * @param torchscript how to run these; null for Loupe's own network
 * @param errorScale what the decoder's expected error is multiplied by, so that its 90 % interval
 *     holds 90 % of the pixels; null for 1
 * @param oriented true where slices were turned in training so that phase is encoded from column to
 *     column; null for all orientations
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelManifest(
    String name,
    String version,
    String description,
    Map<String, String> sha256,
    Map<String, Integer> architecture,
    String target,
    List<String> references,
    List<Double> scales,
    List<String> trainingData,
    Map<String, Double> metrics,
    String licence,
    List<String> citation,
    List<String> limits,
    String format,
    TorchScriptManifest torchscript,
    Double errorScale,
    Boolean oriented) {

  public ModelManifest {
    references = references == null ? List.of() : references;
    scales = scales == null ? List.of() : scales;
    trainingData = trainingData == null ? List.of() : trainingData;
    metrics = metrics == null ? Map.of() : metrics;
    citation = citation == null ? List.of() : citation;
    limits = limits == null ? List.of() : limits;
  }

  /** Of a network of Loupe's own. */
  public ModelManifest(
      String name,
      String version,
      String description,
      Map<String, String> sha256,
      Map<String, Integer> architecture,
      String target,
      List<String> references,
      List<Double> scales,
      List<String> trainingData,
      Map<String, Double> metrics,
      String licence,
      List<String> citation,
      List<String> limits) {
    this(
        name,
        version,
        description,
        sha256,
        architecture,
        target,
        references,
        scales,
        trainingData,
        metrics,
        licence,
        citation,
        limits,
        null,
        null,
        null,
        null);
  }

  /** Highest factor of training, per acquired pixel; infinite where that is not said. */
  public double highestScale() {
    return scales.size() == 2 ? scales.get(1) : Double.POSITIVE_INFINITY;
  }

  /** Whether it knows slices of this axis of phase encoding with rows for columns only. */
  public boolean turns(PhaseAxis phase) {
    return Boolean.TRUE.equals(oriented) && phase == PhaseAxis.ROWS;
  }

  /**
   * Whether it makes two passes where they are asked for: Loupe's networks learn from mirrored
   * slices.
   */
  public boolean mirrors() {
    return format == null;
  }

  /** Sizes of the networks of a manifest; an absent one is an error of the package. */
  int size(String key) throws ModelException {
    Integer value = architecture == null ? null : architecture.get(key);
    if (value == null || value < 1) {
      throw new ModelException("model " + name + ": architecture." + key + " is missing");
    }
    return value;
  }

  /** The same with other measured figures. */
  public ModelManifest withMetrics(Map<String, Double> measured) {
    return with(sha256, architecture, measured, errorScale, oriented);
  }

  /** The same with another scale of the expected error. */
  public ModelManifest withErrorScale(double scale) {
    return with(sha256, architecture, metrics, scale, oriented);
  }

  /** The same, of a training that turned slices by their axis of phase encoding or did not. */
  public ModelManifest withOriented(boolean turned) {
    return with(sha256, architecture, metrics, errorScale, turned ? true : null);
  }

  /** The same with so many residual blocks in the encoder. */
  public ModelManifest withBlocks(int blocks) {
    Map<String, Integer> deeper = new TreeMap<>(architecture);
    deeper.put("blocks", blocks);
    return with(sha256, deeper, metrics, errorScale, oriented);
  }

  ModelManifest withSha256(Map<String, String> hashes) {
    return with(hashes, architecture, metrics, errorScale, oriented);
  }

  private ModelManifest with(
      Map<String, String> hashes,
      Map<String, Integer> sizes,
      Map<String, Double> measured,
      Double scale,
      Boolean turned) {
    return new ModelManifest(
        name,
        version,
        description,
        hashes,
        sizes,
        target,
        references,
        scales,
        trainingData,
        measured,
        licence,
        citation,
        limits,
        format,
        torchscript,
        scale,
        turned);
  }
}
