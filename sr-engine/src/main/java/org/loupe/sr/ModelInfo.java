package org.loupe.sr;

import org.loupe.sr.model.ModelManifest;

/**
 * What runs: for badges, the model card and {@code sr info}.
 *
 * @param device "CPU", or "CUDA" with its number
 */
public record ModelInfo(ModelManifest manifest, String device) {

  public String name() {
    return manifest.name();
  }

  public String version() {
    return manifest.version();
  }
}
