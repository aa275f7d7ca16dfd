package org.loupe.viewer;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** When the first of each step of starting up happened, in milliseconds since the JVM's start. */
public final class Milestones {

  private final PrintStream out;
  private final Set<String> passed = ConcurrentHashMap.newKeySet();

  /**
   * @param out where the milestones are printed; null for nowhere
   */
  public Milestones(PrintStream out) {
    this.out = out;
  }

  /** Notes a step; only its first time counts. Any thread. */
  public void pass(String step) {
    if (passed.add(step) && out != null) {
      long since = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      out.printf("%6d ms  %s%n", since, step);
    }
  }
}
