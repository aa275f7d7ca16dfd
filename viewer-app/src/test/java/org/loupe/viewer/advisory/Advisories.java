package org.loupe.viewer.advisory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The advisories of a day.
 *
 * @param collected the day, as in 2026-11-28
 * @param packages {@link Library#id} of all that was asked for, those without advisories too
 */
record Advisories(String collected, List<String> packages, List<Advisory> advisories) {

  /** The checked-in file, below the repository's root. */
  static final String FILE =
      "viewer-app/src/test/resources/org/loupe/viewer/advisory/advisories.json";

  static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
          .build();

  static Advisories of(String json) throws JsonProcessingException {
    return JSON.readValue(json, Advisories.class);
  }

  LocalDate day() {
    return LocalDate.parse(collected);
  }

  List<Advisory> affecting(Library library) {
    return advisories.stream().filter(a -> a.affects(library)).toList();
  }

  /** As JSON, one line for each package and advisory, so that a change shows what it changes. */
  String json() {
    return "{\"collected\":%s,\n\"packages\":[%s],\n\"advisories\":[\n%s\n]}\n"
        .formatted(json(collected), lines(packages), lines(advisories));
  }

  private static String lines(List<?> values) {
    return values.stream().map(Advisories::json).collect(Collectors.joining(",\n"));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
