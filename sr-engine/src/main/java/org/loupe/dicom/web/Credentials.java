package org.loupe.dicom.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a server is told of who asks: the value of the Authorization header. Kept in memory alone.
 *
 * @param header empty for nothing
 */
public record Credentials(String header) {

  public static final Credentials NONE = new Credentials("");

  /** HTTP basic authentication (RFC 7617). */
  public static Credentials basic(String user, char[] password) {
    byte[] both = (user + ":" + new String(password)).getBytes(StandardCharsets.UTF_8);
    return new Credentials("Basic " + Base64.getEncoder().encodeToString(both));
  }

  /** A bearer token (RFC 6750). */
  public static Credentials bearer(String token) {
    return new Credentials("Bearer " + token);
  }

  /** Keeps the secret out of messages. */
  @Override
  public String toString() {
    return header.isEmpty() ? "no credentials" : "credentials";
  }
}
