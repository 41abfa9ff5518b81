package dev.repli.journal;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs and journals to make reports of. */
final class ReportExamples {
  static final RunKey RUN = new RunKey("incident-4711");
  static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

  private ReportExamples() {}

  static Runs.Run run(boolean dryRun, boolean ended) {
    return new Runs.Run(
        RUN,
        "RollbackProcess",
        new PlanId("shop"),
        "monitoring",
        dryRun,
        "pi-1",
        START,
        ended ? Optional.of(START.plusSeconds(125)) : Optional.empty(),
        ended ? Optional.of("Writer is back on the source") : Optional.empty(),
        true,
        ended ? List.of() : List.of("Approve rollback incident-4711"));
  }

  static Ledger ledger(boolean probed, long lost, String note) {
    return new Ledger(
        "target to source",
        probed,
        Optional.of(Duration.ofMillis(18)),
        1200,
        lost,
        0,
        2,
        List.of("shop@10.0.0.7", "shop@10.0.0.8"),
        List.of("2 × REFUSED read only"),
        "0-2-42",
        List.of(note));
  }

  /** A run of everything that can stand in a journal, each text extended by {@code extra}. */
  static Journal journal(String extra) {
    Ticking clock = new Ticking();
    Journal journal = new InMemoryJournal(clock);
    journal.append(RUN, step("STEP_BEGUN", "execution"));
    journal.append(
        RUN, new Evidence.Decided("ada", "Roll back?" + extra, "yes", "errors " + extra, "f00"));
    journal.append(RUN, step("RUN_LATE", "execution"));
    journal.append(
        RUN,
        new Evidence.StatementRun(
            "target (db2:3306)", "SET GLOBAL read_only=1" + extra, Duration.ofMillis(3), "ok"));
    journal.append(
        RUN, new Evidence.CommandRun("web", "set server db/t" + extra, Duration.ofMillis(1), "ok"));
    journal.append(RUN, new Evidence.Measured("backlog" + extra, "source", "12", "transactions"));
    journal.append(
        RUN, new Evidence.StatementRun("source", "STOP SLAVE", Duration.ZERO, "dry run: not sent"));
    journal.append(RUN, step("STEP_ENDED", "execution"));
    journal.append(RUN, new Evidence.LedgerSigned(ledger(true, 0, "note" + extra)));
    journal.append(RUN, step("STEP_BEGUN", "verification"));
    return journal;
  }

  static Report report(String extra) {
    return new Reports(journal(extra)).of(run(false, true));
  }

  static Evidence step(String name, String step) {
    return new Evidence.Milestone(name, "Step " + step, Map.of("step", step));
  }

  /** One second passes with each look at it. */
  private static final class Ticking extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
