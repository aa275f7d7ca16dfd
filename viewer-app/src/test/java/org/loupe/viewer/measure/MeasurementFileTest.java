package org.loupe.viewer.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Vec3;
import org.loupe.viewer.measure.MeasurementFile.Content;

class MeasurementFileTest {

  @TempDir Path folder;

  private static Content content() {
    Measurement m =
        Measurement.of(
            MeasurementKind.LENGTH,
            "1.2.3",
            "1.2.9",
            List.of(new Vec3(0.1, -2.25, 1e-7), new Vec3(3, 4, 5)));
    return new Content(List.of(m), List.of("1.2.3.4"));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = MeasurementFile.of(folder.resolve("deep"), "1.2");
    MeasurementFile.write(file, "1.2", content());
    Content read = MeasurementFile.read(file, "1.2");
    assertEquals("1.2.3", read.measurements().get(0).seriesId());
    assertEquals(List.of("1.2.3.4"), read.keyImages());
    assertEquals(new Vec3(0.1, -2.25, 1e-7), read.measurements().get(0).points().get(0));
    assertNotEquals(file, MeasurementFile.of(folder.resolve("deep"), "1.3"));
    try (var files = Files.list(folder.resolve("deep"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aMissingFileIsEmptyAndADamagedOneIsSaid() throws IOException {
    Path file = folder.resolve("m.json");
    assertEquals(Content.EMPTY, MeasurementFile.read(file, "1.2"));
    Files.writeString(file, "{\"format\": 3");
    assertThrows(IOException.class, () -> MeasurementFile.read(file, "1.2"));
    Files.writeString(file, "{\"format\": \"something\", \"version\": 1}");
    assertThrows(IOException.class, () -> MeasurementFile.read(file, "1.2"));
    MeasurementFile.write(file, "1.2", content());
    IOException e = assertThrows(IOException.class, () -> MeasurementFile.read(file, "another"));
    assertTrue(e.getMessage().contains("another study"), e.getMessage());
  }

  @Test
  void everyChangeIsUndoneAndRedone() {
    Annotations a = new Annotations();
    Measurement m = content().measurements().get(0);
    a.add(m);
    a.drag(m.moved(p -> p.plus(new Vec3(1, 0, 0))));
    a.drag(m.moved(p -> p.plus(new Vec3(2, 0, 0))));
    a.dropped();
    a.toggleKeyImage("k");
    assertEquals(2.1, a.all().get(0).points().get(0).x(), 1e-12);
    assertTrue(a.undo());
    assertEquals(List.of(), a.contentProperty().get().keyImages());
    // The whole drag is one step.
    assertTrue(a.undo());
    assertEquals(List.of(m), a.all());
    assertTrue(a.undo());
    assertEquals(List.of(), a.all());
    assertFalse(a.undo());
    assertTrue(a.redo());
    assertTrue(a.redo());
    assertEquals(2.1, a.all().get(0).points().get(0).x(), 1e-12);
    a.selectedProperty().set(m.id());
    assertTrue(a.removeSelected());
    assertFalse(a.redo());
    assertTrue(a.undo());
    assertEquals(1, a.all().size());
  }
}
