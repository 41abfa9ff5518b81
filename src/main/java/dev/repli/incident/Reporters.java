package dev.repli.incident;

import dev.repli.incident.Incident.Status;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.PlanId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who reports to one triage, as its journal tells: who says that it goes on, and whether people
 * were told that it is over. They are told so when the last one says so, and told anew when one
 * reports again.
 *
 * @param firing ids of incidents that go on; all alerts of a plan are one, whatever their key
 */
record Reporters(PlanId plan, Set<String> firing, boolean toldOver) {
  static final String REPORTED = "RUN_REQUESTED";
  static final String RESOLVED = "INCIDENT_RESOLVED";
  static final String JOINED = "INCIDENT_JOINED";

  /** Fact with which a line of the journal names what people are told. */
  private static final String MESSAGE = "message";

  private static final String BEGIN = "incident";
  private static final String END = "incident-resolved";
  private static final String STEP = "step";
  private static final String STATUS = "status";

  Reporters {
    firing = Set.copyOf(firing);
  }

  static Reporters of(PlanId plan, List<JournalEntry> entries) {
    Reporters known = new Reporters(plan, Set.of(), false);
    for (JournalEntry entry : entries) {
      if (entry.evidence() instanceof Milestone milestone) {
        known = known.after(milestone);
      }
    }
    return known;
  }

  private Reporters after(Milestone entry) {
    Map<String, String> facts = entry.facts();
    String id = facts.getOrDefault("incidentId", "");
    return switch (entry.name()) {
      case REPORTED -> with(id, Status.FIRING, BEGIN);
      case RESOLVED -> with(id, Status.RESOLVED, facts.getOrDefault(MESSAGE, END));
      case JOINED -> with(id, status(facts), facts.getOrDefault(MESSAGE, STEP));
      default -> this;
    };
  }

  private static Status status(Map<String, String> facts) {
    return Status.RESOLVED.word().equals(facts.get(STATUS)) ? Status.RESOLVED : Status.FIRING;
  }

  private Reporters with(String id, Status status, String message) {
    Set<String> now = new HashSet<>(firing);
    if (status == Status.FIRING) {
      now.add(who(id));
    } else {
      now.remove(who(id));
    }
    return new Reporters(plan, now, message.equals(END) || (toldOver && !message.equals(BEGIN)));
  }

  private String who(String id) {
    String alerts = Alerts.prefix(plan);
    return id.startsWith(alerts) ? alerts : id;
  }

  boolean goesOn(Incident incident) {
    return firing.contains(who(incident.id().value()));
  }

  /** Whether people have to hear of the report, however soon it follows another one. */
  boolean changedBy(Incident incident) {
    return incident.status() == Status.FIRING ? toldOver : goesOn(incident);
  }

  /** What the line of the journal about a report says, beside what was reported. */
  Map<String, String> facts(Incident incident) {
    boolean over = with(incident.id().value(), incident.status(), STEP).firing().isEmpty();
    String message = over == toldOver ? STEP : over ? END : BEGIN;
    return Map.of(STATUS, incident.status().word(), MESSAGE, message);
  }
}
