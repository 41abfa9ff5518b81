package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceTableTest {

  @Test
  void showsTheWorstFirst() {
    String table =
        EvidenceTable.of(
            new Findings(
                List.of(
                    Finding.good("a", "", "1"),
                    Finding.bad("b", "n", "2"),
                    Finding.note("c", "", "3"))));

    assertThat(table.lines().skip(2))
        .containsExactly("| **bad** | b, n | 2 |", "| note | c | 3 |", "| ✓ good | a | 1 |");
  }

  @Test
  void foreignTextCanNeitherFormatNorLinkNorBreakTheTable() {
    assertThat(EvidenceTable.plain("**x** [l](http://e) <img> a|b\n# h"))
        .isEqualTo("\\*\\*x\\*\\* \\[l\\]\\(http\\:\\/\\/e\\) \\<img\\> a\\|b \\# h");
  }

  @Test
  void cutsNoWarningWhereThereIsRoom() {
    String text = "x".repeat(900) + " deletes are missing";
    String table =
        EvidenceTable.of(
            new Findings(
                List.of(
                    Finding.good("a", "", text),
                    Finding.risk("b", "", text),
                    Finding.bad("c", "", text))));

    assertThat(table.lines().skip(2))
        .satisfiesExactly(
            bad -> assertThat(bad).contains("**bad** | c |", "deletes are missing"),
            risk -> assertThat(risk).contains("**risk** | b |", "deletes are missing"),
            good -> assertThat(good).hasSizeLessThan(250).endsWith("… |"));
  }

  @Test
  void ratherShortensLongWarningsThanHidesOne() {
    List<Finding> seven =
        IntStream.range(0, 7).mapToObj(i -> Finding.risk("r" + i, "", "x".repeat(2_000))).toList();

    String table = EvidenceTable.of(new Findings(seven));

    assertThat(table).hasSizeLessThan(4000).contains("| r0 |", "| r6 |").doesNotContain("journal");
  }

  @Test
  void fitsIntoAProcessVariableAndSaysWhatIsMissing() {
    List<Finding> many =
        IntStream.range(0, 500).mapToObj(i -> Finding.bad("*".repeat(300), "x", "y")).toList();

    String table = EvidenceTable.of(new Findings(many));

    assertThat(table).hasSizeLessThan(4000).endsWith("more stands in the journal |\n");
  }
}
