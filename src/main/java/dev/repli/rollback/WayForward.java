package dev.repli.rollback;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;

/**
 * Whether the target follows the source again, so that going forward stays possible. Proved by
 * position.
 */
public final class WayForward {
  private static final Duration REACH = Duration.ofSeconds(5);
  private final Looks looks;
  private final StepJournal journal;

  WayForward(Looks looks, StepJournal journal) {
    this.looks = looks;
    this.journal = journal;
  }

  /** Takes at most 5 s more than a look when the target does not follow. */
  public Findings check(RunKey run, Plan plan) {
    Findings findings = looks.atBoth(plan, (source, target) -> List.of(follows(source, target)));
    journal.found(run, StepName.EXECUTION, findings);
    return findings;
  }

  private static Finding follows(NodeSession source, NodeSession target) {
    Position position = source.positionFor(target.node());
    String what = "reaches the source's position " + position;
    CatchUp result = target.waitFor(position, REACH);
    if (result instanceof CatchUp.Reached reached) {
      return good(what, target.node().label(), "after " + reached.took().toMillis() + " ms");
    }
    String error = target.replication().error();
    String why = ((CatchUp.NotReached) result).why();
    return bad(what, target.node().label(), error.isEmpty() ? why : why + ": " + error);
  }
}
