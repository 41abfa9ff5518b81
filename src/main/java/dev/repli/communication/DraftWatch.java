package dev.repli.communication;

import dev.repli.communication.Audiences.Way;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has each draft approved in a run of its own, so that no runbook waits for it. The run's key is
 * made of the draft, so however often it is found it is asked for once.
 */
public final class DraftWatch {
  static final String RUNBOOK = "MessageApprovalProcess";
  private static final String REPLI = "repli";
  private static final String OBSOLETE =
      "the work that it tells of ended before anybody approved the message";

  private final Plans plans;
  private final Runs runs;
  private final DraftBox box;
  private final Outbox outbox;
  private final Clock clock;
  private final Rounds rounds;
  private final Set<String> known = new HashSet<>();

  public DraftWatch(
      Plans plans, Runs runs, DraftBox box, Outbox outbox, Clock clock, MeterRegistry meters) {
    this.plans = plans;
    this.runs = runs;
    this.box = box;
    this.outbox = outbox;
    this.clock = clock;
    this.rounds = new Rounds("drafting", meters);
  }

  /** Looks once. Not for use by several threads. */
  public void tick() {
    List<Draft> drafts = Draft.of(box.waiting());
    drafts.forEach(draft -> rounds.attempt("draft " + draft.id(), () -> look(draft)));
    known.retainAll(drafts.stream().map(Draft::id).toList());
  }

  private void look(Draft draft) {
    Optional<Plan> plan = plans.find(draft.messages().get(0).plan());
    if (plan.isEmpty()) {
      box.refuse(draft.messages(), clock.instant(), "its plan is not there any more");
      return;
    }
    boolean obsolete = isObsolete(draft);
    if (!known.contains(draft.id())) {
      if (obsolete && runs.find(draft.run()).isEmpty()) {
        box.refuse(draft.messages(), clock.instant(), OBSOLETE);
        return;
      }
      ask(plan.get(), draft);
      known.add(draft.id());
    }
    Run run = runs.find(draft.run()).orElseThrow();
    if (run.result().isPresent()) {
      // somebody ended it in the engine: nobody will answer any more
      box.refuse(draft.messages(), clock.instant(), "its approval ended without an answer");
    } else if (obsolete) {
      var unused = runs.abort(draft.run(), REPLI, OBSOLETE);
    }
  }

  private void ask(Plan plan, Draft draft) {
    Map<String, String> facts = Map.of("draft", draft.id(), "incidentId", draft.about().value());
    RunKey key =
        runs.start(new Runs.Request(draft.run(), RUNBOOK, plan.id(), REPLI, false, facts))
            .run()
            .key();
    Map<String, String> words = new HashMap<>(Correspondent.general(plan, clock.instant()));
    words.put("run", key.value());
    words.put("what", draft.moment().word());
    words.put("channel", String.join(", ", draft.channels()));
    for (Way way : Audiences.of(plan.communication(), Audience.COMMUNICATION)) {
      var unused =
          outbox.put(
              Message.fresh(
                  key + "/asked/" + way.channel(),
                  plan.id(),
                  key.value(),
                  way.channel(),
                  way.audience(),
                  Moment.DRAFT_WAITS,
                  words,
                  Cadence.state(way),
                  clock.instant()));
    }
  }

  /** Nobody is told any more that it takes long. */
  private boolean isObsolete(Draft draft) {
    long id = draft.messages().get(0).id();
    return draft.moment() == Moment.TAKES_LONGER
        && outbox.ofRun(draft.about().value()).stream()
            .anyMatch(message -> message.moment().closes() && message.id() > id);
  }
}
