package dev.repli.triage;

import dev.repli.criteria.Breach;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.incident.Reporters;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.PlanId;
import dev.repli.rollback.Announcements;
import dev.repli.rollback.StepName;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a triage writes into the journal, and what it reads back from there. */
public final class TriageJournal {
  private static final String REQUESTED = "RUN_REQUESTED";
  private static final String RECORDED = "INCIDENT_RECORDED";
  private static final String VERDICT = "VERDICT";
  static final String DECISION_TAKEN = "DECISION_TAKEN";
  private static final String QUESTION_OPENED = "QUESTION_OPENED";
  static final String ROLLBACK_STARTED = "ROLLBACK_STARTED";
  private static final String STEP_STANDS = "STEP_STANDS";
  private static final String STEP = "step";
  private static final String RULE = "rule";
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(30);
  private final Journal journal;

  TriageJournal(Journal journal) {
    this.journal = journal;
  }

  /** Once, and announced with it, however often the step is repeated. */
  void recorded(RunKey run, Judgement now, boolean dryRun, String announcement) {
    if (recordedAt(run).isPresent()) {
      return;
    }
    List<Evidence> evidence = new ArrayList<>();
    now.readings().stream().map(TriageJournal::measured).forEach(evidence::add);
    evidence.add(new Milestone(RECORDED, "Evidence taken", Map.of()));
    evidence.add(Announcements.entry(dryRun, announcement));
    journal.appendAll(run, evidence);
  }

  private static Measured measured(Reading reading) {
    return new Measured(
        reading.criterion().word(), reading.limit(), reading.value(), reading.state().name());
  }

  /** Who decided last in this triage, and why; empty when nobody gave a reason. */
  Optional<String> lastReason(RunKey run) {
    return journal.read(run).stream()
        .map(JournalEntry::evidence)
        .filter(Decided.class::isInstance)
        .map(Decided.class::cast)
        .filter(decided -> !decided.reason().isBlank())
        .map(decided -> decided.who() + ": " + decided.reason())
        .reduce((before, after) -> after);
  }

  /** Only when it is another one than before: criteria are evaluated often. */
  void judged(RunKey run, Judgement found) {
    String outcome = found.outcome().name();
    boolean same =
        facts(run, VERDICT)
            .filter(before -> outcome.equals(before.get("verdict")))
            .filter(before -> found.rule().equals(before.get(RULE)))
            .isPresent();
    if (!same) {
      String held =
          found.readings().stream()
              .filter(reading -> reading.criterion().word().equals(found.rule()))
              .flatMap(reading -> reading.breach().stream())
              .map(Breach::held)
              .map(Duration::toString)
              .findFirst()
              .orElse("");
      write(
          run,
          VERDICT,
          "Verdict: " + found.inWords(),
          Map.of(
              "verdict",
              outcome,
              RULE,
              found.rule(),
              "value",
              found.value(),
              "threshold",
              found.threshold(),
              "held",
              held));
    }
  }

  /** Who reports, and how bad they call it. */
  Reporters reporters(RunKey run, PlanId plan) {
    return Reporters.of(run, plan, journal.read(run));
  }

  /** The clock of the decision stops; a later decision is written, too. */
  public void decided(RunKey run, String by, String what, Instant now) {
    String took =
        recordedAt(run)
            .map(at -> " " + Duration.between(at, now).toSeconds() + " s after the report")
            .orElse("");
    write(run, DECISION_TAKEN, what + ", decided by " + by + took, Map.of("by", by, "what", what));
  }

  /**
   * A step failed at its last try and people are asked: told over the channels, again and again
   * while it lasts.
   */
  public void stepFailed(RunKey run, TriageStep step, String why, Instant now) {
    boolean told =
        journal.read(run).stream()
            .filter(entry -> entry.at().isAfter(now.minus(TOLD_AGAIN)))
            .map(JournalEntry::evidence)
            .anyMatch(evidence -> isAbout(step, evidence));
    if (!told) {
      write(
          run,
          STEP_STANDS,
          "Step '%s' of the triage failed: %s. The task 'Decide on failed step' asks what to do; without an answer Repli tries it again every 5 min"
              .formatted(step.words(), why),
          Map.of("message", "step-stands", STEP, step.words()));
    }
  }

  private static boolean isAbout(TriageStep step, Evidence evidence) {
    return evidence instanceof Milestone milestone
        && milestone.name().equals(STEP_STANDS)
        && step.words().equals(milestone.facts().get(STEP));
  }

  /** Whether nothing was asked since the newest decision. */
  boolean isDecided(RunKey run) {
    return facts(run, DECISION_TAKEN, QUESTION_OPENED)
        .filter(TriageJournal::isDecision)
        .isPresent();
  }

  /** People are asked; after a decision the clock of the next one begins with it, once. */
  public void asked(RunKey run, String question) {
    if (isDecided(run)) {
      write(run, QUESTION_OPENED, "Asked anew: " + question, Map.of("what", question));
    }
  }

  /**
   * Since when a decision is due: the start of the triage, also where nothing could be recorded,
   * and after a decision the first question since then. Empty when nothing is to be decided.
   */
  Optional<JournalEntry> askedSince(RunKey run) {
    return isDecided(run)
        ? Optional.empty()
        : journal
            .newestMilestone(run, QUESTION_OPENED)
            .or(() -> journal.newestMilestone(run, REQUESTED))
            .or(() -> journal.newestMilestone(run, RECORDED));
  }

  private static boolean isDecision(Map<String, String> facts) {
    return facts.containsKey("by");
  }

  /** Whether there is such a milestone after that entry. */
  boolean hasSince(RunKey run, String name, JournalEntry since) {
    return journal
        .newestMilestone(run, name)
        .filter(found -> found.seq() > since.seq())
        .isPresent();
  }

  /** The rollback is approved and at work. */
  boolean isBeyondAssessment(RunKey rollback) {
    return facts(rollback, "STEP_BEGUN")
        .map(facts -> facts.getOrDefault("step", ""))
        .filter(step -> !step.isEmpty() && !step.equals(StepName.ASSESSMENT.word()))
        .isPresent();
  }

  /** Whether this triage itself has started a run. */
  boolean hasStarted(RunKey triage, RunKey rollback) {
    return facts(triage, ROLLBACK_STARTED)
        .filter(facts -> rollback.value().equals(facts.get("run")))
        .isPresent();
  }

  /** Number of the entry that tells of the newest rollback; 0 before the first. */
  long startedAt(RunKey triage) {
    return journal.newestMilestone(triage, ROLLBACK_STARTED).map(JournalEntry::seq).orElse(0L);
  }

  /** When the triage began to look. */
  Optional<Instant> recordedAt(RunKey run) {
    return newest(run, RECORDED);
  }

  Optional<Instant> newest(RunKey run, String name) {
    return journal.newestMilestone(run, name).map(JournalEntry::at);
  }

  /** The newest entry of any of these names. */
  Optional<JournalEntry> newestOf(RunKey run, String... names) {
    return journal.newestMilestone(run, names);
  }

  /** What the criteria said last, for people; empty before the first verdict. */
  String verdict(RunKey run) {
    return journal
        .newestMilestone(run, VERDICT)
        .map(JournalEntry::evidence)
        .map(evidence -> evidence instanceof Milestone found ? found.text() : "")
        .orElse("");
  }

  void write(RunKey run, String name, String text, Map<String, String> facts) {
    journal.append(run, new Milestone(name, text, facts));
  }

  /** All or none. */
  void writeAll(RunKey run, List<Evidence> entries) {
    journal.appendAll(run, entries);
  }

  /** Facts of every milestone of that name, oldest first. */
  List<Map<String, String>> all(RunKey run, String name) {
    return all(run, name, 0);
  }

  /**
   * @param after number of the entry after which they stand
   */
  List<Map<String, String>> all(RunKey run, String name, long after) {
    return journal.read(run).stream()
        .filter(entry -> entry.seq() > after)
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .filter(found -> found.name().equals(name))
        .map(Milestone::facts)
        .toList();
  }

  private Optional<Map<String, String>> facts(RunKey run, String... names) {
    return journal
        .newestMilestone(run, names)
        .map(JournalEntry::evidence)
        .map(evidence -> evidence instanceof Milestone found ? found.facts() : Map.of());
  }
}
