package dev.repli.incident;

import dev.repli.incident.Incident.Severity;
import dev.repli.incident.Incident.Status;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who reports to one triage, as its journal tells: who says that it goes on and how bad it is, and
 * whether people were told that it is over. They are told so when the last one says so, and told
 * anew when one reports again.
 *
 * @param firing severity as reported, by the id of each incident that goes on; all alerts of a plan
 *     are one, whatever their key
 * @param ended whether anybody said of what they reported that it is over
 * @param peak the worst that anybody has called it since people were last told that it is over;
 *     empty when nobody gave a severity
 */
public record Reporters(
    PlanId plan,
    Map<String, String> firing,
    boolean ended,
    boolean toldOver,
    Optional<Severity> peak) {
  static final String REPORTED = "RUN_REQUESTED";
  static final String UPDATED = "INCIDENT_UPDATED";
  static final String RESOLVED = "INCIDENT_RESOLVED";
  static final String JOINED = "INCIDENT_JOINED";

  /** Fact with which a line of the journal names what people are told. */
  static final String MESSAGE = "message";

  private static final String BEGIN = "incident";
  static final String END = "incident-resolved";
  private static final String RISEN = "severity-risen";
  private static final String STEP = "step";
  private static final String STATUS = "status";

  public Reporters {
    firing = Map.copyOf(firing);
  }

  /**
   * @param triage also the id of who reported when the run began by hand
   */
  public static Reporters of(RunKey triage, PlanId plan, List<JournalEntry> entries) {
    Reporters known = new Reporters(plan, Map.of(), false, false, Optional.empty());
    for (JournalEntry entry : entries) {
      if (entry.evidence() instanceof Milestone milestone) {
        known = known.after(triage.value(), milestone);
      }
    }
    return known;
  }

  private Reporters after(String triage, Milestone entry) {
    Map<String, String> facts = entry.facts();
    String id = facts.getOrDefault("incidentId", triage);
    String severity = facts.getOrDefault("severity", "");
    return switch (entry.name()) {
      case REPORTED -> with(id, severity, Status.FIRING, BEGIN);
      case UPDATED -> with(id, severity, Status.FIRING, STEP);
      case RESOLVED -> with(id, severity, Status.RESOLVED, facts.getOrDefault(MESSAGE, END));
      case JOINED -> with(id, severity, status(facts), facts.getOrDefault(MESSAGE, STEP));
      default -> this;
    };
  }

  private static Status status(Map<String, String> facts) {
    return Status.RESOLVED.word().equals(facts.get(STATUS)) ? Status.RESOLVED : Status.FIRING;
  }

  private Reporters with(String id, String severity, Status status, String message) {
    Map<String, String> now = new HashMap<>(firing);
    if (status == Status.FIRING) {
      now.put(who(id), severity);
    } else {
      now.remove(who(id));
    }
    boolean over = message.equals(END) || (toldOver && !message.equals(BEGIN));
    Optional<Severity> before = over ? Optional.empty() : peak;
    Reporters next =
        new Reporters(plan, now, ended || status == Status.RESOLVED, over, Optional.empty());
    return over ? next : next.reaching(before);
  }

  private Reporters reaching(Optional<Severity> before) {
    Optional<Severity> worst =
        Stream.concat(before.stream(), worst().stream()).min(Comparator.naturalOrder());
    return new Reporters(plan, firing, ended, toldOver, worst);
  }

  private String who(String id) {
    String alerts = Alerts.prefix(plan);
    return id.startsWith(alerts) ? alerts : id;
  }

  boolean goesOn(Incident incident) {
    return firing.containsKey(who(incident.id().value()));
  }

  /** Ids under which somebody else has to say that it is over, too; empty when nobody has to. */
  String othersThan(Incident incident) {
    return String.join(", ", new TreeSet<>(with(incident).firing().keySet()));
  }

  /** Whether everybody who reported has said that it is over. */
  public boolean isOver() {
    return ended && firing.isEmpty();
  }

  /** Whether it is over when this report is taken in, too. */
  boolean isOverWith(Incident incident) {
    return with(incident).isOver();
  }

  private Reporters with(Incident incident) {
    return with(incident.id().value(), incident.severityWord(), incident.status(), STEP);
  }

  /**
   * The worst that anybody who still reports calls it. Who reports without a severity means
   * something all the same, and nobody may take it for nothing; only alerts are criteria of their
   * own.
   */
  public Optional<Severity> worst() {
    return firing.entrySet().stream()
        .flatMap(one -> severity(one.getKey(), one.getValue()).stream())
        .min(Comparator.naturalOrder());
  }

  private Optional<Severity> severity(String who, String word) {
    Optional<Severity> stated =
        Arrays.stream(Severity.values()).filter(one -> one.word().equals(word)).findFirst();
    return stated.isPresent() || who.equals(Alerts.prefix(plan))
        ? stated
        : Optional.of(Severity.MEDIUM);
  }

  /** Whether people have to hear of the report, however soon it follows another one. */
  boolean changedBy(Incident incident) {
    return incident.status() == Status.FIRING ? toldOver || worsens(incident) : goesOn(incident);
  }

  private boolean worsens(Incident incident) {
    Optional<Severity> now = worst();
    return with(incident)
        .worst()
        .filter(then -> now.isEmpty() || then.compareTo(now.get()) < 0)
        .isPresent();
  }

  /** What the line of the journal about a report says, beside what was reported. */
  Map<String, String> facts(Incident incident) {
    boolean over = with(incident).firing().isEmpty();
    String message = over == toldOver ? STEP : over ? END : BEGIN;
    Map<String, String> facts = new HashMap<>();
    facts.put(STATUS, incident.status().word());
    facts.put(MESSAGE, message);
    if (message.equals(STEP)) {
      facts.putAll(rise(incident));
    }
    return facts;
  }

  /**
   * What its line says beside that when it makes the incident worse than anybody has called it:
   * lead and management are told. Empty when it does not; what goes down and up again is no news.
   */
  Map<String, String> rise(Incident incident) {
    boolean risen =
        !toldOver
            && incident.status() == Status.FIRING
            && with(incident)
                .worst()
                .filter(then -> then.compareTo(peak.orElse(Severity.MEDIUM)) < 0)
                .isPresent();
    return risen
        ? Map.of(MESSAGE, RISEN, "severityBefore", peak.map(Severity::word).orElse("unstated"))
        : Map.of();
  }
}
