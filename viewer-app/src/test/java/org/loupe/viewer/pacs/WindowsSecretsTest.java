package org.loupe.viewer.pacs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.viewer.pacs.PacsServer.Authentication;

/**
 * The calls to Windows' Credential Manager against functions of the same signatures that are native
 * code too (upcall stubs), and what else of it can be checked without Windows.
 */
@SuppressWarnings("restricted") // native calls are what it tests
class WindowsSecretsTest {

  private static final PacsServer SERVER =
      new PacsServer("Main", "https://pacs.example/dicom-web", Authentication.BASIC, "");

  @TempDir Path folder;

  /**
   * Functions of wincred.h over a map. They read the structure by offsets of their own, and note
   * what they see: an exception in native code would end the test's process.
   */
  static final class FakeManager {
    final Map<String, byte[]> kept = new HashMap<>();
    final Arena memory = Arena.ofAuto();
    int freed;
    String user = "";
    int persist;
    int type;
    MemorySegment lent = MemorySegment.NULL;

    int write(MemorySegment credential, int flags) {
      MemorySegment c = credential.reinterpret(80);
      int size = c.get(JAVA_INT, 32);
      type = c.get(JAVA_INT, 4);
      persist = c.get(JAVA_INT, 48);
      user = text(c.get(ADDRESS, 72));
      kept.put(text(c.get(ADDRESS, 8)), c.get(ADDRESS, 40).reinterpret(size).toArray(JAVA_BYTE));
      return flags == 0 ? 1 : 0;
    }

    int read(MemorySegment name, int kind, int flags, MemorySegment result) {
      byte[] found = kept.get(text(name));
      if (found == null || kind != 1 || flags != 0) {
        return 0;
      }
      lent = memory.allocate(80, 8);
      lent.set(JAVA_INT, 32, found.length);
      lent.set(ADDRESS, 40, memory.allocateFrom(JAVA_BYTE, found));
      result.reinterpret(8).set(ADDRESS, 0, lent);
      return 1;
    }

    int delete(MemorySegment name, int kind, int flags) {
      return kind == 1 && flags == 0 && kept.remove(text(name)) != null ? 1 : 0;
    }

    void free(MemorySegment credential) {
      freed += lent.address() == credential.address() ? 1 : 0;
    }

    private static String text(MemorySegment wide) {
      return wide.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_16LE);
    }

    SymbolLookup lookup(Arena arena) {
      FunctionDescriptor read =
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
      FunctionDescriptor delete = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
      Map<String, MemorySegment> functions =
          Map.of(
              "CredWriteW",
              stub(arena, "write", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT)),
              "CredReadW",
              stub(arena, "read", read),
              "CredDeleteW",
              stub(arena, "delete", delete),
              "CredFree",
              stub(arena, "free", FunctionDescriptor.ofVoid(ADDRESS)));
      return name -> Optional.ofNullable(functions.get(name));
    }

    private MemorySegment stub(Arena arena, String method, FunctionDescriptor type) {
      try {
        MethodType java = type.toMethodType();
        return Linker.nativeLinker()
            .upcallStub(
                MethodHandles.lookup().findVirtual(FakeManager.class, method, java).bindTo(this),
                type,
                arena);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(method, e);
      }
    }
  }

  /** Offsets of CREDENTIALW on 64-bit Windows, as its compiler lays it out. */
  @Test
  void theStructureLiesAsWindowsHasIt() {
    Map<String, Integer> offsets =
        Map.of(
            "Flags",
            0,
            "Type",
            4,
            "TargetName",
            8,
            "Comment",
            16,
            "LastWrittenLow",
            24,
            "CredentialBlobSize",
            32,
            "CredentialBlob",
            40,
            "Persist",
            48,
            "Attributes",
            56,
            "UserName",
            72);
    offsets.forEach(
        (field, at) ->
            assertEquals(
                (long) at,
                WindowsSecrets.CREDENTIAL.byteOffset(PathElement.groupElement(field)),
                field));
    assertEquals(80, WindowsSecrets.CREDENTIAL.byteSize());
  }

  @Test
  void secretsGoThereAndBack() {
    FakeManager manager = new FakeManager();
    SecretStore store = new WindowsSecrets(manager::lookup);
    assertTrue(store.isThere());
    assertEquals(Optional.empty(), store.find(SERVER));
    assertTrue(store.keep(SERVER, "ada\npäss 密码"));
    assertEquals(1, manager.type, "CRED_TYPE_GENERIC");
    assertEquals(2, manager.persist, "CRED_PERSIST_LOCAL_MACHINE");
    assertEquals("Main", manager.user);
    assertTrue(manager.kept.containsKey("Loupe: https://pacs.example/dicom-web"));
    assertEquals(Optional.of("ada\npäss 密码"), store.find(SERVER));
    assertEquals(1, manager.freed, "what Windows lends is given back");
    store.keep(SERVER, "other");
    assertEquals(Optional.of("other"), store.find(SERVER));
    store.forget(SERVER);
    store.forget(SERVER);
    assertEquals(Optional.empty(), store.find(SERVER));
  }

  @Test
  void whatIsTooLongIsNotKept() {
    FakeManager manager = new FakeManager();
    SecretStore store = new WindowsSecrets(manager::lookup);
    assertFalse(store.keep(SERVER, "x".repeat(WindowsSecrets.MOST + 1)));
    assertEquals(Map.of(), manager.kept);
    assertTrue(store.keep(SERVER, "x".repeat(WindowsSecrets.MOST)));
  }

  @Test
  void withoutTheLibraryNothingIsKept() {
    SecretStore store = new WindowsSecrets(arena -> name -> Optional.empty());
    assertFalse(store.isThere());
    assertFalse(store.keep(SERVER, "x"));
    assertEquals(Optional.empty(), store.find(SERVER));
    store.forget(SERVER);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void eachSystemHasItsStore() throws IOException {
    SecretStore windows = SecretStore.of("Windows 11", "");
    assertInstanceOf(WindowsSecrets.class, windows);
    assertFalse(windows.isThere(), "no Advapi32 here");
    assertInstanceOf(CommandSecrets.class, SecretStore.of("Mac OS X", ""));
    assertFalse(SecretStore.of("Linux", ":" + folder).isThere());
    Path tool = Files.createFile(folder.resolve("secret-tool"));
    assertTrue(tool.toFile().setExecutable(true));
    assertInstanceOf(CommandSecrets.class, SecretStore.of("Linux", ":" + folder));
    assertFalse(SecretStore.of("FreeBSD", folder.toString()).isThere());
  }
}
