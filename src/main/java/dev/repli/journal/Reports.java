package dev.repli.journal;

import dev.repli.journal.Report.Act;
import dev.repli.journal.Report.Chain;
import dev.repli.journal.Report.Decision;
import dev.repli.journal.Report.Moment;
import dev.repli.journal.Report.Proof;
import dev.repli.journal.Report.Step;
import dev.repli.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Assembles reports from the journal and what the engine knows of a run. */
public final class Reports {
  /** How the outcome of an act begins that a dry run only wrote down. */
  public static final String NOT_SENT = "dry run";

  private final Journal journal;

  public Reports(Journal journal) {
    this.journal = journal;
  }

  /** The run's report as of now. */
  public Report of(Runs.Run run) {
    List<JournalEntry> entries = journal.read(run.key());
    List<Act> acts = each(entries, Reports::act);
    return new Report(
        run.key().value(),
        run.runbook(),
        run.plan().value(),
        run.requestedBy(),
        run.dryRun(),
        run.startedAt(),
        run.endedAt(),
        run.result(),
        run.late(),
        run.waitingFor(),
        each(entries, Reports::proof).stream().reduce((first, second) -> second),
        steps(entries),
        each(entries, entry -> moment(entries.get(0).at(), entry)),
        each(entries, Reports::decision),
        acts.stream().filter(Reports::onlyPlanned).toList(),
        acts.stream().filter(act -> !onlyPlanned(act)).toList(),
        chain(entries));
  }

  private static <T> List<T> each(
      List<JournalEntry> entries, Function<JournalEntry, Optional<T>> part) {
    return entries.stream().map(part).flatMap(Optional::stream).toList();
  }

  private static boolean onlyPlanned(Act act) {
    return act.outcome().startsWith(NOT_SENT);
  }

  private static Optional<Act> act(JournalEntry entry) {
    if (entry.evidence() instanceof Evidence.StatementRun run) {
      return Optional.of(
          new Act(entry.seq(), entry.at(), run.node(), run.sql(), run.took(), run.outcome()));
    }
    return entry.evidence() instanceof Evidence.CommandRun run
        ? Optional.of(
            new Act(entry.seq(), entry.at(), run.where(), run.command(), run.took(), run.outcome()))
        : Optional.empty();
  }

  private static Optional<Proof> proof(JournalEntry entry) {
    return entry.evidence() instanceof Evidence.LedgerSigned signed
        ? Optional.of(new Proof(signed.ledger(), entry.seq(), entry.hash()))
        : Optional.empty();
  }

  private static Optional<Decision> decision(JournalEntry entry) {
    return entry.evidence() instanceof Evidence.Decided decided
        ? Optional.of(
            new Decision(
                entry.at(),
                decided.who(),
                decided.question(),
                decided.answer(),
                decided.reason(),
                decided.fingerprint()))
        : Optional.empty();
  }

  private static Optional<Moment> moment(Instant start, JournalEntry entry) {
    Duration since = Duration.between(start, entry.at());
    if (entry.evidence() instanceof Evidence.Milestone milestone) {
      return Optional.of(
          new Moment(entry.seq(), entry.at(), since, milestone.name(), milestone.text()));
    }
    return entry.evidence() instanceof Evidence.Measured measured
        ? Optional.of(new Moment(entry.seq(), entry.at(), since, measured.what(), text(measured)))
        : Optional.empty();
  }

  private static String text(Evidence.Measured measured) {
    String value =
        Stream.of(measured.value(), measured.unit())
            .filter(part -> !part.isBlank())
            .reduce((first, second) -> first + " " + second)
            .orElse("");
    return measured.node().isBlank() ? value : measured.node() + ": " + value;
  }

  /** A step is what stands between a STEP_BEGUN and the next STEP_ENDED with the same fact. */
  private static List<Step> steps(List<JournalEntry> entries) {
    Map<String, Step> open = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry.evidence() instanceof Evidence.Milestone milestone) {
        String name = milestone.facts().getOrDefault("step", "");
        switch (milestone.name()) {
          case "STEP_BEGUN" ->
              open.putIfAbsent(name, new Step(name, entry.at(), Optional.empty(), false));
          case "RUN_LATE" -> open.computeIfPresent(name, (key, step) -> late(step));
          case "STEP_ENDED" ->
              Optional.ofNullable(open.remove(name))
                  .ifPresent(step -> steps.add(ended(step, entry.at())));
          default -> {
            // other milestones neither begin nor end a step
          }
        }
      }
    }
    steps.addAll(open.values());
    return steps;
  }

  private static Step late(Step step) {
    return new Step(step.name(), step.begunAt(), step.took(), true);
  }

  private static Step ended(Step step, Instant at) {
    return new Step(
        step.name(),
        step.begunAt(),
        Optional.of(Duration.between(step.begunAt(), at)),
        step.late());
  }

  private static Chain chain(List<JournalEntry> entries) {
    return entries.isEmpty()
        ? new Chain(0, Link.GENESIS)
        : new Chain(entries.size(), entries.get(entries.size() - 1).hash());
  }
}
