package org.loupe.sr.eval;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelRegistry;

/** The methods that can be benchmarked, by name. A method is made when opened, not before. */
public final class MethodRegistry {

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

  /** The training-free methods, and a model with ({@code loupe}) and without data consistency. */
  public static MethodRegistry with(String model, DeviceChoice device) {
    MethodRegistry registry = baselines();
    registry.add("loupe", () -> learned(model, device, true));
    registry.add("loupe-nodc", () -> learned(model, device, false));
    return registry;
  }

  private static UpscaleMethod learned(String model, DeviceChoice device, boolean consistency)
      throws IOException {
    return new LearnedMethod(
        SuperResolver.open(ModelRegistry.standard().find(model), device), consistency);
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
