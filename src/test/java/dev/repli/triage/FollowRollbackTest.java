package dev.repli.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Plan;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowRollbackTest {
  private static final RunKey INCIDENT = new RunKey("inc-1");
  private final KnownPlans plans = new KnownPlans("shop");
  private final Plan shop = plans.all().get(0);

  /** The register of runs has the machine's time: what is older than this is older than that. */
  private final Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final FollowRollback follow =
      new FollowRollback(() -> runs, Runnable::run, new TriageJournal(journal), clock);

  private FollowRollback.State start(RunKey rollback) {
    return follow.start(INCIDENT, rollback, shop, "monitoring", Map.of());
  }

  @Test
  void aRollbackOfAnotherTimeIsNotTakenForThisOne() {
    RunKey rollback = FollowRollback.keyOf(INCIDENT, 1);
    runs.start(new Runs.Request(rollback, "RollbackProcess", shop.id(), "ann", false, Map.of()));
    runs.end(rollback, "Rolled back to source");
    journal.append(INCIDENT, new Milestone("INCIDENT_RECORDED", "looked", Map.of()));

    assertThat(start(rollback)).isEqualTo(FollowRollback.State.ENDED);
    assertThat(journal.newestMilestone(INCIDENT, "ROLLBACK_KEY_TAKEN")).isPresent();
    assertThat(start(FollowRollback.keyOf(INCIDENT, 2))).isEqualTo(FollowRollback.State.RUNNING);
  }

  @Test
  void aStartThatIsRepeatedIsTheSameRollback() {
    RunKey rollback = FollowRollback.keyOf(INCIDENT, 1);

    assertThat(start(rollback)).isEqualTo(FollowRollback.State.RUNNING);
    assertThat(start(rollback)).isEqualTo(FollowRollback.State.RUNNING);
    assertThat(journal.newestMilestone(INCIDENT, "ROLLBACK_STARTED")).isPresent();
  }

  /** It was killed after the start and before it said so: the run is there, and nobody knows. */
  @Test
  void aStartOfWhichNothingWasSaidIsSaidWhenItIsRepeated() {
    Clock before = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
    InMemoryJournal written = new InMemoryJournal(before);
    TriageJournal triage = new TriageJournal(written);
    FollowRollback again = new FollowRollback(() -> runs, Runnable::run, triage, before);
    RunKey rollback = FollowRollback.keyOf(INCIDENT, 1);
    written.append(INCIDENT, new Milestone("INCIDENT_RECORDED", "looked", Map.of()));
    runs.start(new Runs.Request(rollback, "RollbackProcess", shop.id(), "ann", false, Map.of()));

    for (int time = 0; time < 2; time++) {
      assertThat(again.start(INCIDENT, rollback, shop, "monitoring", Map.of()))
          .isEqualTo(FollowRollback.State.RUNNING);
    }
    assertThat(triage.all(INCIDENT, "ROLLBACK_STARTED"))
        .extracting(facts -> facts.get("run"))
        .containsExactly(rollback.value());
  }

  @Test
  void longIdsThatBeginAlikeHaveRollbacksOfTheirOwn() {
    String start = "a".repeat(112);
    RunKey first = new RunKey(start + "-1");
    RunKey second = new RunKey(start + "-2");

    assertThat(FollowRollback.keyOf(first, 1)).isNotEqualTo(FollowRollback.keyOf(second, 1));
    assertThat(FollowRollback.keyOf(first, 100).value()).endsWith("-rollback100");
  }

  @Test
  void theEndOfARollbackOfAnotherTimeIsNotTheEndOfThisOne() {
    RunKey rollback = FollowRollback.keyOf(INCIDENT, 1);
    runs.start(new Runs.Request(rollback, "RollbackProcess", shop.id(), "ann", false, Map.of()));
    runs.end(rollback, "Rolled back to source");
    journal.append(INCIDENT, new Milestone("INCIDENT_RECORDED", "looked", Map.of()));
    start(rollback);

    assertThat(follow.look(INCIDENT, rollback, shop)).isEqualTo(FollowRollback.State.ENDED);
    assertThat(journal.newestMilestone(INCIDENT, "DECISION_TAKEN")).isEmpty();
  }

  @Test
  void aRollbackThatPeopleRefuseIsADecision() {
    RunKey rollback = FollowRollback.keyOf(INCIDENT, 1);
    start(rollback);
    runs.end(rollback, "No rollback");

    assertThat(follow.look(INCIDENT, rollback, shop)).isEqualTo(FollowRollback.State.ENDED);
    assertThat(journal.newestMilestone(INCIDENT, "DECISION_TAKEN").orElseThrow().evidence())
        .asString()
        .contains("No rollback");
  }
}
