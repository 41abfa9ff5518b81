package dev.repli.postmortem;

import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment;
import dev.repli.communication.Outbox;
import dev.repli.communication.jdbc.RealOutbox;
import dev.repli.criteria.TwoClocks;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.LedgerSigned;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs.Run;
import dev.repli.sample.Point;
import dev.repli.sample.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rollback that is over: trouble at 12:00, reported at 12:02, asked for at 12:03, announced at
 * 12:07, executed until 12:12, verified until 12:13, ended at 12:20.
 */
public final class PastRollback {
  public static final RunKey INCIDENT = new RunKey("INC-1");
  public static final RunKey ROLLBACK = new RunKey("INC-1-rollback");
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** What people type, and monitoring systems send, to break a page, a table or a template. */
  public static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "\"><svg/onload=alert(1)>",
          "${7*7} #{7*7} {{7*7}} <#assign x=1> *{7*7}",
          "[click](javascript:alert(1)) ![x](http://evil.example/x)",
          "@channel <!here> @everyone",
          "a | b | c `code` **bold** # title",
          "'; drop table repli_run; --");

  /** The engine knows one of them by name. */
  static final UserNames NAMES =
      user -> Optional.of("Ada Lovelace").filter(any -> user.equals("lead"));

  public final TwoClocks time = new TwoClocks(NOON);
  public final InMemoryJournal journal = new InMemoryJournal(time);
  public final PastRuns runs = new PastRuns();
  public final Outbox outbox = new RealOutbox().outbox();
  public final KeptSamples samples = new KeptSamples();
  private final Plan plan;

  public PastRollback(Plan plan) {
    this.plan = plan;
  }

  /** The whole story, with such texts wherever a person or another system gives one. */
  public PastRollback happens(String text) {
    at(
        2,
        INCIDENT,
        requested(
            Map.of(
                "summary",
                text,
                "source",
                text,
                "severity",
                "critical",
                "metrics",
                "errorRate=0.61",
                "incidentStartedAt",
                NOON.toString())));
    at(2, INCIDENT, new Milestone("VERDICT", "Verdict: rollback now " + text, Map.of()));
    at(3, ROLLBACK, requested(Map.of("incidentId", INCIDENT.value())));
    step(3, "assessment", "STEP_BEGUN");
    at(6, ROLLBACK, new Decided("lead", "Approve rollback", "approve", text, "f"));
    step(7, "assessment", "STEP_ENDED");
    step(7, "announcement", "STEP_BEGUN");
    at(7, ROLLBACK, new Milestone("ANNOUNCED", "Rollback begins", Map.of()));
    step(7, "announcement", "STEP_ENDED");
    step(8, "execution", "STEP_BEGUN");
    at(10, ROLLBACK, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of()));
    at(11, ROLLBACK, new LedgerSigned(ledger()));
    step(12, "execution", "STEP_ENDED");
    step(12, "verification", "STEP_BEGUN");
    step(13, "verification", "STEP_ENDED");
    until(20);
    told(text);
    ended(ROLLBACK, "RollbackProcess", 3, false, "Rolled back to source");
    ended(INCIDENT, "IncidentTriageProcess", 2, false, "Rolled back to source");
    for (int minute = 0; minute < 20; minute++) {
      Instant at = NOON.plus(Duration.ofMinutes(minute));
      samples.keep(plan.id(), Series.LAG, new Point(at, minute / 10.0));
    }
    return this;
  }

  private static Milestone requested(Map<String, String> facts) {
    return new Milestone("RUN_REQUESTED", "asked", facts);
  }

  private void step(int minute, String step, String name) {
    at(minute, ROLLBACK, new Milestone(name, "Step " + step, Map.of("step", step)));
  }

  public void at(int minute, RunKey run, Evidence evidence) {
    until(minute);
    journal.append(run, evidence);
  }

  private void until(int minute) {
    Duration missing = Duration.between(time.instant(), NOON.plus(Duration.ofMinutes(minute)));
    if (!missing.isNegative()) {
      time.pass(missing);
    }
  }

  public void ended(RunKey key, String runbook, int begun, boolean dryRun, String result) {
    runs.add(
        new Run(
            key,
            runbook,
            plan.id(),
            "monitoring",
            dryRun,
            "instance-" + key,
            NOON.plus(Duration.ofMinutes(begun)),
            Optional.of(time.instant()),
            Optional.of(result),
            false,
            List.of()));
  }

  private void told(String text) {
    Instant made = NOON.plus(Duration.ofMinutes(7));
    outbox.put(
        Message.fresh(
            "key",
            plan.id(),
            ROLLBACK.value(),
            "war-room",
            Audience.TECHNICAL,
            Moment.ROLLBACK_RUNNING,
            Map.of("text", text),
            State.DUE,
            made));
    outbox.sent(outbox.ofRun(ROLLBACK.value()), made.plusSeconds(2), "");
  }

  /** What writes its post-mortem. */
  public WritePostMortem writing(Plans plans, PostMortems kept) {
    return new WritePostMortem(
        new CollectStory(plans, () -> runs, journal, outbox, samples, NAMES), kept, journal, time);
  }

  public RemindWriters reminding() {
    return new RemindWriters(journal);
  }

  /** The same through a journal of the test's. */
  public RemindWriters reminding(Journal through) {
    return new RemindWriters(through);
  }

  private static Ledger ledger() {
    return new Ledger(
        "back",
        true,
        Optional.of(Duration.ofMillis(740)),
        5_000,
        0,
        0,
        2,
        List.of(),
        List.of(),
        "0-1-2",
        List.of());
  }
}
