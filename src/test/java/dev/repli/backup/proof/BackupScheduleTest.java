package dev.repli.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Machine;
import dev.repli.plan.PlanId;
import dev.repli.rollback.SamplePlan;
import dev.repli.rollback.UpgradedPlan;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.PlanVersions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proofs that begin by themselves, on a virtual clock. */
class BackupScheduleTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private final PlanVersions plans = new PlanVersions();
  private final Register runs = new Register();
  private final BackupSchedule schedule = new BackupSchedule(plans, () -> runs, time);

  /** Remembers what was asked for; another run has the plan while the test says so. */
  private final class Register implements Runs {
    final List<Run> all = new ArrayList<>();
    Optional<Run> busy = Optional.empty();

    @Override
    public Start start(Request request) {
      if (find(request.key()).isPresent()) {
        return new Start.AlreadyKnown(find(request.key()).get());
      }
      if (busy.isPresent()) {
        return new Start.PlanBusy(busy.get());
      }
      Run run = run(request.key().value(), request.runbook(), request.requestedBy());
      all.add(0, run);
      return new Start.Started(run);
    }

    Run run(String key, String runbook, String by) {
      return new Run(
          new RunKey(key),
          runbook,
          SamplePlan.ID,
          by,
          false,
          "instance",
          time.instant(),
          Optional.empty(),
          Optional.empty(),
          false,
          List.of());
    }

    @Override
    public Optional<Run> find(RunKey key) {
      return all.stream().filter(run -> run.key().equals(key)).findFirst();
    }

    @Override
    public List<Run> newest(int limit) {
      return all.stream().limit(limit).toList();
    }

    @Override
    public List<Run> newest(PlanId plan, int limit) {
      return newest(limit);
    }

    @Override
    public Abort abort(RunKey key, String by, String reason) {
      return new Abort.Unknown();
    }
  }

  private void plan(Optional<Duration> every) {
    plans.add(
        UpgradedPlan.with(
            database, new Machine.Backups(Path.of("/backups"), Path.of("/scratch"), every)));
  }

  private List<String> keys() {
    return runs.all.stream().map(run -> run.key().value()).toList();
  }

  @Test
  void beginsOneAtOnceAndTheNextWhenItIsDue() {
    plan(Optional.of(Duration.ofDays(7)));
    schedule.tick();
    schedule.tick();
    assertThat(keys()).containsExactly(SamplePlan.ID + "-backup-first");
    assertThat(runs.all.get(0).runbook()).isEqualTo("BackupRehearsalProcess");
    assertThat(runs.all.get(0).requestedBy()).isEqualTo("schedule");

    time.advance(Duration.ofDays(7).minusSeconds(1));
    schedule.tick();
    assertThat(keys()).hasSize(1);
    time.advance(Duration.ofSeconds(1));
    schedule.tick();
    schedule.tick();
    assertThat(keys()).hasSize(2);
  }

  @Test
  void countsFromTheLastProofThatSomebodyAskedFor() {
    plan(Optional.of(Duration.ofDays(7)));
    runs.all.add(runs.run("by-hand", "BackupRehearsalProcess", "op1"));
    runs.all.add(0, runs.run("a-rollback", "RollbackProcess", "op1"));
    time.advance(Duration.ofDays(6));
    schedule.tick();

    assertThat(keys()).doesNotContain(SamplePlan.ID + "-backup-first").hasSize(2);
  }

  @Test
  void waitsWhileAnotherRunHasThePlan() {
    plan(Optional.of(Duration.ofDays(7)));
    runs.busy = Optional.of(runs.run("INC-1", "RollbackProcess", "op1"));
    schedule.tick();
    assertThat(keys()).isEmpty();

    runs.busy = Optional.empty();
    schedule.tick();
    assertThat(keys()).hasSize(1);
  }

  @Test
  void beginsNoneWhereThePlanSaysNothing() {
    plan(Optional.empty());
    schedule.tick();
    plans.add(SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of())));
    schedule.tick();

    assertThat(keys()).isEmpty();
  }
}
