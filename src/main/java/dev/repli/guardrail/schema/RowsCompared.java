package dev.repli.guardrail.schema;

import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableResult;
import dev.repli.comparison.Verdict;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
final class RowsCompared implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "rows-compared",
            "The last comparison of the rows is clean and younger than 24 h")
        .protectsFrom("a new writer that lacks rows, or holds others, and nobody knows it")
        .reads("the newest comparison that has ended, from the writer to the next writer")
        .mend(
            "a cutover makes one itself when none is clean and young; mend rows that differ, or"
                + " make the replica anew, then check again");
  }

  @Override
  public dev.repli.guardrail.Verdict check(Situation situation) {
    Optional<ComparisonResult> newest = situation.comparison().get();
    if (newest.isEmpty()) {
      return dev.repli.guardrail.Verdict.fails("never compared in this direction");
    }
    ComparisonResult result = newest.get();
    Duration age = Duration.between(result.endedAt(), situation.at());
    String found =
        "%d tables, %d h %d min ago: %s"
            .formatted(
                result.tables().size(), age.toHours(), age.toMinutesPart(), word(result.verdict()));
    String[] evidence =
        result.tables().stream()
            .filter(table -> table.verdict() != Verdict.EQUAL)
            .map(RowsCompared::shown)
            .toArray(String[]::new);
    return dev.repli.guardrail.Verdict.when(result.proves(situation.at()), found, evidence);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case EQUAL -> "the same rows";
      case DIFFERENT -> "rows differ";
      case UNDECIDED -> "undecided";
    };
  }

  private static String shown(TableResult table) {
    return "%s: %s, %d differences listed %s"
        .formatted(table.table(), word(table.verdict()), table.differences().size(), table.notes());
  }
}
