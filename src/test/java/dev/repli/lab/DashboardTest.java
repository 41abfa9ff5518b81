package dev.repli.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard shows what Repli publishes, and asks for it in words that Prometheus knows. */
class DashboardTest {
  private static final Path DASHBOARD = Path.of("docker/grafana/dashboards/repli.json");
  private static final Pattern METRIC = Pattern.compile("\\brepli_[a-z0-9_]+");
  private static final Pattern DESCRIBED =
      Pattern.compile("(?m)^\\| `(repli_[a-z0-9_]+)(?:\\{([a-z,]+)\\})?`");
  private static final Pattern PUBLISHED =
      Pattern.compile("(?:builder|counter)\\(\\s*\"(repli\\.[a-z0-9.]+)\"");

  /** What Prometheus makes of a unit or a kind, and of a timer. */
  private static final String SUFFIXES = "(_seconds|_ratio|_total)?(_sum|_count|_max)?";

  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)\\}\\}");
  private static final Pattern GROUPED = Pattern.compile("by \\(([\\w, ]+)\\)");
  private static final Pattern MATCHED = Pattern.compile("[{,](\\w+)=~?\"");

  private final JsonNode dashboard = read();

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(DASHBOARD.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One query of a panel. */
  private record Query(String panel, String expression, String legend) {
    Set<String> metrics() {
      return all(METRIC, expression).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> labels() {
      return Stream.of(
              all(LEGEND, legend),
              all(MATCHED, expression),
              all(GROUPED, expression).flatMap(list -> Stream.of(list.split(", ", -1))))
          .flatMap(labels -> labels)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.groupCount() == 0 ? found.group() : found.group(1));
  }

  private List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new Query(
                panel.path("title").asText(),
                target.path("expr").asText(),
                target.path("legendFormat").asText()));
      }
    }
    return queries;
  }

  /** Labels by metric. */
  private static Map<String, Set<String>> described() throws IOException {
    Map<String, Set<String>> described = new HashMap<>();
    DESCRIBED
        .matcher(Files.readString(Path.of("docs/metrics.md")))
        .results()
        .forEach(
            row ->
                described.put(
                    row.group(1),
                    row.group(2) == null ? Set.of() : Set.of(row.group(2).split(",", -1))));
    return described;
  }

  private static Set<String> published() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      return sources
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(DashboardTest::meters)
          .map(meter -> meter.replace('.', '_'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> meters(Path source) {
    try {
      return PUBLISHED
          .matcher(Files.readString(source))
          .results()
          .map((MatchResult m) -> m.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void namesOnlyMetricsAndLabelsThatAreDescribed() throws IOException {
    Map<String, Set<String>> described = described();

    assertThat(queries())
        .hasSizeGreaterThan(9)
        .allSatisfy(
            query ->
                assertThat(query.metrics())
                    .as(query.panel())
                    .isNotEmpty()
                    .allSatisfy(
                        metric -> {
                          String name = metric.replaceAll("_(sum|count|max)$", "");
                          assertThat(described).containsKey(name);
                          assertThat(described.get(name)).containsAll(query.labels());
                        }));
  }

  @Test
  void showsEveryMetricOfAPlan() throws IOException {
    Set<String> shown =
        queries().stream().flatMap(query -> query.metrics().stream()).collect(Collectors.toSet());

    assertThat(shown)
        .containsAll(
            described().entrySet().stream()
                .filter(row -> row.getValue().contains("plan"))
                .map(Map.Entry::getKey)
                .toList());
  }

  @Test
  void namesOnlyMetricsThatRepliPublishes() throws IOException {
    Set<String> published = published();

    assertThat(queries().stream().flatMap(query -> query.metrics().stream()))
        .allSatisfy(
            metric ->
                assertThat(published)
                    .as(metric)
                    .anyMatch(meter -> metric.matches(Pattern.quote(meter) + SUFFIXES)));
  }

  @Test
  void offersThePlansOfAMetricThatIsDescribed() throws IOException {
    String plans = dashboard.at("/templating/list/1/definition").asText();

    assertThat(all(METRIC, plans).toList()).hasSize(1);
    assertThat(described().get(all(METRIC, plans).findFirst().orElseThrow())).contains("plan");
  }

  /** A real Prometheus reads each query, as a rule of its own. */
  @Test
  void asksWhatPrometheusUnderstands(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path promtool = MonitoringPrograms.find("promtool").orElse(Path.of("none"));
    assumeThat(promtool).as("scripts/install-test-tools").isExecutable();
    List<Map<String, String>> rules =
        queries().stream()
            .map(
                query ->
                    Map.of("record", "query", "expr", query.expression().replace("$plan", ".*")))
            .toList();
    // JSON is YAML
    Path file =
        Files.writeString(
            directory.resolve("rules.yml"),
            new ObjectMapper()
                .writeValueAsString(
                    Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)))));

    Process check =
        new ProcessBuilder(promtool.toString(), "check", "rules", "--lint=none", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).contains(rules.size() + " rules found");
  }

  @Test
  void hasNoTwoPanelsInOnePlace() {
    List<int[]> places = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      JsonNode at = panel.path("gridPos");
      int[] now = {
        at.path("x").asInt(), at.path("y").asInt(), at.path("w").asInt(), at.path("h").asInt()
      };
      assertThat(now[0] + now[2]).as(panel.path("title").asText()).isBetween(1, 24);
      assertThat(places)
          .as(panel.path("title").asText())
          .noneMatch(
              other ->
                  now[0] < other[0] + other[2]
                      && other[0] < now[0] + now[2]
                      && now[1] < other[1] + other[3]
                      && other[1] < now[1] + now[3]);
      places.add(now);
    }
  }
}
