package dev.repli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.runbook.PlanVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemindOfKeptDataTest {
  private static final RunKey RUN = new RunKey("INC-1-rollback");
  private final VirtualTime time = new VirtualTime();
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final FixedRuns runs = new FixedRuns();
  private final Plan plan =
      SamplePlan.of(new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of()));
  private final PlanVersions plans = new PlanVersions();
  private RemindOfKeptData reminds = reminds();

  private RemindOfKeptData reminds() {
    plans.add(plan);
    return new RemindOfKeptData(plans, runs, journal, time);
  }

  private Instant kept(String milestone, Duration time) {
    Instant until = this.time.instant().plus(time);
    runs.with(RUN, "RollbackProcess", plan.id(), "op1", Optional.of("Rolled back in place"));
    journal.append(
        RUN,
        new Milestone(
            milestone,
            "the data of before are kept in /var/lib/mysql.kept until " + until,
            Map.of("until", until.toString())));
    return until;
  }

  private List<Milestone> said() {
    return journal.read(RUN).stream()
        .map(entry -> entry.evidence() instanceof Milestone said ? said : null)
        .filter(said -> said != null && said.name().startsWith("KEPT_DATA"))
        .toList();
  }

  @Test
  void saysOnceThatTheTimeIsNearlyOverAndOnceThatItIs() {
    kept("IN_PLACE_OPENED", Duration.ofDays(7));
    time.advance(Duration.ofDays(6).minusHours(8));
    reminds.tick();
    assertThat(said()).isEmpty();

    time.advance(Duration.ofHours(16));
    reminds.tick();
    reminds.tick();
    reminds = reminds();
    reminds.tick();
    assertThat(said())
        .singleElement()
        .satisfies(
            said -> {
              assertThat(said.name()).isEqualTo("KEPT_DATA_ENDS");
              assertThat(said.text()).contains("INC-1-rollback", "/var/lib/mysql.kept");
              assertThat(said.facts()).containsEntry("message", "kept-data-ends");
            });

    time.advance(Duration.ofDays(1));
    reminds.tick();
    reminds = reminds();
    reminds.tick();
    assertThat(said())
        .extracting(Milestone::name)
        .containsExactly("KEPT_DATA_ENDS", "KEPT_DATA_OVER");
  }

  @Test
  void givesNoMoreNoticeThanATenthOfTheTime() {
    kept("TARGET_KEPT", Duration.ofHours(10));
    time.advance(Duration.ofMinutes(530));
    reminds.tick();
    assertThat(said()).isEmpty();

    time.advance(Duration.ofMinutes(20));
    reminds.tick();
    assertThat(said()).extracting(Milestone::name).containsExactly("KEPT_DATA_ENDS");
  }

  @Test
  void saysOnlyThatItIsOverWhenRepliWasAwayBefore() {
    kept("TARGET_KEPT", Duration.ofHours(24));
    time.advance(Duration.ofDays(2));
    reminds.tick();

    assertThat(said()).extracting(Milestone::name).containsExactly("KEPT_DATA_OVER");
  }

  @Test
  void saysNothingOfWhatEndedLongAgoOrKeepsNothing() {
    kept("IN_PLACE_OPENED", Duration.ofDays(1));
    time.advance(Duration.ofDays(9));
    reminds.tick();
    assertThat(said()).isEmpty();

    RunKey plain = new RunKey("INC-2-rollback");
    runs.with(plain, "RollbackProcess", plan.id(), "op1", Optional.of("Rolled back to source"));
    reminds.tick();
    assertThat(journal.read(plain)).isEmpty();
  }

  @Test
  void passesOverATimeThatNobodyCanRead() {
    runs.with(new RunKey("INC-0"), "RollbackProcess", plan.id(), "op1", Optional.of("Rolled back"));
    journal.append(
        new RunKey("INC-0"), new Milestone("TARGET_KEPT", "until", Map.of("until", "some day")));
    kept("TARGET_KEPT", Duration.ofHours(1));
    time.advance(Duration.ofHours(2));
    reminds.tick();

    assertThat(said()).extracting(Milestone::name).containsExactly("KEPT_DATA_OVER");
  }
}
