package org.loupe.sr.eval;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.Passes;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The methods that can be benchmarked, by name. A method is made when opened, not before. */
public final class MethodRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(MethodRegistry.class);

  /** Makes a method, or says why it cannot be had (a model that is absent or damaged). */
  @FunctionalInterface
  public interface Factory {
    UpscaleMethod open() throws IOException;
  }

  private final Map<String, Factory> factories = new LinkedHashMap<>();

  /** A registry of the training-free methods of {@link Baselines}. */
  public static MethodRegistry baselines() {
    MethodRegistry registry = new MethodRegistry();
    Baselines.ALL.forEach((name, method) -> registry.add(name, () -> method));
    return registry;
  }

  /**
   * The training-free methods; a model as it makes whole slices ({@code loupe}), as it makes views,
   * in one pass ({@code loupe-once}), and without data consistency ({@code loupe-nodc}); the
   * installed models under their own names, likewise.
   *
   * @param model a model's name, or the folder of its package, which need not be installed
   */
  public static MethodRegistry with(String model, DeviceChoice device) {
    MethodRegistry registry = baselines();
    for (ModelPackage installed : ModelRegistry.standard().readable()) {
      registry.addModel(installed.manifest().name(), installed.folder().toString(), device);
    }
    try {
      ModelPackage given = ModelRegistry.standard().find(model);
      registry.addModel(given.manifest().name(), model, device);
    } catch (ModelException e) {
      LOG.debug("told when the method is opened", e);
    }
    registry.addModel(ModelRegistry.DEFAULT, model, device);
    return registry;
  }

  private void addModel(String name, String model, DeviceChoice device) {
    add(name, () -> learned(model, device, true, Passes.MIRRORED));
    add(name + "-once", () -> learned(model, device, true, Passes.ONE));
    add(name + "-nodc", () -> learned(model, device, false, Passes.MIRRORED));
  }

  private static UpscaleMethod learned(
      String model, DeviceChoice device, boolean consistency, Passes passes) throws IOException {
    return new LearnedMethod(
        SuperResolver.open(ModelRegistry.standard().find(model), device), consistency, passes);
  }

  /** Adds a method or replaces the one of that name. */
  public void add(String name, Factory factory) {
    factories.put(name, factory);
  }

  public Set<String> names() {
    return factories.keySet();
  }

  /**
   * Opens a method; the caller closes it.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  public UpscaleMethod open(String name) throws IOException {
    Factory factory = factories.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "no such method: " + name + " (there are " + String.join(", ", names()) + ")");
    }
    return factory.open();
  }
}
