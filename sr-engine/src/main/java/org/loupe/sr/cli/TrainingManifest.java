package org.loupe.sr.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.loupe.sr.model.DualArbNetwork;
import org.loupe.sr.model.ModelManifest;

/** Manifests of what {@code sr train} makes of the open data sets. */
final class TrainingManifest {

  private static final List<Double> SCALES = List.of(1.1, 4.2);
  private static final List<String> REFERENCES = List.of("PD", "T1", "FLAIR");
  private static final int PRIOR_CHANNELS = 16;
  private static final String DATA_LICENCE = "Data: CC-BY";

  private static final List<String> CITATIONS =
      List.of(
          "Lesjak Z, Pernus F, Likar B, Spiclin Z. Validation of White-Matter Lesion Change"
              + " Detection Methods on a Novel Publicly Available MRI Image Database."
              + " Neuroinformatics (2016): 1-18.",
          "Lesjak Z, Galimzianova A, Koren A, Lukin M, Pernus F, Likar B, Spiclin Z. A Novel"
              + " Public MR Image Dataset of Multiple Sclerosis Patients With Lesion"
              + " Segmentations Based on Multi-rater Consensus. Neuroinformatics (2017).");

  private static final List<String> LIMITS =
      List.of(
          "Adult brains of few patients with multiple sclerosis; axial 2-D T2 and one 1 mm"
              + " volume; no children, no other body part",
          "Factors above 4.2 are outside the training range",
          "Not for diagnostic use");

  private TrainingManifest() {}

  static ModelManifest loupe(
      String name, String version, String exclude, int channels, int blocks) {
    return new ModelManifest(
        name,
        version,
        "T2 at any factor from T2, its neighbouring slices, PD, T1 or FLAIR and a tissue prior",
        Map.of(),
        Map.of("channels", channels, "blocks", blocks, "prior_channels", PRIOR_CHANNELS),
        "T2",
        REFERENCES,
        SCALES,
        data(exclude),
        Map.of(),
        "Weights: as Loupe. " + DATA_LICENCE,
        CITATIONS,
        LIMITS);
  }

  static ModelManifest dualArb(
      String name, String version, String exclude, Map<String, Integer> sizes) {
    List<String> citations = new ArrayList<>(CITATIONS);
    citations.add(
        "Zhang J, Chi Y, Lyu J, Yang W, Tian Y. Dual Arbitrary Scale Super-Resolution for"
            + " Multi-contrast MRI. MICCAI (2023).");
    List<String> limits = new ArrayList<>(LIMITS);
    limits.add("For comparison with the published method only; needs a reference");
    return new ModelManifest(
        name,
        version,
        "Dual-ArbNet, written anew from its description, for comparison",
        Map.of(),
        sizes,
        "T2",
        REFERENCES,
        SCALES,
        data(exclude),
        Map.of(),
        "Weights: as Loupe. " + DATA_LICENCE,
        citations,
        limits,
        DualArbNetwork.FORMAT,
        null,
        null,
        null);
  }

  private static List<String> data(String exclude) {
    return List.of(
        "Longitudinal MS patients of the Laboratory of Imaging Technologies, University of"
            + " Ljubljana, without those named "
            + exclude
            + "*",
        "One MNI-space MS patient of the same laboratory, three quarters of its slices",
        "References simulated from them: PD-like mixtures, contrast and misalignment");
  }
}
