package dev.repli.postmortem;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.Shown;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reminds those who owe a post-mortem, and tells the others when it is overdue. */
public final class RemindWriters {
  /** From the end of the rollback. */
  public static final Duration DUE = Duration.ofDays(2);

  public static final Duration FIRST = Duration.ofDays(1);
  public static final Duration LAST = Duration.ofHours(44);

  private final Journal journal;

  RemindWriters(Journal journal) {
    this.journal = journal;
  }

  /** Each call once, however often the step is repeated. */
  public void call(RunKey run, RunKey rollback, Plan plan, Instant due, PostMortemStep call) {
    String milestone = "POST_MORTEM_" + call;
    if (journal.newestMilestone(run, milestone).isPresent()) {
      return;
    }
    boolean overdue = call == PostMortemStep.OVERDUE;
    String text =
        overdue
            ? "The post-mortem of %s is overdue since %s; escalated to %s"
                .formatted(rollback, Shown.second(due), who(plan))
            : "The post-mortem of %s is due at %s".formatted(rollback, Shown.second(due));
    Map<String, String> facts = new HashMap<>();
    facts.put(Announcements.MESSAGE, overdue ? "post-mortem-overdue" : "post-mortem-due");
    facts.put("rollback", rollback.value());
    facts.put("dueAt", due.toString());
    // together: a kill between the two would leave a call that nobody hears
    journal.appendAll(
        run,
        List.of(
            new Milestone(milestone, text, Map.of("rollback", rollback.value())),
            Announcements.announced(text, facts)));
  }

  private static String who(Plan plan) {
    return plan.people().isEmpty()
        ? "the lead and the management"
        : plan.people().stream()
            .map(Decider::user)
            .distinct()
            .collect(Collectors.joining(", ", "the lead and the management: ", ""));
  }
}
