package dev.repli.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.TwoClocks;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A kill between what people are told and the engine's commit repeats the begin. */
class TellCountdownTest {
  private static final RunKey INCIDENT = new RunKey("inc-1");
  private final Plan plan = new KnownPlans("shop").all().get(0);
  private final TwoClocks clock = new TwoClocks(Instant.parse("2026-03-01T12:00:00Z"));
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private final TellCountdown countdown = new TellCountdown(new TriageJournal(journal), clock);

  private long told() {
    return journal.read(INCIDENT).stream()
        .map(JournalEntry::evidence)
        .filter(evidence -> evidence.toString().contains("COUNTDOWN_BEGUN"))
        .count();
  }

  @Test
  void isToldOnceAndNeverLaterThanItStarts() {
    String first = countdown.begins(INCIDENT, plan);
    clock.pass(Duration.ofSeconds(20));

    assertThat(countdown.begins(INCIDENT, plan)).isEqualTo(first).contains("12:01:00");
    assertThat(told()).isEqualTo(1);
  }

  @Test
  void isToldAnewWhenTheOneThatWasToldIsOver() {
    String first = countdown.begins(INCIDENT, plan);
    clock.pass(Duration.ofMinutes(5));

    assertThat(countdown.begins(INCIDENT, plan)).isNotEqualTo(first).contains("12:06:00");
    assertThat(told()).isEqualTo(2);
  }
}
