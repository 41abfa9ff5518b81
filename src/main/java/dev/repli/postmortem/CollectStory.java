package dev.repli.postmortem;

import dev.repli.communication.Message;
import dev.repli.communication.Outbox;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Report;
import dev.repli.journal.Reports;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.rollback.Losses;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.sample.Samples;
import dev.repli.sample.Series;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gathers a story from the journal, the outbox and the samples. Asks no node. */
final class CollectStory {
  private static final String REQUESTED = "RUN_REQUESTED";

  /** Charts begin before the trouble, so that people see what normal was. */
  private static final Duration BEFORE = Duration.ofMinutes(15);

  private static final Duration AFTERWARDS = Duration.ofMinutes(10);

  private final Plans plans;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final Journal journal;
  private final Outbox outbox;
  private final Samples samples;
  private final UserNames names;

  CollectStory(
      Plans plans,
      Supplier<Runs> runs,
      Journal journal,
      Outbox outbox,
      Samples samples,
      UserNames names) {
    this.names = names;
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
    this.outbox = outbox;
    this.samples = samples;
  }

  /**
   * @throws IllegalArgumentException when there is no such run or its plan is gone
   */
  Story of(RunKey key) {
    Runs.Run run =
        runs.get()
            .find(key)
            .orElseThrow(() -> new IllegalArgumentException("there is no run " + key));
    Plan plan = planOf(run);
    Optional<Runs.Run> incident = incident(key);
    Reports reports = new Reports(journal);
    Report report = reports.of(run);
    Map<String, String> said = incident.map(any -> facts(any.key())).orElse(Map.of());
    Optional<Instant> since =
        Optional.ofNullable(said.get("incidentStartedAt")).flatMap(CollectStory::time);
    Optional<GoingBack> goingBack =
        Optional.of(run)
            .filter(any -> any.runbook().equals(WentBack.CUTOVER))
            .map(any -> GoingBack.of(journal.read(key)));
    Instant begun =
        incident
            .map(Runs.Run::startedAt)
            .or(() -> goingBack.flatMap(GoingBack::opened))
            .orElse(run.startedAt());
    Instant from = since.orElse(begun).minus(BEFORE);
    Instant until = run.endedAt().orElse(run.startedAt()).plus(AFTERWARDS);
    return new Story(
        plan,
        report,
        incident.map(reports::of),
        since,
        said,
        goingBack,
        new Losses(journal).facts(key),
        new Precedents(plans, runs.get(), journal).releases(plan, begun, run),
        new Precedents(plans, runs.get(), journal).steps(run),
        participants(plan, run, incident),
        messages(key, incident),
        samples.between(plan.id(), Series.LAG, from, until),
        samples.between(plan.id(), Series.ERROR_RATE, from, until),
        samples.between(plan.id(), Series.WRITERS, from, until));
  }

  private List<Participant> participants(Plan plan, Runs.Run run, Optional<Runs.Run> incident) {
    Participants all = new Participants(plan, names);
    incident.ifPresent(
        any ->
            all.asked(any.requestedBy(), any.startedAt(), "the triage")
                .read(journal.read(any.key())));
    String what = run.runbook().equals(WentBack.CUTOVER) ? "the cutover" : "the rollback";
    return all.asked(run.requestedBy(), run.startedAt(), what).read(journal.read(run.key())).all();
  }

  /** As it was when the rollback was asked for, also when its file is gone by now. */
  private Plan planOf(Runs.Run run) {
    return Optional.ofNullable(facts(run.key()).get("planVersion"))
        .flatMap(version -> plans.version(run.plan(), version))
        .or(() -> plans.find(run.plan()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "plan " + run.plan() + " of " + run.key() + " is gone; put its file back"));
  }

  /** Whether this is a rollback of the plan, or a cutover that went back, which is over. */
  boolean hasEnded(RunKey rollback, PlanId plan) {
    return runs.get()
        .find(rollback)
        .filter(run -> WentBack.RUNBOOKS.contains(run.runbook()) && run.plan().equals(plan))
        .filter(run -> !run.dryRun() && run.endedAt().isPresent())
        .filter(run -> !run.runbook().equals(WentBack.CUTOVER) || new WentBack(journal).is(run))
        .isPresent();
  }

  /** A triage gives its rollback its own key to remember. */
  private Optional<Runs.Run> incident(RunKey rollback) {
    String id = facts(rollback).getOrDefault("incidentId", "");
    return id.isEmpty() || id.equals(rollback.value())
        ? Optional.empty()
        : Optional.of(id)
            .filter(text -> text.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,119}"))
            .map(RunKey::new)
            .flatMap(runs.get()::find);
  }

  private Map<String, String> facts(RunKey run) {
    return journal
        .newestMilestone(run, REQUESTED)
        .map(JournalEntry::evidence)
        .map(evidence -> evidence instanceof Milestone asked ? asked.facts() : null)
        .orElse(Map.of());
  }

  private List<Message> messages(RunKey rollback, Optional<Runs.Run> incident) {
    return Stream.concat(incident.map(Runs.Run::key).stream(), Stream.of(rollback))
        .flatMap(key -> outbox.ofRun(key.value()).stream())
        .sorted(java.util.Comparator.comparing(Message::madeAt))
        .toList();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
