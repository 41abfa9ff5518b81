package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.logical.TableLines.Read;
import dev.repli.plan.DeltaRules.Policy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write for the tables that are left to them. */
class TableLinesTest {
  private static final AskedTables ASKED =
      new AskedTables(Map.of("app.log", "4 inserted", "app.odd", "1 inserted"));
  private static final Set<String> DECIDED = Set.of("app.orders");

  private static Read read(String text) {
    return TableLines.read(text, ASKED, DECIDED);
  }

  private static String why(String text) {
    assertThat(read(text)).isInstanceOf(Read.Wrong.class);
    return ((Read.Wrong) read(text)).why();
  }

  private static Map<String, Policy> policies(String text) {
    assertThat(read(text)).isInstanceOf(Read.Policies.class);
    return ((Read.Policies) read(text)).byTable();
  }

  @Test
  void takesOneLineForEachTableInAnyOrder() {
    assertThat(policies("app.odd = reconcile\n\n  app.log=ABANDON  \r\n"))
        .isEqualTo(Map.of("app.odd", Policy.RECONCILE, "app.log", Policy.ABANDON));
  }

  @Test
  void takesOneLineForAllThatHaveNone() {
    assertThat(policies("app.odd = abandon\n* = export_import"))
        .isEqualTo(Map.of("app.odd", Policy.ABANDON, "app.log", Policy.EXPORT_IMPORT));
    assertThat(TableLines.read("* = export-import", AskedTables.NONE, DECIDED))
        .isEqualTo(new Read.Policies(Map.of()));
    assertThat(TableLines.read(" ", AskedTables.NONE, DECIDED))
        .isEqualTo(new Read.Policies(Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          app.log = abandon | app.oders = abandon; line 2 'app.oders = abandon': no table app.oders is left to you
          app.log = abandon | app.orders = abandon; line 2 'app.orders = abandon': app.orders is decided by the plan or the decision table
          app.log = drop | app.odd = abandon; line 1 'app.log = drop': 'drop' is no policy; write abandon, export-import or reconcile
          app.log = abandon | app.odd = ?; line 2 'app.odd = ?': write abandon, export-import or reconcile instead of ?
          app.log = | app.odd = abandon; line 1 'app.log =': write abandon, export-import or reconcile behind the =
          app.log = reverse-replication | app.odd = abandon; line 1 'app.log = reverse-replication': nothing travels by replication during an import
          app.log = abandon | app.odd; line 2 'app.odd': has to be: table = policy
          app.log = abandon | app.odd = abandon | app.log = reconcile; line 3 'app.log = reconcile': app.log stands in line 1 already
          * = abandon | app.log = reconcile | * = reconcile; line 3 '* = reconcile': * stands in line 1 already
          app.log = abandon; app.odd has no line
          """)
  void saysWhichLineIsWrongAndHow(String lines, String why) {
    assertThat(why(lines.replace(" | ", "\n"))).contains(why);
  }

  @Test
  void namesEveryWrongLineAndWhatIsLeftToPeople() {
    assertThat(why("app.oders = abandon\napp.log = drop"))
        .contains("line 1 ", "those are app.log, app.odd", "line 2 ", "app.odd has no line")
        .doesNotContain("app.log has no line");
    assertThat(why("")).contains("app.log, app.odd have no line", "'* = export-import'");
  }

  @Test
  void saysOnlyTheFirstOfManyWrongLinesAndShortensThem() {
    String line = "x".repeat(90) + " = abandon\n";

    assertThat(why(line.repeat(30))).hasSizeLessThan(1_500).contains("more");
  }

  @Test
  void refusesMoreThanIsKept() {
    assertThat(why("app.log = abandon\n".repeat(300))).contains("at most 3900 characters");
  }

  @Test
  void takesNamesWithSignsAndSpaces() {
    AskedTables asked = new AskedTables(Map.of("app.a = b", "", "app.two  words", ""));

    assertThat(TableLines.read("app.a = b = abandon\napp.two words = reconcile", asked, Set.of()))
        .isEqualTo(
            new Read.Policies(
                Map.of("app.a = b", Policy.ABANDON, "app.two  words", Policy.RECONCILE)));
  }

  @Test
  void theFormHasALineForEachTableAsFarAsThereIsRoom() {
    assertThat(ASKED.form()).isEqualTo("app.log = ?\napp.odd = ?");
    assertThat(AskedTables.NONE.form()).isEmpty();

    AskedTables many =
        new AskedTables(
            IntStream.range(0, 500)
                .boxed()
                .collect(
                    Collectors.toMap(
                        "app.a_table_with_a_name_%d"::formatted,
                        i -> "",
                        (a, b) -> a,
                        TreeMap::new)));
    String form = many.form();
    assertThat(form).hasSizeLessThanOrEqualTo(TableLines.LONGEST).endsWith("\n* = ?");
    assertThat(TableLines.read(form.replace("?", "reconcile"), many, Set.of()))
        .isInstanceOfSatisfying(Read.Policies.class, all -> assertThat(all.byTable()).hasSize(500));
  }
}
