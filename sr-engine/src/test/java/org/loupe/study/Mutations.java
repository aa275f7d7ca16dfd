package org.loupe.study;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes broken files of sound ones: the same ones for the same number. */
final class Mutations {

  private static final int[] LENGTHS = {
    0,
    1,
    2,
    7,
    8,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0xffffff,
    0x7fffffff,
    0x80000000,
    0xfffffffe,
    0xffffffff
  };

  private static final String[] VRS = {
    "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "OB", "OD", "OF", "OL",
    "OV", "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN", "UR", "US",
    "UT", "UV", "ZZ"
  };

  /** Elements whose numbers decide how much there is to read: tags of group 0028 and frames. */
  private static final int[][] SIZES = {
    {0x28, 0x00, 0x02, 0x00},
    {0x28, 0x00, 0x04, 0x00},
    {0x28, 0x00, 0x06, 0x00},
    {0x28, 0x00, 0x08, 0x00},
    {0x28, 0x00, 0x10, 0x00},
    {0x28, 0x00, 0x11, 0x00},
    {0x28, 0x00, 0x00, 0x01},
    {0x28, 0x00, 0x01, 0x01},
    {0x28, 0x00, 0x02, 0x01},
    {0x28, 0x00, 0x03, 0x01},
    {0x00, 0x60, 0x10, 0x00},
    {0x00, 0x60, 0x11, 0x00}
  };

  private final List<Map.Entry<String, byte[]>> seeds;

  /** A broken file and where it comes from. */
  record Mutant(String seed, byte[] bytes) {}

  Mutations(Map<String, byte[]> seeds) {
    this.seeds = List.copyOf(seeds.entrySet());
  }

  /** The mutant of a number: a seed changed once, twice or three times. */
  Mutant mutant(long number) {
    SplittableRandom random = new SplittableRandom(0x10de * 31L + number);
    Map.Entry<String, byte[]> seed = seeds.get(random.nextInt(seeds.size()));
    byte[] bytes = seed.getValue().clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      bytes = changed(bytes, random);
    }
    return new Mutant(seed.getKey(), bytes);
  }

  private byte[] changed(byte[] b, SplittableRandom random) {
    if (b.length < 16) {
      return b;
    }
    switch (random.nextInt(10)) {
      case 0 -> flip(b, random);
      case 1 -> {
        return Arrays.copyOf(b, random.nextInt(b.length));
      }
      case 2 -> number(b, random.nextInt(b.length - 4), random);
      case 3 -> lengthOfElement(b, random);
      case 4 -> vrOfElement(b, random);
      case 5 -> swapElements(b, random);
      case 6 -> size(b, random);
      case 7 -> marker(b, random);
      case 8 -> {
        return chunk(b, random);
      }
      default -> {
        return splice(b, random);
      }
    }
    return b;
  }

  private static void flip(byte[] b, SplittableRandom random) {
    for (int n = random.nextInt(1, 17); n > 0; n--) {
      b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** A telling number of 2 or 4 bytes. */
  private static void number(byte[] b, int at, SplittableRandom random) {
    int value =
        random.nextBoolean() ? LENGTHS[random.nextInt(LENGTHS.length)] : random.nextInt(1 << 17);
    int bytes = random.nextBoolean() ? 2 : 4;
    for (int n = 0; n < bytes && at + n < b.length; n++) {
      b[at + n] = (byte) (value >> (8 * n));
    }
  }

  /** Places that look like the VR of an element. */
  private static List<Integer> elements(byte[] b) {
    List<Integer> at = new ArrayList<>();
    for (int n = 4; n + 4 <= b.length; n++) {
      String vr = "" + (char) b[n] + (char) b[n + 1];
      if (Arrays.asList(VRS).contains(vr)) {
        at.add(n);
      }
    }
    return at;
  }

  private static void lengthOfElement(byte[] b, SplittableRandom random) {
    List<Integer> vrs = elements(b);
    if (!vrs.isEmpty()) {
      int at = vrs.get(random.nextInt(vrs.size())) + (random.nextBoolean() ? 2 : 4);
      number(b, Math.min(at, b.length - 1), random);
    }
  }

  private static void vrOfElement(byte[] b, SplittableRandom random) {
    List<Integer> vrs = elements(b);
    if (!vrs.isEmpty()) {
      int at = vrs.get(random.nextInt(vrs.size()));
      String vr = VRS[random.nextInt(VRS.length)];
      b[at] = (byte) vr.charAt(0);
      b[at + 1] = (byte) vr.charAt(1);
    }
  }

  /** Exchanges the tags of two elements, or those and their VRs. */
  private static void swapElements(byte[] b, SplittableRandom random) {
    List<Integer> vrs = elements(b);
    if (vrs.size() > 1) {
      int one = vrs.get(random.nextInt(vrs.size())) - 4;
      int other = vrs.get(random.nextInt(vrs.size())) - 4;
      for (int n = 0; n < (random.nextBoolean() ? 4 : 6); n++) {
        byte kept = b[one + n];
        b[one + n] = b[other + n];
        b[other + n] = kept;
      }
    }
  }

  /** Rows, columns, frames and the like: another number. */
  private static void size(byte[] b, SplittableRandom random) {
    int[] tag = SIZES[random.nextInt(SIZES.length)];
    for (int n = 0; n + 12 <= b.length; n++) {
      boolean found =
          b[n] == (byte) tag[0]
              && b[n + 1] == (byte) tag[1]
              && b[n + 2] == (byte) tag[2]
              && b[n + 3] == (byte) tag[3];
      if (found) {
        if (tag[2] == 8) {
          String frames = Integer.toString(random.nextInt(100_000));
          for (int k = 0; k < Math.min(2, frames.length()); k++) {
            b[n + 8 + k] = (byte) frames.charAt(k);
          }
        } else {
          number(b, n + 8, random);
        }
        return;
      }
    }
  }

  /** A byte behind a marker of a code stream. */
  private static void marker(byte[] b, SplittableRandom random) {
    List<Integer> at = new ArrayList<>();
    for (int n = 0; n + 8 < b.length; n++) {
      if (b[n] == (byte) 0xff && (b[n + 1] & 0xff) > 0x4e) {
        at.add(n);
      }
    }
    if (!at.isEmpty()) {
      b[at.get(random.nextInt(at.size())) + 1 + random.nextInt(12) % 7] = (byte) random.nextInt();
    }
  }

  /** Leaves a piece out, repeats it, or puts noise in its place. */
  private static byte[] chunk(byte[] b, SplittableRandom random) {
    int from = random.nextInt(b.length);
    int to = Math.min(b.length, from + random.nextInt(1, 200));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(b, 0, from);
    switch (random.nextInt(3)) {
      case 0 -> {}
      case 1 -> {
        out.write(b, from, to - from);
        out.write(b, from, to - from);
      }
      default -> {
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        out.writeBytes(noise);
      }
    }
    out.write(b, to, b.length - to);
    return out.toByteArray();
  }

  /** The beginning of a file and the end of another. */
  private byte[] splice(byte[] b, SplittableRandom random) {
    byte[] other = seeds.get(random.nextInt(seeds.size())).getValue();
    int from = random.nextInt(other.length);
    byte[] out = Arrays.copyOf(b, random.nextInt(b.length) + other.length - from);
    System.arraycopy(other, from, out, out.length - (other.length - from), other.length - from);
    return out;
  }
}
