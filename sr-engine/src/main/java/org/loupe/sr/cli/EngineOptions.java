package org.loupe.sr.cli;

import org.loupe.sr.DeviceChoice;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Option;

/** Options of every command that runs a model. */
public final class EngineOptions {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = ModelRegistry.DEFAULT,
      description = "model by name, or the folder of a package (${DEFAULT-VALUE})")
  private String model;

  @Option(
      names = "--device",
      defaultValue = "AUTO",
      description = "auto, cpu or cuda; auto takes CUDA where there is one (${DEFAULT-VALUE})")
  private DeviceChoice device;

  String model() {
    return model;
  }

  DeviceChoice device() {
    return device;
  }

  /** Loads the model. */
  public SuperResolver open() throws ModelException {
    return SuperResolver.open(ModelRegistry.standard().find(model), device);
  }
}
