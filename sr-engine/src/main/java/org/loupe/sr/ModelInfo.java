package org.loupe.sr;

import org.loupe.sr.model.ModelManifest;

/**
 * What runs: for badges, the model card and {@code sr info}.
 *
 * @param device "CPU", or "CUDA" with its number; with the reason where another device failed
 */
public record ModelInfo(ModelManifest manifest, String device) {

  public String name() {
    return manifest.name();
  }

  public String version() {
    return manifest.version();
  }

  /** What the model's expected error is multiplied by. */
  float errorScale() {
    return manifest.errorScale() == null ? 1 : manifest.errorScale().floatValue();
  }
}
