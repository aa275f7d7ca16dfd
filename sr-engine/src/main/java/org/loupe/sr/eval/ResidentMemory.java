package org.loupe.sr.eval;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** Resident memory of this process, MB of 2^20 bytes; null where the system does not tell. */
final class ResidentMemory {

  /** Reserved addresses of the heap, or a generation of it, as {@code jcmd GC.heap_info} has it. */
  private static final Pattern RESERVED =
      Pattern.compile("\\[0x(\\p{XDigit}+), (?:0x\\p{XDigit}+, )?0x(\\p{XDigit}+)\\)");

  private static final Pattern MAPPING = Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) .*");

  private ResidentMemory() {}

  static Double now() {
    return status("VmRSS:");
  }

  static Double highest() {
    return status("VmHWM:");
  }

  /** All but the Java heap: what a collector does not see. */
  static Double outsideHeap() {
    Double all = now();
    if (all == null) {
      return null;
    }
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/smaps"))) {
      String heap = heapInfo();
      // Not every collector tells where its heap lies.
      return RESERVED.matcher(heap).find() ? all - resident(mappings, heap) : null;
    } catch (IOException | JMException e) {
      return null;
    }
  }

  private static String heapInfo() throws JMException {
    ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(commands, "gcHeapInfo", new Object[0], new String[0]);
  }

  /**
   * Resident memory of the mappings that lie in the heap.
   *
   * @param mappings lines of /proc/self/smaps
   */
  static double resident(Stream<String> mappings, String heapInfo) {
    List<long[]> parts =
        RESERVED
            .matcher(heapInfo)
            .results()
            .map(part -> new long[] {address(part.group(1)), address(part.group(2))})
            .toList();
    double kilobytes = 0;
    boolean inside = false;
    for (Iterator<String> lines = mappings.iterator(); lines.hasNext(); ) {
      String line = lines.next();
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.matches()) {
        long start = address(mapping.group(1));
        inside = parts.stream().anyMatch(part -> start >= part[0] && start < part[1]);
      } else if (inside && line.startsWith("Rss:")) {
        kilobytes += number(line);
      }
    }
    return kilobytes / 1024;
  }

  private static long address(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }

  private static Double status(String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> number(line) / 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  /** The number of kilobytes in a line. */
  private static double number(String line) {
    return Double.parseDouble(line.replaceAll("\\D", ""));
  }
}
