package dev.repli.monitor;

import dev.repli.incident.Incident;
import dev.repli.incident.Incident.Severity;
import dev.repli.incident.Incident.Status;
import dev.repli.incident.Incidents;
import dev.repli.incident.Intake;
import dev.repli.monitor.PairState.Failing;
import dev.repli.monitor.PairState.NotSetUp;
import dev.repli.monitor.PairState.Replicating;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns what is seen of one plan into incidents: one from the first sample that counts until it is
 * healthy again. Not for use by several threads.
 */
final class Breaches {
  static final String REPORTER = "repli-monitor";

  /** One look may fall into a reconnect. */
  private static final int LOOKS = 2;

  /** A plan whose run is at work cannot take an incident; asked again after so long. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private static final int LONGEST = 400;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PlanId plan;
  private final Incidents incidents;
  private final Duration lagLimit;
  private boolean seenReplicating;
  private int bad;
  private int good;
  private Optional<Instant> since = Optional.empty();
  private Optional<Instant> lastAsked = Optional.empty();
  private Optional<Reported> reported = Optional.empty();

  /** What was reported of the breach that lasts. */
  private record Reported(RunKey id, String what, Instant startedAt) {}

  Breaches(PlanId plan, Incidents incidents, Duration lagLimit) {
    this.plan = plan;
    this.incidents = incidents;
    this.lagLimit = lagLimit;
  }

  void see(PairState state, Instant now) {
    if (state instanceof Replicating running) {
      // a stream ends when people or a run say so, and no other way
      seenReplicating = !running.byRepli();
      boolean late = running.lag().compareTo(lagLimit) > 0;
      if (late) {
        breach("lag", lagging(running), Severity.MEDIUM, Optional.of(running.lag()), now);
      } else {
        healthy(now);
      }
    } else if (state instanceof Failing failing) {
      String what = failing.kind().name().toLowerCase(Locale.ROOT);
      breach(what, failing.why(), Severity.HIGH, Optional.empty(), now);
    } else if (state instanceof NotSetUp && (seenReplicating || reported.isPresent())) {
      String why = "neither node replicates from the other any more";
      breach("gone", why, Severity.HIGH, Optional.empty(), now);
    }
  }

  private String lagging(Replicating running) {
    return "the %s is %d s behind, more than %d s"
        .formatted(running.replica().word(), running.lag().toSeconds(), lagLimit.toSeconds());
  }

  private void healthy(Instant now) {
    bad = 0;
    good++;
    since = Optional.empty();
    if (good >= LOOKS && reported.isPresent()) {
      Reported was = reported.get();
      var unused =
          incidents.receive(
              new Incident(
                  was.id(),
                  plan,
                  REPORTER,
                  Optional.empty(),
                  "Replication runs again, without lag, at " + now,
                  was.startedAt(),
                  new TreeMap<>(),
                  Status.RESOLVED),
              REPORTER);
      reported = Optional.empty();
    }
  }

  private void breach(
      String what, String why, Severity severity, Optional<Duration> lag, Instant now) {
    good = 0;
    bad++;
    Instant start = since.orElse(now);
    since = Optional.of(start);
    boolean known = reported.filter(was -> was.what().equals(what)).isPresent();
    boolean tooSoon = lastAsked.filter(at -> at.plus(AGAIN).isAfter(now)).isPresent();
    if (bad < LOOKS || known || (reported.isEmpty() && tooSoon)) {
      return;
    }
    lastAsked = Optional.of(now);
    RunKey id =
        reported
            .map(Reported::id)
            .orElseGet(() -> new RunKey("replication-" + plan + "-" + STAMP.format(start)));
    TreeMap<String, Double> metrics = new TreeMap<>();
    lag.ifPresent(value -> metrics.put("replicationLagSeconds", value.toMillis() / 1000.0));
    Incident incident =
        new Incident(
            id,
            plan,
            REPORTER,
            Optional.of(severity),
            plain("Replication: " + why),
            start,
            metrics,
            Status.FIRING);
    taken(incidents.receive(incident, REPORTER), new Reported(id, what, start));
  }

  private void taken(Intake intake, Reported report) {
    if (intake instanceof Intake.Folded folded && isOwn(folded.run().key())) {
      // perhaps this breach, reported before a restart of Repli
      RunKey key = folded.run().key();
      reported = Optional.of(new Reported(key, report.what(), report.startedAt()));
    } else if (intake instanceof Intake.Started || intake instanceof Intake.Folded) {
      reported = Optional.of(report);
    } else if (intake instanceof Intake.PlanBusy busy) {
      RunKey key = busy.run().key();
      if (isOwn(key)) {
        // this breach, reported before a restart of Repli
        reported = Optional.of(new Reported(key, report.what(), report.startedAt()));
      } else if (report.what().equals("gone")) {
        // the run that is at work took replication away: that is no incident when it ends
        seenReplicating = false;
      }
    } else if (intake instanceof Intake.Contradiction) {
      // people have ended its triage, and nobody looks into it any more: the next look reports it
      // under an id of its own
      reported = Optional.empty();
      since = Optional.empty();
    }
  }

  private boolean isOwn(RunKey key) {
    return key.value().startsWith("replication-" + plan + "-");
  }

  /** One line that reads everywhere: messages of servers may contain anything. */
  private static String plain(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }
}
