package org.loupe.viewer;

import org.loupe.sr.DeviceChoice;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelRegistry;

/** How the viewer opens its engine. */
final class Engines {

  /** Limit of the caches of prepared slices and computed tiles. */
  private static final long CACHE_BYTES = 1L << 30;

  private Engines() {}

  /** The engine with the model that ships with the application. */
  static EngineService shipped(Milestones milestones) {
    return with(ModelRegistry.DEFAULT, milestones);
  }

  /**
   * @param model a model's name, or the folder of its package
   */
  static EngineService with(String model, Milestones milestones) {
    return new EngineService(
        () -> SuperResolver.open(ModelRegistry.standard().find(model), DeviceChoice.AUTO),
        CACHE_BYTES,
        milestones);
  }
}
