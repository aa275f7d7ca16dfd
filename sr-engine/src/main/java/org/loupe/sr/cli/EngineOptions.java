package org.loupe.sr.cli;

import org.loupe.sr.DeviceChoice;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of every command that runs a model. */
public final class EngineOptions {

  @Mixin private ModelOption model;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description =
          "auto, cpu, cuda or cuda:N; auto takes the CUDA device with most free memory, the CPU"
              + " where none works (${DEFAULT-VALUE})")
  private DeviceChoice device;

  private static final class DeviceConverter implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String text) {
      try {
        return DeviceChoice.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  String model() {
    return model.name();
  }

  DeviceChoice device() {
    return device;
  }

  /** Loads the model. */
  public SuperResolver open() throws ModelException {
    return open(model.find());
  }

  /** Loads a model on the server that the environment names, else on this machine. */
  SuperResolver open(ModelPackage found) throws ModelException {
    return SuperResolver.openWhereConfigured(found, device);
  }
}
