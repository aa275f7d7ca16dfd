package org.loupe.sr;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Gives back to the system what the C library keeps of freed memory. Preparing a large slice takes
 * arrays of 20 to 30 MB that glibc would hold on to between others, where they fit no later need.
 */
@SuppressWarnings("restricted") // one native call is what it is for
final class NativeHeap {

  /** {@code int malloc_trim(size_t)}; null in other C libraries, which have none. */
  private static final MethodHandle TRIM =
      Linker.nativeLinker()
          .defaultLookup()
          .find("malloc_trim")
          .map(
              trim ->
                  Linker.nativeLinker()
                      .downcallHandle(
                          trim, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)))
          .orElse(null);

  private NativeHeap() {}

  /** Takes milliseconds, and what is given back is slower to take again. */
  static void trim() {
    if (TRIM == null) {
      return;
    }
    try {
      int unused = (int) TRIM.invokeExact(0L);
    } catch (Throwable e) {
      throw new IllegalStateException("malloc_trim", e);
    }
  }
}
