package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.reversibility.MeasureWay;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.reversibility.WayFacts;
import dev.repli.rollback.AbandonedTables;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The source stands, and the target has every change since in its binary logs. */
final class LogicalWay implements MeasureWay {
  private static final String CLOSES = "when the target's binary logs are purged";

  /** Risks that say themselves what they lose. */
  private static final Set<String> NAMED =
      Set.of(CheckSource.LEFT_OUT, AbandonedTables.WHAT, FoundByTime.WHAT);

  private final CheckSource check;
  private final LogicalTime time;

  LogicalWay(CheckSource check, LogicalTime time) {
    this.check = check;
    this.time = time;
  }

  @Override
  public Strategy strategy() {
    return Strategy.LOGICAL;
  }

  @Override
  public WayBack measure(Plan plan) {
    Findings found = check.inspect(plan);
    Optional<LogicalTime.Told> told = time(plan, found);
    return WayBack.found(
            Strategy.LOGICAL,
            found,
            "the import of the delta while the target writes (%s; %s), then at most %s without a writer"
                .formatted(
                    size(found),
                    told.map(LogicalTime.Told::words).orElse(LogicalTime.NOT_MEASURED),
                    Words.of(plan.budgets().writeOutage())),
            loses(plan, found),
            closes(found))
        .expecting(told.map(LogicalTime.Told::takes))
        .with(new WayFacts(CheckSource.transactions(found), Optional.empty()));
  }

  /** Rows that are looked for by time columns are another work than those of a binary log. */
  private Optional<LogicalTime.Told> time(Plan plan, Findings found) {
    return isRisk(found, FoundByTime.WHAT)
        ? Optional.empty()
        : CheckSource.transactions(found).flatMap(more -> time.of(plan.id(), more));
  }

  private static String closes(Findings found) {
    StringBuilder closes = new StringBuilder(CLOSES);
    for (Finding note : found.of(Verdict.NOTE)) {
      if (note.what().equals(CarriedTables.WHAT)) {
        closes.append("; when one of these changes: ").append(note.found());
      } else if (note.what().equals(CheckImport.TABLES)) {
        closes.append("; until mended, an import stops at changes of: ").append(note.found());
      }
    }
    return closes.toString();
  }

  private static String loses(Plan plan, Findings found) {
    List<String> lost = new ArrayList<>();
    if (isRisk(found, CheckSource.LEFT_OUT)) {
      lost.add("what an earlier rollback left out");
    }
    if (isRisk(found, AbandonedTables.WHAT)) {
      lost.add(AbandonedTables.loss(plan));
    }
    if (isRisk(found, FoundByTime.WHAT)) {
      lost.add("every delete since the cutover, and all changes of tables without a time column");
    }
    if (found.of(Verdict.RISK).stream().anyMatch(risk -> !NAMED.contains(risk.what()))) {
      lost.add("rows that both sides have changed, as people decide");
    }
    if (isRisk(found, CheckSource.DOUBT)) {
      lost.add("nothing of the target's, but rows without a key may come twice");
    }
    return lost.isEmpty()
        ? "nothing acknowledged; rows changed on both sides are decided by people"
        : String.join("; ", lost);
  }

  private static boolean isRisk(Findings found, String what) {
    return found.of(Verdict.RISK).stream().anyMatch(risk -> risk.what().equals(what));
  }

  private static String size(Findings found) {
    return CheckSource.transactions(found)
        .map(more -> more + " transactions")
        .orElse("of unknown size");
  }
}
