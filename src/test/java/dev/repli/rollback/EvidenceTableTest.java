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
  void fitsIntoAProcessVariableAndSaysWhatIsMissing() {
    List<Finding> many =
        IntStream.range(0, 500).mapToObj(i -> Finding.bad("*".repeat(300), "x", "y")).toList();

    String table = EvidenceTable.of(new Findings(many));

    assertThat(table).hasSizeLessThan(4000).endsWith("more stands in the journal |\n");
  }
}
