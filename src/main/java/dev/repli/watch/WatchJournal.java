package dev.repli.watch;

import dev.repli.criteria.Judgement;
import dev.repli.incident.Intake;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Node;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import dev.repli.watch.WatchAfterRollback.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a watch writes into the journal, and what it knows from there. The journal commits on its
 * own, so a step that is done again after a kill finds everything that was done before.
 */
final class WatchJournal {
  static final String LOOKED = "WATCH_LOOKED";
  private static final String REPORTED = "WATCH_REPORTED";
  private static final String REFUSED = "WATCH_REPORT_REFUSED";
  private static final String RESOLVED = "WATCH_RESOLVED";
  private static final String JUDGED = "WATCH_CRITERIA";
  private static final String STATE = "state";
  private static final String WRITER = "writer";
  private static final String ANSWERED = "answered";
  private static final String BAD = "bad";
  private static final String INCIDENT = "incident";
  private static final String SEPARATOR = "; ";

  private final Journal journal;

  WatchJournal(Journal journal) {
    this.journal = journal;
  }

  /**
   * What is known of a watch so far.
   *
   * @param writer that the first look which could tell has seen
   * @param answered nodes that have answered at least once
   * @param badLast what was bad at the last look that judged
   * @param reported what is bad and was taken in as an incident, since all was good
   * @param open incidents that were reported and not resolved
   * @param incidents how many were reported altogether
   */
  record Known(
      Optional<Node.Role> writer,
      Set<Node.Role> answered,
      Set<String> badLast,
      Set<String> reported,
      Set<RunKey> open,
      int incidents) {}

  Known known(RunKey run) {
    Optional<Node.Role> writer = Optional.empty();
    Set<Node.Role> answered = new HashSet<>();
    Set<String> badLast = Set.of();
    Set<String> reported = new TreeSet<>();
    Set<RunKey> open = new LinkedHashSet<>();
    int incidents = 0;
    for (Milestone entry : milestones(run)) {
      Map<String, String> facts = entry.facts();
      switch (entry.name()) {
        case LOOKED -> {
          writer = writer.or(() -> Optional.ofNullable(facts.get(WRITER)).map(Node.Role::valueOf));
          words(facts.get(ANSWERED)).stream().map(Node.Role::valueOf).forEach(answered::add);
          State state = State.valueOf(facts.getOrDefault(STATE, State.GOOD.name()));
          if (state.judged()) {
            badLast = words(facts.get(BAD));
          }
          if (state == State.GOOD) {
            reported.clear();
          }
        }
        case REPORTED -> {
          incidents++;
          reported.addAll(words(facts.get(BAD)));
          incident(facts).ifPresent(open::add);
        }
        case RESOLVED -> incident(facts).ifPresent(open::remove);
        default -> {}
      }
    }
    return new Known(writer, answered, badLast, reported, open, incidents);
  }

  private static Optional<RunKey> incident(Map<String, String> facts) {
    return Optional.ofNullable(facts.get(INCIDENT)).map(RunKey::new);
  }

  private static Set<String> words(@Nullable String fact) {
    return fact == null ? Set.of() : new TreeSet<>(List.of(fact.split(SEPARATOR, -1)));
  }

  State looked(RunKey run, State state, LookAround.Seen seen) {
    Map<String, String> facts = new TreeMap<>();
    seen.writer().ifPresent(role -> facts.put(WRITER, role.name()));
    if (!seen.answered().isEmpty()) {
      facts.put(
          ANSWERED,
          seen.answered().stream().map(Enum::name).collect(Collectors.joining(SEPARATOR)));
    }
    return looked(run, state, seen.findings(), facts);
  }

  /** Nothing was judged. */
  State noted(RunKey run, State state, RunKey other, String does) {
    Finding note = Finding.note("another run", other.value(), does);
    return looked(run, state, new Findings(List.of(note)), new TreeMap<>());
  }

  private State looked(RunKey run, State state, Findings findings, Map<String, String> facts) {
    List<Evidence> evidence = new ArrayList<>();
    for (Finding finding : findings.all()) {
      evidence.add(
          new Measured(finding.what(), finding.where(), finding.found(), finding.verdict().name()));
    }
    facts.put(STATE, state.name());
    if (!findings.good()) {
      facts.put(BAD, String.join(SEPARATOR, bad(findings)));
    }
    String text =
        findings.good()
            ? "Looked around: %d things, none is bad".formatted(findings.all().size())
            : "Looked around, bad are: " + findings.problems();
    evidence.add(new Milestone(LOOKED, text, facts));
    journal.appendAll(run, evidence);
    return state;
  }

  /** What is bad, without what was seen of it, which is different at each look. */
  static Set<String> bad(Findings findings) {
    return findings.of(Verdict.BAD).stream()
        .map(any -> any.where().isEmpty() ? any.what() : any.what() + " " + any.where())
        .map(any -> any.replace(';', ','))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  void reported(RunKey run, RunKey incident, RunKey triage, Collection<String> bad) {
    String where = triage.equals(incident) ? "" : ", taken in by triage " + triage;
    journal.append(
        run,
        new Milestone(
            REPORTED,
            "Reported as incident " + incident + where,
            Map.of(INCIDENT, incident.value(), BAD, String.join(SEPARATOR, bad))));
  }

  void failed(RunKey run, String why) {
    journal.append(
        run, new Milestone("STEP_FAILED", "A round of the watch failed: " + why, Map.of()));
  }

  void refused(RunKey run, RunKey incident, String why) {
    journal.append(
        run,
        new Milestone(
            REFUSED,
            "Incident %s could not be reported: %s; tried again".formatted(incident, why),
            Map.of(INCIDENT, incident.value())));
  }

  void resolved(RunKey run, RunKey incident, String why, Intake taken) {
    journal.append(
        run,
        new Milestone(
            RESOLVED,
            "Reported as resolved: incident %s: %s".formatted(incident, why),
            Map.of(INCIDENT, incident.value(), "taken", taken.getClass().getSimpleName())));
  }

  /** Only when it is another verdict than before: criteria are looked at often. */
  void judged(RunKey run, Judgement found) {
    String verdict = found.outcome().name();
    boolean same =
        journal
            .newestMilestone(run, JUDGED)
            .map(JournalEntry::evidence)
            .filter(any -> any instanceof Milestone last && verdict.equals(last.facts().get(STATE)))
            .isPresent();
    if (!same) {
      journal.append(
          run,
          new Milestone(
              JUDGED, "Criteria armed, verdict: " + found.inWords(), Map.of(STATE, verdict)));
    }
  }

  /** Whether this is the step that the run has begun last. */
  boolean isAt(RunKey run, String step) {
    return journal
        .newestMilestone(run, "STEP_BEGUN")
        .map(JournalEntry::evidence)
        .map(any -> any instanceof Milestone begun && step.equals(begun.facts().get("step")))
        .orElse(false);
  }

  boolean passed(RunKey run, String... milestones) {
    return journal.newestMilestone(run, milestones).isPresent();
  }

  private List<Milestone> milestones(RunKey run) {
    return journal.read(run).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .toList();
  }
}
