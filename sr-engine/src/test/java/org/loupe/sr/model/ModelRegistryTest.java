package org.loupe.sr.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {

  @TempDir Path folder;

  private ModelRegistry registry;

  @BeforeEach
  void install() throws IOException {
    write("shipped/one", "one");
    write("shipped/two", "two");
    write("own/two", "two");
    Files.createDirectories(folder.resolve("own/not-a-model"));
    registry =
        new ModelRegistry(
            List.of(folder.resolve("shipped"), folder.resolve("own"), folder.resolve("absent")));
  }

  private void write(String path, String name) throws IOException {
    ModelPackage.write(folder.resolve(path), SmallModel.manifest(name), Map.of());
  }

  @Test
  void findsByNameEarlierRootsFirst() throws IOException {
    assertEquals(3, registry.list().size());
    assertEquals(folder.resolve("shipped/two"), registry.find("two").folder());
  }

  @Test
  void findsByFolder() throws IOException {
    Path path = folder.resolve("own/two");
    assertEquals(path, registry.find(path.toString()).folder());
  }

  @Test
  void namesThoseThereAre() {
    ModelException e = assertThrows(ModelException.class, () -> registry.find("three"));
    assertEquals("no model named three; there are: one, two", e.getMessage());
    ModelRegistry empty = new ModelRegistry(List.of(folder.resolve("absent")));
    e = assertThrows(ModelException.class, () -> empty.find("three"));
    assertEquals("no model named three; none is installed", e.getMessage());
  }

  @Test
  void namesTheFolderOfADamagedManifest() throws IOException {
    Files.writeString(folder.resolve("shipped/one/model.json"), "{");
    ModelException e = assertThrows(ModelException.class, () -> registry.list());
    assertTrue(e.getMessage().contains(folder.resolve("shipped/one").toString()), e::getMessage);
  }
}
