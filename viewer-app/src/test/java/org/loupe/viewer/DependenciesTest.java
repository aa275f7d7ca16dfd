package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What ships is what was looked at: the libraries of the class path are those of {@code
 * docs/dependencies.md}, in the same versions. Whoever changes one reviews it and says so there.
 */
class DependenciesTest {

  private static final Path HOME = Path.of(System.getProperty("loupe.home", ".."));

  /** Names of platforms at the end of native libraries' file names. */
  private static final Pattern PLATFORM = Pattern.compile("-(linux|win|mac|osx)[a-z0-9_-]*$");

  private static final Pattern ROW = Pattern.compile("\\| ([A-Za-z0-9_-]+) \\| ([0-9][^ ]*) \\|.*");
  private static final Pattern DATE = Pattern.compile("Reviewed (20\\d\\d-\\d\\d-\\d\\d)");

  @Test
  void everyLibraryHasBeenReviewed() throws IOException {
    Path list = HOME.resolve("viewer-app/target/classpath.txt");
    assertTrue(Files.exists(list), "Maven writes " + list + " before the tests");
    String classpath = Files.readString(list).strip();
    // Another flavour of the package, with libraries of its own.
    assumeFalse(classpath.contains("pytorch-native-cu1"), "the CUDA flavour");
    TreeSet<String> shipped =
        Arrays.stream(classpath.split(Pattern.quote(File.pathSeparator)))
            .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("\\.jar$", ""))
            .map(name -> PLATFORM.matcher(name).replaceFirst(""))
            .collect(Collectors.toCollection(TreeSet::new));
    String page = Files.readString(HOME.resolve("docs/dependencies.md"));
    TreeSet<String> reviewed = new TreeSet<>();
    for (String line : page.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        reviewed.add(row.group(1) + "-" + row.group(2));
      }
    }
    assertTrue(DATE.matcher(page).find(), "the page says when it was reviewed");
    assertEquals(String.join("\n", reviewed), String.join("\n", shipped));
  }
}
