package org.loupe.sr.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model packages at hand: folders with a manifest below the given roots, earlier roots first.
 */
public record ModelRegistry(List<Path> roots) {

  private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);

  /** The name of the model that is used where none is asked for. */
  public static final String DEFAULT = "loupe";

  /** System property with the folder that holds {@code assets/}; the working folder without it. */
  private static final String HOME = "loupe.home";

  /** Shipped models, then the user's own in {@code ~/.loupe/models}. */
  public static ModelRegistry standard() {
    Path home = Path.of(System.getProperty(HOME, "."));
    Path own = Path.of(System.getProperty("user.home"), ".loupe", "models");
    return new ModelRegistry(List.of(home.resolve("assets").resolve("models"), own));
  }

  /**
   * All packages; a folder whose manifest cannot be read is an error that names it.
   *
   * @throws ModelException for the first damaged manifest
   */
  public List<ModelPackage> list() throws ModelException {
    List<ModelPackage> found = new ArrayList<>();
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        for (Path folder : folders(root)) {
          found.add(ModelPackage.open(folder));
        }
      }
    }
    return found;
  }

  /** The packages whose manifests can be read. */
  public List<ModelPackage> readable() {
    List<ModelPackage> found = new ArrayList<>();
    for (Path root : roots) {
      try {
        for (Path folder : Files.isDirectory(root) ? folders(root) : List.<Path>of()) {
          open(folder).ifPresent(found::add);
        }
      } catch (ModelException e) {
        LOG.debug("left out", e);
      }
    }
    return found;
  }

  private static Optional<ModelPackage> open(Path folder) {
    try {
      return Optional.of(ModelPackage.open(folder));
    } catch (ModelException e) {
      LOG.debug("left out", e);
      return Optional.empty();
    }
  }

  private static List<Path> folders(Path root) throws ModelException {
    try (var entries = Files.list(root)) {
      return entries.filter(f -> Files.exists(f.resolve(ModelPackage.MANIFEST))).sorted().toList();
    } catch (IOException e) {
      throw new ModelException("cannot list the models in " + root, e);
    }
  }

  /**
   * The package of a name, or the one in a folder. Damaged packages do not stand in the way of
   * others.
   *
   * @throws ModelException where there is none, naming those there are
   */
  public ModelPackage find(String nameOrFolder) throws ModelException {
    Path folder = Path.of(nameOrFolder);
    if (Files.exists(folder.resolve(ModelPackage.MANIFEST))) {
      return ModelPackage.open(folder);
    }
    for (ModelPackage model : readable()) {
      if (model.manifest().name().equals(nameOrFolder)) {
        return model;
      }
    }
    String names =
        list().stream().map(m -> m.manifest().name()).distinct().collect(Collectors.joining(", "));
    throw new ModelException(
        "no model named "
            + nameOrFolder
            + (names.isEmpty() ? "; none is installed" : "; there are: " + names));
  }
}
