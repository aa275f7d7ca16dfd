package org.loupe.sr.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sr models}: the model packages at hand. */
@Command(name = "models", mixinStandardHelpOptions = true, description = "List the models at hand.")
public final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ModelException {
    ModelRegistry registry = ModelRegistry.standard();
    List<ModelPackage> models = registry.readable();
    PrintWriter out = spec.commandLine().getOut();
    for (ModelPackage model : models) {
      ModelManifest m = model.manifest();
      String description = m.description() == null ? "" : ": " + m.description();
      out.printf("%s %s%s%n", m.name(), m.version(), description);
      if (m.format() != null) {
        out.printf("  format      %s%n", m.format());
      }
      if (!m.references().isEmpty()) {
        out.printf("  references  %s%n", String.join(", ", m.references()));
      }
      if (m.scales().size() == 2) {
        out.printf("  trained at  x%s to x%s%n", m.scales().get(0), m.scales().get(1));
      }
      m.metrics().forEach((name, value) -> out.printf("  %s  %+.2f%n", name, value));
      m.limits().forEach(limit -> out.printf("  limit: %s%n", limit));
    }
    out.flush();
    // Says which one is damaged, where one is.
    registry.list();
    if (models.isEmpty()) {
      throw new ModelException("no model is installed");
    }
    return ExitStatus.DONE;
  }
}
