package org.loupe.viewer.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ships, from the list that Maven writes, and what some of it carries inside. */
final class ShippedLibraries {

  /** The list, below the repository's root. */
  static final String LIST = "viewer-app/target/dependencies.txt";

  /** {@code group:artifact:jar[:classifier]:version:scope}. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*([\\w.-]+):([\\w.-]+):jar:(?:[\\w.-]+:)?([\\w.+-]+):(?:compile|runtime)\\b.*");

  private static final String NETTY_SHADED = "grpc-netty-shaded";
  private static final String NETTY_VERSIONS =
      "META-INF/io.grpc.netty.shaded.io.netty.versions.properties";

  /** Parts of Netty inside grpc-netty-shaded; netty-codec is the name of some before Netty 4.2. */
  private static final List<String> NETTY =
      List.of(
          "buffer",
          "codec",
          "codec-base",
          "codec-compression",
          "codec-http",
          "codec-http2",
          "codec-socks",
          "common",
          "handler",
          "handler-proxy",
          "resolver",
          "transport",
          "transport-classes-epoll",
          "transport-native-epoll",
          "transport-native-unix-common");

  private ShippedLibraries() {}

  static List<Library> read(Path list) throws IOException {
    Set<Library> libraries = new LinkedHashSet<>();
    for (String line : Files.readAllLines(list)) {
      Matcher m = LINE.matcher(line);
      if (m.matches()) {
        String version = m.group(3);
        libraries.add(new Library("Maven", m.group(1) + ":" + m.group(2), version));
        if (m.group(2).equals(NETTY_SHADED)) {
          NETTY.forEach(
              part -> libraries.add(new Library("Maven", "io.netty:netty-" + part, netty())));
        } else if (m.group(2).startsWith("pytorch-native-")) {
          libraries.add(new Library("PyPI", "torch", version));
        }
      }
    }
    return new ArrayList<>(libraries);
  }

  /** Version of Netty in the class path's grpc-netty-shaded. */
  private static String netty() {
    try (InputStream in =
        ShippedLibraries.class.getClassLoader().getResourceAsStream(NETTY_VERSIONS)) {
      if (in == null) {
        throw new IllegalStateException(NETTY_SHADED + " does not say what it is made of");
      }
      Properties versions = new Properties();
      versions.load(in);
      return versions.getProperty("netty-common.version");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
