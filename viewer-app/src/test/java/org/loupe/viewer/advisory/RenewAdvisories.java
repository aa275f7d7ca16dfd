package org.loupe.viewer.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.loupe.image.AtomicFile;

/**
 * Asks OSV (https://google.github.io/osv.dev/post-v1-query) for the advisories of all that ships
 * and writes them; {@code docs/dependencies.md} has the command. Not part of the build, which knows
 * no network.
 */
final class RenewAdvisories {

  private static final URI OSV = URI.create("https://api.osv.dev/v1/query");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI service;

  RenewAdvisories(URI service) {
    this.service = service;
  }

  /** From the repository's root, after {@code mvn verify}. */
  public static void main(String[] args) throws InterruptedException {
    try {
      List<Library> libraries = ShippedLibraries.read(Path.of(ShippedLibraries.LIST));
      Advisories found = new RenewAdvisories(OSV).collect(libraries, LocalDate.now(ZoneOffset.UTC));
      AtomicFile.write(Path.of(Advisories.FILE), found.json().getBytes(StandardCharsets.UTF_8));
      System.out.println(found.advisories().size() + " advisories in " + Advisories.FILE);
    } catch (IOException e) {
      System.err.println("advisories not renewed, asking " + OSV + ": " + e);
      System.exit(1);
    }
  }

  Advisories collect(Collection<Library> libraries, LocalDate day)
      throws IOException, InterruptedException {
    Map<String, Advisory> found = new TreeMap<>();
    for (Library library : libraries) {
      String page = "";
      do {
        JsonNode answer = ask(library, page);
        for (JsonNode each : answer.path("vulns")) {
          Advisory advisory = Advisories.JSON.treeToValue(each, Advisory.class);
          found.put(advisory.id(), advisory);
        }
        page = answer.path("next_page_token").asText("");
      } while (!page.isEmpty());
    }
    return new Advisories(
        day.toString(),
        libraries.stream().map(Library::id).sorted().toList(),
        List.copyOf(found.values()));
  }

  private JsonNode ask(Library library, String page) throws IOException, InterruptedException {
    ObjectNode question = Advisories.JSON.createObjectNode();
    question.putObject("package").put("ecosystem", library.ecosystem()).put("name", library.name());
    if (!page.isEmpty()) {
      question.put("page_token", page);
    }
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(service)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(library.id() + ": HTTP " + answer.statusCode());
    }
    return Advisories.JSON.readTree(answer.body());
  }
}
