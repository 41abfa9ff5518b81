package dev.repli.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.incident.Incident.Severity;
import dev.repli.incident.Incident.Status;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Criterion;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class IncidentsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunKey KEY = new RunKey("inc-1");

  private final Plans plans = new KnownPlans("shop", "books");
  private Instant now = NOON;
  private final Clock clock =
      new Clock() {
        @Override
        public java.time.ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final List<String> measured = new ArrayList<>();
  private final Incidents incidents = new Incidents(plans, runs, journal, new Noted(), clock);

  private final class Noted implements Measurements {
    @Override
    public void measured(Plan plan, SortedMap<String, Double> metrics, Optional<Instant> at) {
      measured.add(metrics.toString());
    }

    @Override
    public void over(Plan plan) {
      measured.add("over");
    }

    @Override
    public void declared(Plan plan, Criterion criterion, boolean holds) {
      throw new AssertionError("no alert");
    }
  }

  @Test
  void startsARunWithWhatIsKnownOfTheIncident() {
    assertThat(receive(firing("errors"))).isInstanceOf(Intake.Started.class);

    assertThat(journal.newestMilestone(KEY, "RUN_REQUESTED").orElseThrow().evidence().toString())
        .contains("incidentId=inc-1", "severity=critical", "summary=errors", "errorRate = 0.61");
  }

  @Test
  void addsNothingForTheSameReportAgain() {
    receive(firing("errors"));

    assertThat(receive(firing("errors"))).isEqualTo(folded(Intake.Effect.REPEATED));
    assertThat(journal.read(KEY)).hasSize(1);
  }

  @Test
  void notesOtherFactsAsAnUpdateOfTheSameRun() {
    receive(firing("errors"));

    assertThat(receive(firing("more errors"))).isEqualTo(folded(Intake.Effect.UPDATED));
    assertThat(journal.newestMilestone(KEY, "INCIDENT_UPDATED")).isPresent();
    assertThat(runs.newest(10)).hasSize(1);
  }

  @Test
  void doesNotLetAFloodOfUpdatesFillTheJournal() {
    receive(firing("errors"));
    receive(firing("errors 1"));

    assertThat(receive(firing("errors 2"))).isEqualTo(folded(Intake.Effect.TOO_SOON));

    now = now.plus(Duration.ofSeconds(31));
    assertThat(receive(firing("errors 3"))).isEqualTo(folded(Intake.Effect.UPDATED));
  }

  @Test
  void notesAWorseSeverityAtOnce() {
    receive(incident("shop", Severity.LOW, "errors", Status.FIRING));
    receive(incident("shop", Severity.LOW, "more errors", Status.FIRING));

    assertThat(receive(firing("more errors"))).isEqualTo(folded(Intake.Effect.UPDATED));
  }

  @Test
  void notesTheEndOfAKnownIncidentAndStartsNothing() {
    receive(firing("errors"));

    assertThat(receive(resolved())).isEqualTo(folded(Intake.Effect.RESOLVED));
    assertThat(receive(resolved())).isEqualTo(folded(Intake.Effect.REPEATED));
    assertThat(runs.find(KEY).orElseThrow().result()).isEmpty();
  }

  @Test
  void startsNothingForTheEndOfAnUnknownIncident() {
    assertThat(receive(resolved())).isInstanceOf(Intake.NothingToStart.class);
    assertThat(runs.newest(10)).isEmpty();
  }

  @Test
  void refusesToResurrectAResolvedIncident() {
    receive(firing("errors"));
    receive(resolved());

    assertThat(receive(firing("errors again"))).isInstanceOf(Intake.Contradiction.class);
    assertThat(journal.read(KEY)).hasSize(2);
  }

  @Test
  void startsNothingForAnIncidentWhoseRunHasEnded() {
    receive(firing("errors"));
    runs.end(KEY, "Rolled back to source");

    assertThat(receive(firing("errors"))).isInstanceOf(Intake.Folded.class);
    assertThat(runs.newest(10)).hasSize(1);
  }

  @Test
  void refusesWhatIsNewAfterItsTriageHasEnded() {
    receive(firing("errors"));
    runs.end(KEY, "Fix planned");

    assertThat(receive(firing("many more errors")))
        .isInstanceOfSatisfying(
            Intake.Contradiction.class,
            refused -> assertThat(refused.why()).contains("Fix planned", "an incident id"));
    assertThat(measured).as("nobody would look at it").hasSize(1);
  }

  @Test
  void refusesTheKeyOfARunThatIsNoTriage() {
    runs.start(
        new Runs.Request(KEY, "RollbackProcess", new PlanId("shop"), "op1", false, Map.of()));

    assertThat(receive(resolved()))
        .isInstanceOfSatisfying(
            Intake.Contradiction.class,
            refused -> assertThat(refused.why()).contains("RollbackProcess"));
    assertThat(journal.newestMilestone(KEY, "INCIDENT_RESOLVED")).isEmpty();
  }

  @Test
  void noDryRunSwallowsAnIncident() {
    runs.start(
        new Runs.Request(KEY, "IncidentTriageProcess", new PlanId("shop"), "op1", true, Map.of()));

    assertThat(receive(firing("errors")))
        .isInstanceOfSatisfying(
            Intake.Contradiction.class, refused -> assertThat(refused.why()).contains("dry run"));
  }

  @Test
  void takesInWhatWasMeasuredWhenItEnded() {
    receive(firing("errors"));
    receive(resolved());

    assertThat(measured).hasSize(3).element(1).isEqualTo("over");
  }

  @Test
  void whatWasCountedEndsWithTheLastOneWhoReports() {
    receive(firing("errors"));
    receive(other(Status.FIRING));
    receive(resolved());
    assertThat(measured).doesNotContain("over");
    assertThat(journal.newestMilestone(KEY, "INCIDENT_RESOLVED").orElseThrow().evidence())
        .asString()
        .contains("still reported under other");

    receive(other(Status.RESOLVED));

    assertThat(measured).contains("over");
  }

  @Test
  void anotherThatGetsWorseIsNotedAtOnce() {
    receive(incident("shop", Severity.LOW, "errors", Status.FIRING));
    RunKey other = new RunKey("other");
    receive(incident("shop", Severity.MEDIUM, "slow", Status.FIRING).as(other));

    Incident worse = incident("shop", Severity.CRITICAL, "down", Status.FIRING).as(other);
    assertThat(receive(worse)).isEqualTo(folded(Intake.Effect.JOINED));
    assertThat(receive(worse)).isEqualTo(folded(Intake.Effect.TOO_SOON));
  }

  @Test
  void whatWasCountedEndsAlsoAfterTheTriage() {
    receive(firing("errors"));
    receive(other(Status.FIRING));
    runs.end(KEY, "Rolled back to source");

    receive(resolved());
    assertThat(measured).doesNotContain("over");
    assertThat(receive(other(Status.RESOLVED))).isEqualTo(folded(Intake.Effect.JOINED));

    assertThat(measured).contains("over");
  }

  @Test
  void theEndOfAnOldIncidentLeavesTheCountsOfTheNextTriageAlone() {
    receive(firing("errors"));
    runs.end(KEY, "Fix planned");
    receive(other(Status.FIRING));

    receive(resolved());

    assertThat(measured).doesNotContain("over");
  }

  @Test
  void refusesToMoveAnIncidentToAnotherPlan() {
    receive(firing("errors"));

    Intake moved = receive(incident("books", Severity.CRITICAL, "errors", Status.FIRING));

    assertThat(moved)
        .isInstanceOfSatisfying(
            Intake.Contradiction.class, refused -> assertThat(refused.why()).contains("shop"));
  }

  @Test
  void refusesAnUnknownPlan() {
    assertThat(receive(incident("unknown", Severity.HIGH, "errors", Status.FIRING)))
        .isEqualTo(new Intake.UnknownPlan(new PlanId("unknown")));
  }

  @Test
  void namesTheRunThatThePlanIsBusyWith() {
    RunKey cutover = new RunKey("cut-1");
    runs.start(
        new Runs.Request(cutover, "CutoverProcess", new PlanId("shop"), "op1", false, Map.of()));

    assertThat(receive(firing("errors")))
        .isInstanceOfSatisfying(
            Intake.PlanBusy.class, busy -> assertThat(busy.run().key()).isEqualTo(cutover));
  }

  @Test
  void foldsTenThousandOtherIncidentsOfThePlanIntoItsTriage() {
    receive(firing("errors"));
    for (int i = 0; i < 10_000; i++) {
      Incident first = firing("errors");
      Intake other =
          receive(
              new Incident(
                  new RunKey("other-" + i),
                  first.plan(),
                  first.source(),
                  first.severity(),
                  "errors " + i,
                  first.startedAt(),
                  first.metrics(),
                  i % 7 == 0 ? Status.RESOLVED : Status.FIRING));
      assertThat(other)
          .isInstanceOfSatisfying(
              Intake.Folded.class, folded -> assertThat(folded.run().key()).isEqualTo(KEY));
    }

    assertThat(runs.newest(10)).hasSize(1);
    assertThat(journal.read(KEY)).as("20 are noted in 30 s").hasSize(21);
    assertThat(runs.find(KEY).orElseThrow().result()).isEmpty();
  }

  private Incident other(String id, Status status) {
    return new Incident(
        new RunKey(id),
        new PlanId("shop"),
        "prometheus",
        Optional.of(Severity.HIGH),
        "errors of " + id,
        NOON,
        new TreeMap<>(),
        status);
  }

  @Test
  void notesEachOfSeveralIncidentsThatJoinAtTheSameTime() {
    receive(firing("errors"));
    assertThat(receive(other("inc-2", Status.FIRING))).isEqualTo(folded(Intake.Effect.JOINED));
    assertThat(receive(other("inc-3", Status.FIRING))).isEqualTo(folded(Intake.Effect.JOINED));
    assertThat(receive(other("inc-3", Status.FIRING))).isEqualTo(folded(Intake.Effect.TOO_SOON));

    receive(resolved());
    receive(other("inc-2", Status.RESOLVED));
    assertThat(told()).as("inc-3 goes on").isEqualTo("step");
    receive(other("inc-3", Status.RESOLVED));
    assertThat(told()).isEqualTo("incident-resolved");
  }

  /** What people are told of the newest end. */
  private String told() {
    return journal
        .newestMilestone(KEY, "INCIDENT_JOINED")
        .map(entry -> ((Milestone) entry.evidence()).facts().get("message"))
        .orElse("");
  }

  private Intake receive(Incident incident) {
    return incidents.receive(incident, "monitor");
  }

  private Intake folded(Intake.Effect effect) {
    return new Intake.Folded(runs.find(KEY).orElseThrow(), effect);
  }

  private static Incident other(Status status) {
    return incident("shop", Severity.HIGH, "of another", status).as(new RunKey("other"));
  }

  private static Incident firing(String summary) {
    return incident("shop", Severity.CRITICAL, summary, Status.FIRING);
  }

  private static Incident resolved() {
    return incident("shop", Severity.CRITICAL, "errors", Status.RESOLVED);
  }

  private static Incident incident(String plan, Severity severity, String summary, Status status) {
    return new Incident(
        KEY,
        new PlanId(plan),
        "prometheus",
        Optional.of(severity),
        summary,
        NOON,
        new TreeMap<>(Map.of("errorRate", 0.61)),
        status);
  }
}
