package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.delta.policy.TablePolicy.Ask;
import dev.repli.delta.policy.TablePolicy.Decided;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.rollback.EvidenceTable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a form shows of a delta is one process variable. */
class DeltaTextTest {
  private static final DeltaCounts.Table ROWS = new DeltaCounts.Table(1, 2, 3, 0);
  private static final String SUMS = "6 changes = 6 applied";

  private static Map<String, DeltaCounts.Table> tables(int count) {
    Map<String, DeltaCounts.Table> tables = new TreeMap<>();
    IntStream.range(0, count).forEach(i -> tables.put("app.t%03d".formatted(i), ROWS));
    return tables;
  }

  private static Map<String, TablePolicy> policies(
      Map<String, DeltaCounts.Table> tables, Function<String, TablePolicy> policy) {
    Map<String, TablePolicy> policies = new TreeMap<>();
    tables.keySet().forEach(table -> policies.put(table, policy.apply(table)));
    return policies;
  }

  private static List<String> warnings(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "w" + i + " " + "shop.orders_2026 (no time column), ".repeat(40))
        .toList();
  }

  @Test
  void isShownWholeWhileThereIsRoom() {
    String warning = "x".repeat(900) + " deletes are missing";
    Map<String, DeltaCounts.Table> two = tables(2);

    String text = new DeltaText(List.of(warning), SUMS + "\n\n", two, Map.of()).words();

    assertThat(text)
        .startsWith("**xxx")
        .containsSubsequence(" deletes are missing**", SUMS, "| app\\.t000 |", "| app\\.t001 |")
        .doesNotContain("…", "more", "journal");
  }

  @Test
  void longWarningsHideNeitherTheTableNorTheSums() {
    Map<String, DeltaCounts.Table> twenty = tables(20);
    Map<String, TablePolicy> asked =
        policies(twenty, table -> new Ask(table, "no such table on the source"));

    String text = new DeltaText(warnings(3), SUMS + "\n\n", twenty, asked).words();

    assertThat(text).hasSizeLessThanOrEqualTo(EvidenceTable.LIMIT).contains("**w0", "**w1", "**w2");
    assertThat(text).contains("DELTA_INCOMPLETE").containsSubsequence("**w2", SUMS, "| app\\.t000");
    assertThat(text.lines().filter(line -> line.contains("**you decide:** no such table on the")))
        .hasSize(20);
    assertThat(text).endsWith("|\n");
  }

  @Test
  void saysHowManyTablesAreLeftAndShowsThoseThatPeopleDecideFirst() {
    Map<String, DeltaCounts.Table> many = tables(39);
    String why = "both sides have written it ".repeat(6);
    Map<String, TablePolicy> policies =
        policies(
            many,
            table ->
                table.compareTo("app.t036") >= 0
                    ? new Ask(table, why)
                    : new Decided(table, Policy.RECONCILE, why));

    String text = new DeltaText(warnings(1), "", many, policies).words();

    assertThat(text).hasSizeLessThanOrEqualTo(EvidenceTable.LIMIT);
    assertThat(text)
        .containsSubsequence("**w0", "| app\\.t036 |", "| app\\.t038 |", "| app\\.t000 |");
    assertThat(text.indexOf("**", 2)).as("what is missing is not cut short").isGreaterThan(900);
    long shown = text.lines().filter(line -> line.startsWith("| app")).count();
    assertThat(shown).isBetween(5L, 20L);
    assertThat(text).endsWith("\nand " + (39 - shown) + " tables more");
  }

  @Test
  void saysThatPeopleDecideOfTablesThatAreLeft() {
    Map<String, DeltaCounts.Table> many = tables(60);
    String text =
        new DeltaText(
                List.of(), "", many, policies(many, table -> new Ask(table, "no such table ")))
            .words();
    assertThat(text)
        .hasSizeLessThanOrEqualTo(EvidenceTable.LIMIT)
        .endsWith("\nand 20 tables more, 20 of which you decide");
  }

  @Test
  void fitsHoweverManyWarningsThereAre() {
    String text =
        new DeltaText(
                Collections.nCopies(30, "*".repeat(2_000)), SUMS + "\n\n", tables(100), Map.of())
            .words();

    assertThat(text)
        .hasSizeLessThanOrEqualTo(EvidenceTable.LIMIT)
        .containsSubsequence("**\\*", "and 25 more", "DELTA_INCOMPLETE", SUMS, "| app\\.t000 |")
        .contains(" tables more");
  }
}
