package org.loupe.viewer.advisory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * What is used of an advisory in the OSV schema (https://ossf.github.io/osv-schema).
 *
 * @param id of the GitHub Advisory Database, of the Python one, or CVE
 */
record Advisory(String id, List<String> aliases, String summary, List<Affected> affected) {

  /**
   * @param ranges any of which may hold a version
   * @param versions affected ones by name, beside the ranges
   */
  record Affected(
      @JsonProperty("package") Named named, List<Range> ranges, List<String> versions) {}

  record Named(String ecosystem, String name) {}

  /**
   * @param type ranges of GIT are of commits and hold no version
   */
  record Range(String type, List<Event> events) {

    boolean holds(String version) {
      if ("GIT".equals(type)) {
        return false;
      }
      ComparableVersion v = new ComparableVersion(version);
      boolean inside = false;
      for (Event e : events.stream().sorted(Comparator.comparing(Event::at)).toList()) {
        int past = v.compareTo(e.at());
        inside = e.introduced() != null ? inside || past >= 0 : inside && !e.ends(past);
      }
      return inside;
    }
  }

  /** One of the three is there: a version from which on something is so. */
  record Event(
      String introduced, String fixed, @JsonProperty("last_affected") String lastAffected) {

    ComparableVersion at() {
      return new ComparableVersion(
          Stream.of(introduced, fixed, lastAffected)
              .filter(s -> s != null)
              .findFirst()
              .orElse("0"));
    }

    /**
     * Whether a version is out of the range by this end.
     *
     * @param past how the version compares to that of the event
     */
    boolean ends(int past) {
      return fixed != null ? past >= 0 : lastAffected != null && past > 0;
    }
  }

  Advisory {
    aliases = aliases == null ? List.of() : aliases;
    affected = affected == null ? List.of() : affected;
  }

  /** All that it is called. */
  List<String> names() {
    return Stream.concat(Stream.of(id), aliases.stream()).toList();
  }

  boolean affects(Library library) {
    return affected.stream()
        .filter(a -> a.named() != null)
        .filter(a -> a.named().ecosystem().equals(library.ecosystem()))
        .filter(a -> a.named().name().equals(library.name()))
        .anyMatch(
            a ->
                (a.versions() != null && a.versions().contains(library.version()))
                    || (a.ranges() != null
                        && a.ranges().stream().anyMatch(r -> r.holds(library.version()))));
  }
}
