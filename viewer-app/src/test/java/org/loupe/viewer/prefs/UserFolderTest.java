package org.loupe.viewer.prefs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFolderTest {

  private static final Path HOME = Path.of("/home/me");

  @Test
  void eachSystemHasItsPlace() {
    assertEquals(HOME.resolve(".local/share/loupe"), UserFolder.standard("Linux", Map.of(), HOME));
    assertEquals(
        Path.of("/data/loupe"),
        UserFolder.standard("Linux", Map.of("XDG_DATA_HOME", "/data"), HOME));
    assertEquals(
        HOME.resolve("Library/Application Support/Loupe"),
        UserFolder.standard("Mac OS X", Map.of(), HOME));
    assertEquals(
        Path.of("/roam/Loupe"),
        UserFolder.standard("Windows 11", Map.of("APPDATA", "/roam"), HOME));
    assertNull(UserFolder.NONE.resolve("x"));
  }
}
