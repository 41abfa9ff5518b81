package dev.repli.inplace;

import dev.repli.backup.BackupTools;
import dev.repli.database.ActLog;
import dev.repli.host.Host;
import dev.repli.host.HostLog;
import dev.repli.plan.Plan;
import dev.repli.reversibility.MeasureWay;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.reversibility.WayFacts;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The release before comes back with its data, from a backup and the binary log since. */
@Component
final class InPlaceWay implements MeasureWay {
  private static final String NOT_KNOWN = "not known";
  private static final String NO_BACKUP = "no backup is proved";
  private final InPlacePorts ports;
  private final EarlierClosedTime earlier;

  InPlaceWay(InPlacePorts ports, EarlierClosedTime earlier) {
    this.ports = ports;
    this.earlier = earlier;
  }

  @Override
  public Strategy strategy() {
    return Strategy.IN_PLACE;
  }

  @Override
  public WayBack measure(Plan plan) {
    return InPlaceNode.of(plan.forCopying())
        .map(at -> measure(at, plan))
        .orElseGet(InPlaceWay::notPlanned);
  }

  private static WayBack notPlanned() {
    return way(
        new Findings(
            List.of(
                Finding.bad(
                    "machine with backups and a previous release", "plan", "the plan names none"))),
        "",
        NOT_KNOWN,
        NO_BACKUP,
        EarlierClosedTime.NEVER,
        NOT_KNOWN,
        NOT_KNOWN);
  }

  private WayBack measure(InPlaceNode at, Plan plan) {
    try (Host host =
            ports.hosts.connect(
                at.machine().access(), BackupTools.allowed(at.machine()), HostLog.NONE);
        UpgradedServer server = ports.servers.connect(at.node(), ActLog.NONE)) {
      InPlaceLook.Seen seen = new InPlaceLook(at, host, server).look(Optional.empty());
      return words(seen, server.position(), ports.clock.instant(), earlier.words(plan));
    }
  }

  /**
   * @param position of the server now
   * @param closed how long nobody could write, as {@link EarlierClosedTime#words}
   */
  static WayBack words(InPlaceLook.Seen seen, String position, Instant now, String closed) {
    return way(
            seen.findings(),
            "the binary logs since the backup are purged",
            seen.restore().map(took -> seconds(took) + " in its rehearsal").orElse(NOT_KNOWN),
            age(seen, now),
            closed,
            seen.facts().map(facts -> since(facts.start().gtid(), position)).orElse(NOT_KNOWN),
            seen.facts().map(facts -> since(facts.upgrade(), position)).orElse(NOT_KNOWN))
        .expecting(seen.restore())
        .with(new WayFacts(Optional.empty(), backupAge(seen, now)));
  }

  private static String age(InPlaceLook.Seen seen, Instant now) {
    return backupAge(seen, now)
        .map(age -> "the newest proved backup is " + Words.of(age) + " old")
        .orElse(NO_BACKUP);
  }

  private static Optional<Duration> backupAge(InPlaceLook.Seen seen, Instant now) {
    return seen.backedUp().map(at -> now.isBefore(at) ? Duration.ZERO : Duration.between(at, now));
  }

  private static String since(String from, String to) {
    return Gtids.between(from, to) + " transactions";
  }

  /** A restore below a second is one, too. */
  static String seconds(Duration took) {
    return took.plusMillis(999).toSeconds() + " s";
  }

  private static WayBack way(
      Findings findings,
      String closes,
      String restore,
      String age,
      String closed,
      String sinceBackup,
      String sinceUpgrade) {
    return WayBack.found(
        Strategy.IN_PLACE,
        findings,
        "the restore while it serves (%s; %s); then nobody can write%s: stop, switch of the version, start, every table of the backup counted and compared, and the binary logs since the backup written again (%s)"
            .formatted(restore, age, closed, sinceBackup),
        "nothing acknowledged, unless people give up what was written since the upgrade (%s)"
            .formatted(sinceUpgrade),
        closes);
  }
}
