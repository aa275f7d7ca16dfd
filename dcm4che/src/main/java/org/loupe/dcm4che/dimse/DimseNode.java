package org.loupe.dcm4che.dimse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an application entity is found.
 *
 * @param title AE title
 * @param port 1 to 65535
 */
public record DimseNode(String title, String host, int port) {

  private static final Pattern ADDRESS = Pattern.compile("(.+)@([^@]+):(\\d{1,5})");

  /** PS3.5 6.2, and no spaces, which both ends may trim. */
  private static final Pattern TITLE = Pattern.compile("[!-~&&[^\\\\]]{1,16}");

  public DimseNode {
    requireTitle(title);
    if (host.isBlank() || port < 1 || port > 0xffff) {
      throw new IllegalArgumentException(host + ":" + port + " is no address");
    }
  }

  /**
   * The node of TITLE@HOST:PORT.
   *
   * @throws IllegalArgumentException where the text is none: says why
   */
  public static DimseNode of(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not TITLE@HOST:PORT");
    }
    return new DimseNode(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3)));
  }

  static void requireTitle(String title) {
    if (!TITLE.matcher(title).matches()) {
      throw new IllegalArgumentException("\"" + title + "\" is no AE title: 1 to 16 letters");
    }
  }

  @Override
  public String toString() {
    return title + "@" + host + ":" + port;
  }
}
