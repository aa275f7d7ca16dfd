package org.loupe.viewer;

import org.loupe.sr.DeviceChoice;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelRegistry;

/** How the viewer opens its engine. */
final class Engines {

  /**
   * Limit of the caches of prepared slices and computed tiles: twenty slices of 512 x 512 with a
   * reference of that size.
   */
  private static final long CACHE_BYTES = 850L << 20;

  /** The same of a model that is only compared with. */
  private static final long OTHER_CACHE_BYTES = 400L << 20;

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
        () ->
            SuperResolver.openWhereConfigured(
                ModelRegistry.standard().find(model), DeviceChoice.AUTO),
        CACHE_BYTES,
        milestones);
  }

  /**
   * The engines of all models at hand.
   *
   * @param model name of the one at work, or the folder of its package
   */
  static Models models(String model, Milestones milestones) throws ModelException {
    return models(model, DeviceChoice.AUTO, milestones);
  }

  /**
   * @param device where they run, unless a server is configured
   */
  static Models models(String model, DeviceChoice device, Milestones milestones)
      throws ModelException {
    ModelRegistry registry = ModelRegistry.standard();
    return new Models(
        registry.readable(),
        registry.find(model),
        (chosen, forComparing) ->
            new EngineService(
                () -> SuperResolver.openWhereConfigured(chosen, device),
                forComparing ? OTHER_CACHE_BYTES : CACHE_BYTES,
                milestones));
  }
}
