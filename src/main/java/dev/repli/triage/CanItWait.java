package dev.repli.triage;

import dev.repli.criteria.Judgement;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether an incident that people put off until office hours can still wait. It cannot when the
 * criteria say worse than they did then, or when something was reported that whoever decided did
 * not know: another incident, or this one with another severity.
 */
public final class CanItWait {
  private static final String DECIDED = "DECISION_TAKEN";
  private static final String CANNOT_WAIT = "FIX_CANNOT_WAIT";
  private static final Set<String> REPORTS =
      Set.of("RUN_REQUESTED", "INCIDENT_UPDATED", "INCIDENT_JOINED");
  private final Journal journal;
  private final TriageJournal triage;

  CanItWait(Journal journal, TriageJournal triage) {
    this.journal = journal;
    this.triage = triage;
  }

  /** Looks, and tells people when it cannot wait any more. */
  public boolean look(RunKey run, Plan plan, Judgement now) {
    List<Milestone> told = new ArrayList<>();
    journal.read(run).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .forEach(told::add);
    int decided = newest(told, DECIDED);
    Set<String> unknown = reports(told.subList(decided + 1, told.size()));
    unknown.removeAll(reports(told.subList(0, decided + 1)));
    List<String> news = new ArrayList<>(new TreeSet<>(unknown));
    Outcome then = verdict(told.subList(0, decided + 1));
    if (now.outcome().compareTo(then) > 0) {
      news.add(0, "verdict " + now.inWords());
    }
    if (!news.isEmpty() && newest(told, CANNOT_WAIT) <= decided) {
      String text = "Cannot wait until office hours: " + String.join("; ", news);
      List<Evidence> entries = new ArrayList<>();
      entries.add(new Milestone(CANNOT_WAIT, text, Map.of()));
      entries.addAll(PageDeciders.entries(run, plan, PageDeciders.NEEDED, text, Decider::user));
      triage.writeAll(run, entries);
    }
    return news.isEmpty();
  }

  /** Index, or -1. */
  private static int newest(List<Milestone> told, String name) {
    for (int at = told.size() - 1; at >= 0; at--) {
      if (told.get(at).name().equals(name)) {
        return at;
      }
    }
    return -1;
  }

  private static Outcome verdict(List<Milestone> told) {
    int at = newest(told, "VERDICT");
    return at < 0
        ? Outcome.CONTINUE
        : Outcome.valueOf(told.get(at).facts().getOrDefault("verdict", Outcome.CONTINUE.name()));
  }

  private static Set<String> reports(List<Milestone> told) {
    Set<String> found = new HashSet<>();
    told.stream()
        .filter(one -> REPORTS.contains(one.name()))
        .map(Milestone::facts)
        .filter(facts -> !"resolved".equals(facts.get("status")))
        .map(
            facts ->
                "reported %s (%s)"
                    .formatted(
                        facts.getOrDefault("incidentId", "?"),
                        facts.getOrDefault("severity", "unstated")))
        .forEach(found::add);
    return found;
  }
}
