package org.loupe.sr;

import ai.djl.Device;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the networks are to run.
 *
 * @param kind what kinds of device are allowed
 * @param number of the CUDA device; -1 for the one with most free memory
 */
public record DeviceChoice(Kind kind, int number) implements Serializable {

  /** Kinds of devices. */
  public enum Kind {
    /** CUDA where it works, else the CPU. */
    AUTO,
    CPU,
    /** CUDA or an error. */
    CUDA
  }

  public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, -1);
  public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, -1);
  public static final DeviceChoice CUDA = new DeviceChoice(Kind.CUDA, -1);

  private static final Pattern NUMBERED = Pattern.compile("cuda:(\\d{1,3})");

  /**
   * Reads auto, cpu, cuda or cuda:N, in either case.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static DeviceChoice parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    Matcher numbered = NUMBERED.matcher(lower);
    if (numbered.matches()) {
      return new DeviceChoice(Kind.CUDA, Integer.parseInt(numbered.group(1)));
    }
    return switch (lower) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      case "cuda" -> CUDA;
      default ->
          throw new IllegalArgumentException("'" + text + "' is none of auto, cpu, cuda, cuda:N");
    };
  }

  /** A device's name for the screen. */
  static String label(Device device) {
    return device.isGpu() ? "CUDA " + device.getDeviceId() : "CPU";
  }
}
