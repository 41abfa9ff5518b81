package dev.repli.cutover;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.comparison.BackgroundComparisons;
import dev.repli.comparison.BackgroundComparisons.State;
import dev.repli.comparison.ComparisonId;
import dev.repli.comparison.ComparisonRequest;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableSelection;
import dev.repli.comparison.Verdict;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Transport;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import java.util.List;

/**
 * While a cutover is watched, the rows are compared once in the other direction: what the new
 * writer writes has to arrive on the node to which people may go back.
 */
final class CompareAfterwards implements WatchCriterion {
  private static final String WHAT = "the old writer holds the rows of the new one";
  private final BackgroundComparisons background;

  CompareAfterwards(BackgroundComparisons background) {
    this.background = background;
  }

  @Override
  public Findings judge(RunKey run, Plan plan) {
    if (Transport.of(plan.target(), plan.source()) == Transport.STREAM) {
      // the server itself has no position of the stream that a comparison could wait for
      return new Findings(
          List.of(note(WHAT, "comparison", "not compared while Repli's own stream runs")));
    }
    ComparisonRequest request =
        new ComparisonRequest(
            new ComparisonId(run + ":after"),
            plan,
            Node.Role.TARGET,
            Node.Role.SOURCE,
            new TableSelection.All());
    return new Findings(List.of(finding(background.advance(request, plan.cutover().lookEvery()))));
  }

  private static Finding finding(State state) {
    String where = "comparison";
    if (state instanceof State.Working working) {
      return note(WHAT, where, "being compared: " + RowWords.of(working.progress()));
    }
    if (state instanceof State.Failed failed) {
      return bad(WHAT, where, "could not be compared: " + failed.why());
    }
    ComparisonResult result = ((State.Ended) state).result();
    String found = RowWords.of(result.verdict()) + " in " + result.tables().size() + " tables";
    return switch (result.verdict()) {
      case EQUAL -> good(WHAT, where, found);
      case DIFFERENT -> bad(WHAT, where, found + first(result));
      case UNDECIDED -> note(WHAT, where, found + first(result) + "; goes on at the next look");
    };
  }

  private static String first(ComparisonResult result) {
    return result.tables().stream()
        .filter(table -> table.verdict() != Verdict.EQUAL)
        .map(table -> ", first " + table.table() + " " + table.notes())
        .findFirst()
        .orElse("");
  }
}
