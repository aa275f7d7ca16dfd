package org.loupe.viewer.pacs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Windows' Credential Manager ({@code wincred.h}): a generic credential for each server, of this
 * user on this machine. Windows shows it by its name, "Loupe: " and the server's address, in its
 * own control panel. The library is loaded by the first call; where it is not there nothing is
 * kept.
 */
@SuppressWarnings("restricted") // native calls are what it is for
final class WindowsSecrets implements SecretStore {

  /** {@code CREDENTIALW} with Windows' sizes: DWORD of 4 bytes, pointers of 8. */
  static final StructLayout CREDENTIAL =
      MemoryLayout.structLayout(
          JAVA_INT.withName("Flags"),
          JAVA_INT.withName("Type"),
          ADDRESS.withName("TargetName"),
          ADDRESS.withName("Comment"),
          JAVA_INT.withName("LastWrittenLow"),
          JAVA_INT.withName("LastWrittenHigh"),
          JAVA_INT.withName("CredentialBlobSize"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("CredentialBlob"),
          JAVA_INT.withName("Persist"),
          JAVA_INT.withName("AttributeCount"),
          ADDRESS.withName("Attributes"),
          ADDRESS.withName("TargetAlias"),
          ADDRESS.withName("UserName"));

  static final int TYPE_GENERIC = 1;

  /** Kept after the user has logged off, and not taken to other machines. */
  static final int PERSIST_LOCAL_MACHINE = 2;

  /** Most bytes of a secret that Windows keeps, CRED_MAX_CREDENTIAL_BLOB_SIZE. */
  static final int MOST = 5 * 512;

  private static final FunctionDescriptor READ =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final FunctionDescriptor WRITE =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);
  private static final FunctionDescriptor DELETE =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final FunctionDescriptor FREE = FunctionDescriptor.ofVoid(ADDRESS);

  private final Function<Arena, SymbolLookup> library;

  WindowsSecrets() {
    this(arena -> SymbolLookup.libraryLookup("Advapi32", arena));
  }

  /**
   * @param library opens what holds the functions, for as long as a call takes
   */
  WindowsSecrets(Function<Arena, SymbolLookup> library) {
    this.library = library;
  }

  @Override
  public boolean isThere() {
    try (Arena arena = Arena.ofConfined()) {
      return library.apply(arena).find("CredWriteW").isPresent();
    } catch (IllegalArgumentException e) {
      return false; // no such library
    }
  }

  @Override
  public Optional<String> find(PacsServer server) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup functions = library.apply(arena);
      MemorySegment result = arena.allocate(ADDRESS);
      MethodHandle read = function(functions, "CredReadW", READ);
      if ((int) read.invokeExact(name(arena, server), TYPE_GENERIC, 0, result) == 0) {
        return Optional.empty();
      }
      MemorySegment found = result.get(ADDRESS, 0);
      try {
        return Optional.of(secret(found.reinterpret(CREDENTIAL.byteSize())));
      } finally {
        function(functions, "CredFree", FREE).invokeExact(found);
      }
    } catch (Throwable e) {
      return failed(e, Optional.empty()); // as if there were no store: the user is asked
    }
  }

  private static String secret(MemorySegment credential) {
    int size = credential.get(JAVA_INT, at("CredentialBlobSize"));
    MemorySegment blob = credential.get(ADDRESS, at("CredentialBlob")).reinterpret(size);
    return new String(blob.toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  public boolean keep(PacsServer server, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment blob = arena.allocateFrom(JAVA_BYTE, bytes);
      MemorySegment credential = arena.allocate(CREDENTIAL);
      credential.set(JAVA_INT, at("Type"), TYPE_GENERIC);
      credential.set(ADDRESS, at("TargetName"), name(arena, server));
      credential.set(JAVA_INT, at("CredentialBlobSize"), bytes.length);
      credential.set(ADDRESS, at("CredentialBlob"), blob);
      credential.set(JAVA_INT, at("Persist"), PERSIST_LOCAL_MACHINE);
      credential.set(ADDRESS, at("UserName"), wide(arena, server.name()));
      try {
        MethodHandle write = function(library.apply(arena), "CredWriteW", WRITE);
        return (int) write.invokeExact(credential, 0) != 0;
      } finally {
        blob.fill((byte) 0);
      }
    } catch (Throwable e) {
      return failed(e, false);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void forget(PacsServer server) {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle delete = function(library.apply(arena), "CredDeleteW", DELETE);
      int unused = (int) delete.invokeExact(name(arena, server), TYPE_GENERIC, 0);
    } catch (Throwable e) {
      failed(e, null);
    }
  }

  private static MethodHandle function(
      SymbolLookup functions, String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(functions.findOrThrow(name), type);
  }

  private static MemorySegment name(Arena arena, PacsServer server) {
    return wide(arena, "Loupe: " + server.url());
  }

  /** A text as Windows takes it: UTF-16 with a zero at its end. */
  private static MemorySegment wide(Arena arena, String text) {
    return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
  }

  private static long at(String field) {
    return CREDENTIAL.byteOffset(PathElement.groupElement(field));
  }

  /** What a call gives where the library or a function of it is missing. */
  private static <T> T failed(Throwable e, T instead) {
    if (e instanceof IllegalArgumentException || e instanceof NoSuchElementException) {
      return instead;
    }
    throw new IllegalStateException("Credential Manager", e);
  }
}
