package dev.repli.backup.proof;

import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a proof where the plan says how often, counted from the beginning of the last one, whoever
 * asked for it. While another run has the plan none is begun: the next look tries again.
 */
public final class BackupSchedule {
  public static final String RUNBOOK = "BackupRehearsalProcess";

  /** Who asks for the runs that begin by themselves. */
  static final String BY = "schedule";

  private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);
  private final Plans plans;
  private final Supplier<Runs> runs;
  private final Clock clock;

  BackupSchedule(Plans plans, Supplier<Runs> runs, Clock clock) {
    this.plans = plans;
    this.runs = runs;
    this.clock = clock;
  }

  /** Every plan once; one plan's trouble is logged and does not stop the others. */
  void tick() {
    for (Plan plan : plans.all()) {
      try {
        every(plan).ifPresent(every -> look(plan, every));
      } catch (RuntimeException e) {
        LOG.error("the proof of a backup of plan {} could not be begun", plan.id(), e);
      }
    }
  }

  private static Optional<Duration> every(Plan plan) {
    return plan.upgradedInPlace()
        .flatMap(Node::machine)
        .flatMap(Machine::backups)
        .flatMap(Machine.Backups::rehearse);
  }

  private void look(Plan plan, Duration every) {
    Optional<Instant> due =
        runs.get().newestReal(plan.id(), RUNBOOK, 1).stream()
            .findFirst()
            .map(last -> last.startedAt().plus(every));
    if (due.filter(at -> clock.instant().isBefore(at)).isPresent()) {
      return;
    }
    // the key says which one it is, so that of several Repli one begins it
    String number = due.map(at -> String.valueOf(at.getEpochSecond())).orElse("first");
    Runs.Start start =
        runs.get()
            .start(
                new Runs.Request(
                    new RunKey(plan.id() + "-backup-" + number),
                    RUNBOOK,
                    plan.id(),
                    BY,
                    false,
                    Map.of(
                        "summary",
                        "A backup has to be proved every " + every + " (backups.rehearse)",
                        "severity",
                        "unstated")));
    if (start instanceof Runs.Start.PlanBusy busy) {
      LOG.info("the proof of a backup of plan {} waits for run {}", plan.id(), busy.run().key());
    }
  }
}
