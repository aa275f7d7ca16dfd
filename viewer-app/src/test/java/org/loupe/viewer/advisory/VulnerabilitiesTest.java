package org.loupe.viewer.advisory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What ships has no vulnerability that the checked-in advisories know, but for those that {@code
 * docs/dependencies.md} gives a reason for. How old the advisories are is said, not judged: a build
 * of the same sources does not fail by the day it is run.
 */
class VulnerabilitiesTest {

  private static final Path HOME = Path.of(System.getProperty("loupe.home", ".."));

  /** A row of the page: advisory, library, reason. */
  private static final Pattern ACCEPTED =
      Pattern.compile("\\| ((?:GHSA|CVE|PYSEC)-[\\w-]+) \\| ([\\w.:/-]+) \\| ([^|]{10,}) \\|");

  private static Advisories known;
  private static List<Library> shipped;

  @BeforeAll
  static void read() throws IOException {
    known = Advisories.of(Files.readString(HOME.resolve(Advisories.FILE)));
    shipped = ShippedLibraries.read(HOME.resolve(ShippedLibraries.LIST));
    System.out.printf(
        "%d advisories on %d libraries, collected %s, %d days ago; docs/dependencies.md says how to"
            + " renew them%n",
        known.advisories().size(),
        known.packages().size(),
        known.collected(),
        ChronoUnit.DAYS.between(known.day(), LocalDate.now(ZoneOffset.UTC)));
    // Another flavour of the package, with libraries of its own.
    assumeFalse(
        shipped.stream().anyMatch(l -> l.name().contains("pytorch-native-cu1")),
        "the CUDA flavour");
  }

  @Test
  void nothingShippedIsKnownToBeVulnerable() throws IOException {
    TreeSet<String> accepted = new TreeSet<>();
    for (String line : Files.readAllLines(HOME.resolve("docs/dependencies.md"))) {
      Matcher row = ACCEPTED.matcher(line);
      if (row.matches()) {
        accepted.add(row.group(1) + " " + row.group(2));
      }
    }
    TreeSet<String> used = new TreeSet<>();
    TreeSet<String> found = new TreeSet<>();
    for (Library library : shipped) {
      for (Advisory advisory : known.affecting(library)) {
        List<String> rows =
            advisory.names().stream()
                .map(name -> name + " " + library.name())
                .filter(accepted::contains)
                .toList();
        used.addAll(rows);
        if (rows.isEmpty()) {
          found.add(advisory.id() + " " + library + ": " + advisory.summary());
        }
      }
    }
    assertEquals("", String.join("\n", found), "vulnerable and not accepted");
    accepted.removeAll(used);
    assertEquals("", String.join("\n", accepted), "accepted, but no longer affected");
  }

  @Test
  void everyLibraryHasBeenAskedFor() {
    TreeSet<String> missing = new TreeSet<>();
    shipped.forEach(l -> missing.add(l.id()));
    known.packages().forEach(missing::remove);
    assertEquals("", String.join("\n", missing), "renew " + Advisories.FILE);
  }
}
