package org.loupe.sr.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process, MB of 2^20 bytes; null where the system does not tell. */
final class ResidentMemory {

  private ResidentMemory() {}

  static Double now() {
    return status("VmRSS:");
  }

  static Double highest() {
    return status("VmHWM:");
  }

  private static Double status(String key) {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
