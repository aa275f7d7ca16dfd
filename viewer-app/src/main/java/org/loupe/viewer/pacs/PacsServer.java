package org.loupe.viewer.pacs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Locale;

/**
 * A DICOMweb server. Nothing of it is secret.
 *
 * @param name what the user calls it
 * @param url root of its DICOMweb service
 * @param authentication how it wants to know who asks
 * @param certificate PEM file of what is trusted beside the system's certificates; empty for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PacsServer(
    @JsonProperty("name") String name,
    @JsonProperty("url") String url,
    @JsonProperty("authentication") Authentication authentication,
    @JsonProperty("certificate") String certificate) {

  /** How a server wants to know who asks. */
  public enum Authentication {
    NONE,
    /** User and password. */
    BASIC,
    /** A token. */
    BEARER
  }

  public PacsServer {
    name = name == null ? "" : name.strip();
    url = url == null ? "" : url.strip();
    authentication = authentication == null ? Authentication.NONE : authentication;
    certificate = certificate == null ? "" : certificate.strip();
  }

  /** Whether the address is one of a web service. */
  public boolean isSound() {
    try {
      URI uri = URI.create(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return !name.isEmpty()
          && (scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
