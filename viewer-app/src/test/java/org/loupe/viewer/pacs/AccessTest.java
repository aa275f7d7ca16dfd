package org.loupe.viewer.pacs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.viewer.pacs.PacsServer.Authentication;

class AccessTest {

  private static final PacsServer SERVER =
      new PacsServer("Main", "https://pacs.example/dicom-web", Authentication.BASIC, "");

  @TempDir Path folder;

  @Test
  void theListOfServersIsKept() throws IOException {
    ServerFile file = new ServerFile(folder.resolve("deep").resolve(ServerFile.NAME));
    assertEquals(List.of(), file.read());
    file.write(List.of(SERVER));
    assertEquals(List.of(SERVER), file.read());
    assertEquals(List.of(), new ServerFile(null).read());
  }

  @Test
  void addressesAreJudged() {
    assertTrue(SERVER.isSound());
    for (String url :
        List.of("", "pacs", "ftp://a/b", "https://", "http://u:p@a/b", "http://a b")) {
      assertFalse(new PacsServer("a", url, Authentication.NONE, "").isSound(), url);
    }
    assertFalse(new PacsServer(" ", "http://a/b", Authentication.NONE, "").isSound());
  }

  /** A script in the place of secret-tool: what it is told it keeps in a file. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void secretsGoToTheSystemsStoreThroughAPipe() throws IOException {
    Path tool = folder.resolve("secret-tool");
    Path kept = folder.resolve("kept");
    Path seen = folder.resolve("seen");
    Files.writeString(
        tool,
        """
        #!/bin/sh
        echo "$@" >> '%s'
        case "$1" in
          store) cat > '%s' ;;
          lookup) cat '%s' ;;
          clear) rm '%s' ;;
        esac
        """
            .formatted(seen, kept, kept, kept));
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    SecretStore store = CommandSecrets.secretTool(tool);
    assertEquals(Optional.empty(), store.find(SERVER));
    PacsAccess access = new PacsAccess(store);
    assertEquals(Optional.empty(), access.client(SERVER));
    access.take(SERVER, "ada", "pass word", true);
    assertEquals("ada\npass word", Files.readString(kept));
    assertFalse(Files.readString(seen).contains("pass word"), "a secret in a command line");
    PacsAccess another = new PacsAccess(store);
    another.client(SERVER).orElseThrow().close();
    assertTrue(another.canKeep());
    another.forget(SERVER);
    assertFalse(Files.exists(kept));
    assertEquals(Optional.empty(), another.client(SERVER));
  }

  @Test
  void withoutAStoreSecretsLiveInMemory() throws IOException {
    PacsAccess access = new PacsAccess(SecretStore.none());
    assertFalse(access.canKeep());
    access.take(SERVER, "ada", "x", true);
    access.client(SERVER).orElseThrow().close();
    assertEquals(Optional.empty(), new PacsAccess(SecretStore.none()).client(SERVER));
  }

  @Test
  void aSearchNamesWhatIsGiven() {
    Map<String, String> keys =
        new StudySearch(" Mül ", "", "A1", "MR", LocalDate.of(2026, 1, 2), null).keys();
    assertEquals("Mül*", keys.get("PatientName"));
    assertEquals("A1", keys.get("AccessionNumber"));
    assertEquals("20260102-", keys.get("StudyDate"));
    assertFalse(keys.containsKey("PatientID"));
    LocalDate day = LocalDate.of(2026, 1, 2);
    assertEquals("20260102", new StudySearch("*a", "", "", "", day, day).keys().get("StudyDate"));
  }
}
