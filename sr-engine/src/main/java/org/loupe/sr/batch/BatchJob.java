package org.loupe.sr.batch;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;

/**
 * What a run does to every study, in a form that travels to other processes.
 *
 * @param model name, or absolute path of a package's folder
 * @param weights SHA-256 of each file of the model
 * @param out folder of the outputs; the same in all processes
 */
public record BatchJob(
    String model,
    Map<String, String> weights,
    DeviceChoice device,
    BatchOptions options,
    String out)
    implements Serializable {

  /**
   * The job of a model that was found here.
   *
   * @param model as {@link ModelRegistry#find} takes it
   */
  public static BatchJob of(
      String model, ModelPackage found, DeviceChoice device, BatchOptions options, Path out) {
    Path folder = Path.of(model);
    return new BatchJob(
        Files.exists(folder.resolve(ModelPackage.MANIFEST))
            ? folder.toAbsolutePath().toString()
            : model,
        Map.copyOf(found.manifest().sha256()),
        device,
        options,
        out.toAbsolutePath().toString());
  }

  /**
   * The model, in this process.
   *
   * @throws ModelException where it is not there, or is another under the same name
   */
  public ModelPackage findModel() throws ModelException {
    ModelPackage found = ModelRegistry.standard().find(model);
    if (!found.manifest().sha256().equals(weights)) {
      throw new ModelException(
          "model " + found.label() + ": its files are not those that the run was started with");
    }
    return found;
  }
}
