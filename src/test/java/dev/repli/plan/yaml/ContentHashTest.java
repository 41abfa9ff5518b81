package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.GOOD;
import static dev.repli.plan.yaml.PlanTexts.plus;
import static dev.repli.plan.yaml.PlanTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Fingerprint;
import dev.repli.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHashTest {
  @TempDir Path directory;

  static List<String> sameContent() {
    return List.of(
        "# a comment\n" + GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        with("title: Shop", "title: 'Shop'"),
        with("db1.example", "DB1.Example."),
        with("kind: mariadb", "kind: mariadb\n  port: 3306"),
        plus("budgets: {lease: 10s}"),
        plus("budgets: {lease: PT10S}"),
        plus("budgets: {lease: 10000ms, wholeRun: 1h}"),
        plus("budgets: {}"),
        plus("rollbackWindow: 1d"),
        plus("rollbackWindow: PT24H"),
        plus("blockers: wait\nlocale: en\nchecks: {queries: [], http: [], journeys: []}"));
  }

  @ParameterizedTest
  @MethodSource("sameContent")
  void staysTheSameWhenOnlyTheSpellingChanges(String text) {
    assertThat(hash(text)).isEqualTo(hash(GOOD));
  }

  static List<String> otherContent() {
    return List.of(
        with("id: shop", "id: shop2"),
        with("Shop", "shop"),
        with("db1.example", "db3.example"),
        with("kind: mariadb", "kind: mysql"),
        with("kind: mariadb", "kind: mariadb\n  tls: trust"),
        with("env:P2", "env:P4"),
        with("- type: lab", "- {type: lab, name: first}\n  - type: lab"),
        with("probe:", "probe:\n  enabled: false"),
        plus("budgets: {lease: 11s}"),
        plus("blockers: end"),
        plus("locale: fr"),
        plus("steps: {skippable: [closing]}"),
        plus("approvals: {roles: [technical-lead]}"),
        plus("checks: {journeys: [pay]}"),
        plus("people: [{role: approvers, user: ada, deputy: grace}]"),
        plus("guardrails: {freeDisk: 20}"),
        plus("guardrails: {accept: [{warning: version-pair, reason: r, until: 2026-12-31}]}"));
  }

  @ParameterizedTest
  @MethodSource("otherContent")
  void changesWithEveryValue(String text) {
    assertThat(hash(text)).isNotEqualTo(hash(GOOD));
  }

  /** The keys of the example in any order, each at its own level, give the same plan. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void doesNotDependOnTheOrderOfKeys(long seed) {
    List<String> blocks = new ArrayList<>(Arrays.asList(GOOD.split("\n(?=\\S)")));
    Collections.shuffle(blocks, new Random(seed));

    String shuffled = String.join("\n", blocks) + "\n";

    assertThat(plan(shuffled)).isEqualTo(plan(GOOD));
  }

  @Test
  void theFingerprintChangesWithTheContentAndWithEachRunbook() {
    Plan plan = plan(GOOD);
    Fingerprint shown = Fingerprint.of(plan, Map.of("a.bpmn", "1", "b.dmn", "2"));

    assertThat(shown.value()).matches("[0-9a-f]{16}");
    assertThat(Fingerprint.of(plan, Map.of("b.dmn", "2", "a.bpmn", "1"))).isEqualTo(shown);
    assertThat(Fingerprint.of(plan, Map.of("a.bpmn", "1", "b.dmn", "3"))).isNotEqualTo(shown);
    assertThat(Fingerprint.of(plan, Map.of("a.bpmn", "1"))).isNotEqualTo(shown);
    assertThat(Fingerprint.of(plan(with("Shop", "S")), Map.of("a.bpmn", "1", "b.dmn", "2")))
        .isNotEqualTo(shown);
  }

  private String hash(String text) {
    return plan(text).contentHash();
  }

  private Plan plan(String text) {
    PlanFile file = PlanTexts.read(directory, text);
    assertThat(file.errors()).isEmpty();
    return ((PlanFile.Good) file).plan();
  }
}
