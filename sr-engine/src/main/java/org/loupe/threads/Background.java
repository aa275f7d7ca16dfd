package org.loupe.threads;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads whose work gives way where the window's thread wants the same processor. What is idle
 * they take as before, so they lose time only to what a person is looking at.
 *
 * <p>On Linux the JVM gives all of its threads one priority; these lower their own by the system's
 * call, and threads that they start, the engine's native ones too, inherit it.
 */
@SuppressWarnings("restricted") // one native call is what it is for
public final class Background {

  /**
   * Steps of Linux's nice value: half of a usual thread's share where both want the same processor,
   * and a usual thread that wakes does not wait. With 10 super-resolution hardly follows a gesture
   * (5 to 7 views a second where 2 to 4 leave 11 to 14), with 0 the window's thread waits.
   */
  private static final int NICE = 3;

  /** Linux: adds to the calling thread's nice value and returns it. Null on other systems. */
  private static final MethodHandle NICE_CALL = niceCall();

  /** The nice value of such threads: one that another of them starts goes no lower. */
  private static final int LOWERED = NICE_CALL == null ? 0 : nice(0) + NICE;

  private Background() {}

  private static MethodHandle niceCall() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("nice")
        .map(
            nice ->
                linker.downcallHandle(
                    nice, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)))
        .orElse(null);
  }

  /** A factory of such threads, daemons of this name, from the second on with a number. */
  public static ThreadFactory threads(String name) {
    AtomicInteger made = new AtomicInteger();
    return work -> {
      int number = made.getAndIncrement();
      return Thread.ofPlatform()
          .daemon()
          .name(number == 0 ? name : name + "-" + number)
          .unstarted(
              () -> {
                lower();
                work.run();
              });
    };
  }

  /** One such thread, for one piece of work after another. */
  public static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(threads(name));
  }

  /** Lowers the calling thread's priority for good. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint: no work depends on it
  private static void lower() {
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
    if (NICE_CALL != null) {
      int unused = nice(Math.max(0, LOWERED - nice(0)));
    }
  }

  private static int nice(int more) {
    try {
      return (int) NICE_CALL.invokeExact(more);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
