package dev.repli.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.postmortem.ActionLines.Read;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionLinesTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-01");

  @Test
  void readsOneActionPerLine() {
    String typed =
        "\n ann | 2026-03-08 | alert on a full disk | also at night\n\nbob|2026-03-01|x\n";

    assertThat(ActionLines.read(typed, TODAY))
        .isEqualTo(
            new Read.Actions(
                java.util.List.of(
                    new Action(
                        1,
                        "ann",
                        LocalDate.parse("2026-03-08"),
                        "alert on a full disk | also at night",
                        Action.State.OPEN),
                    new Action(2, "bob", TODAY, "x", Action.State.OPEN))));
  }

  @Test
  void nothingTypedIsNoAction() {
    assertThat(ActionLines.read(" \n ", TODAY)).isEqualTo(new Read.Actions(java.util.List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ann, 2026-03-08, x        ; has to be: owner
          ${7*7} | 2026-03-08 | x   ; has to begin with the name of a user
          ann | 08.03.2026 | x      ; needs a date like
          ann | 2026-02-30 | x      ; needs a date like
          ann | 2026-02-28 | x      ; is due before today
          ann | 2026-03-08 |        ; has to say what is done
          """)
  void saysWhichLineIsWrong(String line, String why) {
    assertThat(ActionLines.read("bob | 2026-03-08 | first\n" + line, TODAY))
        .isInstanceOfSatisfying(
            Read.Wrong.class,
            wrong -> assertThat(wrong.why()).startsWith("action 2 ").contains(why));
  }

  @Test
  void takesTwentyAtMost() {
    assertThat(ActionLines.read("ann | 2026-03-08 | x\n".repeat(21), TODAY))
        .isInstanceOf(Read.Wrong.class);
  }
}
