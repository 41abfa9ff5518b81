package dev.repli.rollback;

import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Step 2: says that the rollback begins and how long it takes. */
final class AnnounceRollback implements RollbackStep {
  private final Journal journal;

  AnnounceRollback(Journal journal) {
    this.journal = journal;
  }

  @Override
  public StepName name() {
    return StepName.ANNOUNCEMENT;
  }

  @Override
  public Findings perform(StepRequest request) {
    String text = text(request);
    Announcements.in(journal, request.dryRun()).announce(request.run(), text, facts(request));
    return new Findings(List.of(Finding.good("announced", "journal", text)));
  }

  /** Back in place the writer stays where it is. */
  private Map<String, String> facts(StepRequest request) {
    Plan plan = request.plan();
    Map<String, String> facts = new HashMap<>(new NodeVersions(journal).facts(request.run(), plan));
    facts.put(Announcements.MESSAGE, "rollback-running");
    facts.put("expectedMs", Long.toString(plan.steps().execution().toMillis()));
    if (!request.inPlace()) {
      facts.put("fromNode", plan.target().label());
      facts.put("toNode", plan.source().label());
    }
    return facts;
  }

  private static String text(StepRequest request) {
    Plan plan = request.plan();
    String what =
        request.inPlace()
            ? "the release before comes back on " + request.writer().label()
            : "the writer moves from %s to %s within %s"
                .formatted(
                    plan.target().label(),
                    plan.source().label(),
                    Words.of(plan.steps().execution()));
    return "Rollback of %s (incident %s) begins; %s.".formatted(plan.title(), request.run(), what);
  }
}
