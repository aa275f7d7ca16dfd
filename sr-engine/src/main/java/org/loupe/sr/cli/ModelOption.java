package org.loupe.sr.cli;

import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Option;

/** The option of every command that uses a model. */
public final class ModelOption {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = ModelRegistry.DEFAULT,
      description = "Model by name, or the folder of a package (${DEFAULT-VALUE}).")
  private String model;

  /** What was written. */
  public String name() {
    return model;
  }

  /** The model's package. */
  public ModelPackage find() throws ModelException {
    return ModelRegistry.standard().find(model);
  }
}
