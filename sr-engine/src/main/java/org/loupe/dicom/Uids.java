package org.loupe.dicom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** UIDs made from UUIDs (PS3.5 annex B.2). */
public final class Uids {

  private Uids() {}

  /** A new UID that no one else has. */
  public static String random() {
    return of(UUID.randomUUID());
  }

  /** Always the same UID for a name. */
  public static String fromName(String name) {
    return of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  private static String of(UUID uuid) {
    return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
  }
}
