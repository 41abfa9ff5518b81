package dev.repli.watch;

import dev.repli.incident.Intake;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Node;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import dev.repli.watch.WatchAfterRollback.State;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
  private static final String STATE = "state";
  private static final String WRITER = "writer";
  private static final String ANSWERED = "answered";
  private static final String BAD = "bad";
  private static final String ROUND = "round";
  private static final String INCIDENT = "incident";
  static final String SEPARATOR = "; ";
  private static final Set<String> CRITERIA_BAD = Set.of(LookAround.CRITERIA);

  private final Journal journal;
  private final Clock clock;

  WatchJournal(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * What is known of a watch so far.
   *
   * @param writer that the first look which could tell has seen
   * @param answered nodes that have answered at least once
   * @param badLast what was bad at the last look that judged
   * @param reported what is bad and was taken in as an incident, since all was good
   * @param open incidents that were reported and not resolved
   * @param worst verdict that one of them was reported with
   * @param held criteria that held when one of them was reported
   * @param incidents how many were reported altogether
   * @param refused what the last look saw of refused or broken connections, by node
   * @param inconclusiveSince the first look in a row that could not say; empty when the last could
   */
  record Known(
      Optional<Node.Role> writer,
      Set<Node.Role> answered,
      Set<String> badLast,
      Set<String> reported,
      Set<RunKey> open,
      Optional<Verdict> worst,
      Set<String> held,
      int incidents,
      Map<String, String> refused,
      Optional<Instant> inconclusiveSince) {}

  Known known(RunKey run) {
    Optional<Node.Role> writer = Optional.empty();
    Set<Node.Role> answered = new HashSet<>();
    Set<String> badLast = Set.of();
    Set<String> reported = new TreeSet<>();
    Map<RunKey, Map<String, String>> open = new LinkedHashMap<>();
    int incidents = 0;
    Map<String, String> refused = new TreeMap<>();
    Optional<Instant> inconclusive = Optional.empty();
    for (JournalEntry line : journal.read(run)) {
      if (line.evidence() instanceof Measured seen && seen.what().equals(ServerLook.REFUSED)) {
        refused.put(seen.node(), seen.value());
      }
      if (!(line.evidence() instanceof Milestone entry)) {
        continue;
      }
      Map<String, String> facts = entry.facts();
      switch (entry.name()) {
        case LOOKED -> {
          writer = writer.or(() -> Optional.ofNullable(facts.get(WRITER)).map(Node.Role::valueOf));
          words(facts.get(ANSWERED)).stream().map(Node.Role::valueOf).forEach(answered::add);
          State state = State.valueOf(facts.getOrDefault(STATE, State.GOOD.name()));
          if (state == State.INCONCLUSIVE) {
            // of the criteria this look has seen nothing
            badLast = badLast.contains(LookAround.CRITERIA) ? CRITERIA_BAD : Set.of();
            inconclusive = inconclusive.or(() -> Optional.of(line.at()));
          } else if (state.judged()) {
            badLast = words(facts.get(BAD));
            inconclusive = Optional.empty();
          }
          if (state == State.GOOD) {
            reported.clear();
          }
        }
        case REPORTED -> {
          incidents++;
          reported.addAll(words(facts.get(BAD)));
          incident(facts).ifPresent(key -> open.put(key, facts));
        }
        case RESOLVED -> incident(facts).ifPresent(open::remove);
        default -> {}
      }
    }
    return new Known(
        writer,
        answered,
        badLast,
        reported,
        new LinkedHashSet<>(open.keySet()),
        worst(open.values()),
        held(open.values()),
        incidents,
        refused,
        inconclusive);
  }

  private static Optional<Verdict> worst(Collection<Map<String, String>> open) {
    return open.stream()
        .flatMap(facts -> Verdict.of(facts).stream())
        .reduce((one, other) -> other.isWorseThan(one) ? other : one);
  }

  private static Set<String> held(Collection<Map<String, String>> open) {
    return open.stream()
        .flatMap(facts -> words(facts.get(Verdict.HELD)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Map<String, String> with(Map<String, String> facts, String name, String value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.put(name, value);
    return more;
  }

  private static Optional<RunKey> incident(Map<String, String> facts) {
    return Optional.ofNullable(facts.get(INCIDENT)).map(RunKey::new);
  }

  private static Set<String> words(@Nullable String fact) {
    return fact == null ? Set.of() : new TreeSet<>(List.of(fact.split(SEPARATOR, -1)));
  }

  State looked(Watched watch, State state, LookAround.Seen seen) {
    return looked(watch, state, seen.findings(), facts(seen), text(seen.findings()));
  }

  /** Nothing that was seen is bad, but not all was seen. */
  State inconclusive(Watched watch, LookAround.Seen seen, List<String> missing) {
    String text =
        "Looked around, nobody can say whether all is good: no numbers that would tell for "
            + String.join(", ", missing);
    return looked(watch, State.INCONCLUSIVE, seen.findings(), facts(seen), text);
  }

  private static Map<String, String> facts(LookAround.Seen seen) {
    Map<String, String> facts = new TreeMap<>();
    seen.writer().ifPresent(role -> facts.put(WRITER, role.name()));
    if (!seen.answered().isEmpty()) {
      facts.put(
          ANSWERED,
          seen.answered().stream().map(Enum::name).collect(Collectors.joining(SEPARATOR)));
    }
    return facts;
  }

  /** Nothing was judged. */
  State noted(Watched watch, State state, RunKey other, String does) {
    Finding note = Finding.note("another run", other.value(), does);
    Findings findings = new Findings(List.of(note));
    return looked(watch, state, findings, new TreeMap<>(), text(findings));
  }

  private static String text(Findings findings) {
    return findings.good()
        ? "Looked around: %d things, none is bad".formatted(findings.all().size())
        : "Looked around, bad are: " + findings.problems();
  }

  private State looked(
      Watched watch, State state, Findings findings, Map<String, String> facts, String text) {
    List<Evidence> evidence = new ArrayList<>();
    for (Finding finding : findings.all()) {
      evidence.add(
          new Measured(finding.what(), finding.where(), finding.found(), finding.verdict().name()));
    }
    facts.put(STATE, state.name());
    facts.put(ROUND, Long.toString(watch.round()));
    if (!findings.good()) {
      facts.put(BAD, String.join(SEPARATOR, bad(findings)));
    }
    evidence.add(new Milestone(LOOKED, text, facts));
    if (!isTold(watch.run(), facts)) {
      journal.appendAll(watch.run(), evidence);
    }
    return state;
  }

  /**
   * A round that is repeated after a kill and sees the same stands there once; what it sees in
   * addition, or when the next round was due long ago, is news.
   */
  private boolean isTold(RunKey run, Map<String, String> facts) {
    return journal
        .newestMilestone(run, LOOKED)
        .filter(last -> clock.instant().isBefore(last.at().plus(WatchAfterRollback.EVERY)))
        .filter(last -> last.evidence() instanceof Milestone told && told.facts().equals(facts))
        .isPresent();
  }

  /** What is bad, without what was seen of it, which is different at each look. */
  static Set<String> bad(Findings findings) {
    return findings.of(Finding.Verdict.BAD).stream()
        .map(any -> any.where().isEmpty() ? any.what() : any.what() + " " + any.where())
        .map(any -> any.replace(';', ','))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * @param more facts of the report
   */
  void reported(
      RunKey run,
      RunKey incident,
      RunKey triage,
      Collection<String> bad,
      Map<String, String> more) {
    String where = triage.equals(incident) ? "" : ", taken in by triage " + triage;
    Map<String, String> facts = new TreeMap<>(more);
    facts.put(INCIDENT, incident.value());
    facts.put(BAD, String.join(SEPARATOR, bad));
    journal.append(run, new Milestone(REPORTED, "Reported as incident " + incident + where, facts));
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
}
