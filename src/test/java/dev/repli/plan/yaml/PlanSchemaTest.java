package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.GOOD;
import static dev.repli.plan.yaml.PlanTexts.plus;
import static dev.repli.plan.yaml.PlanTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanSchemaTest {
  private static final Path FILE = Path.of("plans/plan.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(PlanSchema.json(), InputFormat.JSON);

  @TempDir Path directory;

  @Test
  void theSchemaInTheRepositoryIsThatOfTheKeysThatAreRead() throws IOException {
    assertThat(Files.readString(FILE))
        .as("%s is stale; run: java -jar target/repli.jar plan-schema %s", FILE, FILE)
        .isEqualTo(PlanSchema.json());
  }

  @Test
  void theSchemaIsASchema() {
    Schema draft =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));

    assertThat(draft.validate(PlanSchema.json(), InputFormat.JSON)).isEmpty();
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("plans/examples"))) {
      return files.toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsTheExamplesAsTheReaderDoes(Path example) throws IOException {
    assertThat(PlanFile.read(example).errors()).isEmpty();
    assertThat(SCHEMA.validate(Files.readString(example), InputFormat.YAML)).isEmpty();
  }

  static List<String> refused() {
    return List.of(
        with("title", "titel"),
        with("title: Shop\n", ""),
        with("Shop", "\"\""),
        with("id: shop", "id: Shop"),
        with("kind: mariadb", "kind: maria"),
        with("db1.example", "\"db1?x=y\""),
        with("env:P1", "hunter2"),
        with("user: repli", "user: \"-o\""),
        with("kind: mariadb", "kind: mariadb\n  port: 0"),
        with("kind: mariadb", "kind: mariadb\n  port: \"3306\""),
        with("kind: mariadb", "kind: mariadb\n  fenceFile: relative"),
        with("type: lab", "type: labor"),
        with("    name: app\n", ""),
        with("    name: app\n", "    name: app\n    backend: b\n"),
        with("routes:\n  - type: lab\n    name: app", "routes: []"),
        with("probe:", "probe:\n  enabled: \"no\""),
        plus("budgets: {lease: 10}"),
        plus("budgets: {lease: ten}"),
        plus("approvals: {roles: [nobody]}"),
        plus("steps: {skippable: [all]}"),
        plus("checks: {queries: [{name: a, sql: DELETE FROM t, expected: x}]}"),
        plus("checks: {http: [{name: a, url: 'ftp://x/'}]}"),
        plus("people: [{role: nobody, user: ada, deputy: grace}]"),
        plus("guardrails: {accept: [{warning: primary-keys, reason: r, until: 2026-12-31}]}"),
        plus("guardrails: {accept: [{warning: version-pair, until: 2026-12-31}]}"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatTheReaderRefuses(String text) {
    assertThat(SCHEMA.validate(GOOD, InputFormat.YAML)).isEmpty();
    assertThat(PlanTexts.messages(directory, text)).isNotEmpty();
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isNotEmpty();
  }
}
