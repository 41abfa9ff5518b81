package dev.repli.reversibility;

import dev.repli.plan.Plan;
import dev.repli.rollback.AbandonedTables;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.rollback.ReverseStream;
import dev.repli.rollback.Words;
import java.util.List;
import java.util.Optional;

/** The source follows the target, position for position. */
final class ReplicationWay implements MeasureWay {
  private final Looks looks;
  private final ReverseStream reverse;
  private final RollbackWindow window;

  ReplicationWay(Looks looks, ReverseStream reverse, RollbackWindow window) {
    this.looks = looks;
    this.reverse = reverse;
    this.window = window;
  }

  @Override
  public Strategy strategy() {
    return Strategy.REPLICATION;
  }

  @Override
  public WayBack measure(Plan plan) {
    Findings stream = looks.atBoth(plan, (source, target) -> reverse.inspect(plan, source, target));
    return WayBack.found(
            Strategy.REPLICATION,
            stream,
            "at most %s, of which at most %s without a writer"
                .formatted(
                    Words.of(plan.steps().execution()), Words.of(plan.budgets().writeOutage())),
            loses(plan, stream),
            window.closes(plan))
        .expecting(Optional.of(plan.steps().execution()));
  }

  private static String loses(Plan plan, Findings stream) {
    List<Finding> risks = stream.of(Verdict.RISK);
    boolean abandoned = risks.stream().anyMatch(risk -> risk.what().equals(AbandonedTables.WHAT));
    if (abandoned && risks.size() == 1) {
      return AbandonedTables.loss(plan);
    }
    String lost = risks.isEmpty() ? "nothing acknowledged" : "writes that never arrived";
    return abandoned ? lost + "; " + AbandonedTables.loss(plan) : lost;
  }
}
