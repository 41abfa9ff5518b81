package dev.repli.inplace;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupFacts;
import dev.repli.backup.BackupOrigin;
import dev.repli.backup.BackupState;
import dev.repli.backup.BackupTools;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostException;
import dev.repli.host.HostFiles;
import dev.repli.inplace.UpgradedServer.BinaryLog;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether going back in place is open now. Changes nothing. */
final class InPlaceLook {
  /** Of the data: the restored directory, its binary logs, and some air. */
  private static final double NEEDED = 2.2;

  private final InPlaceNode at;
  private final Host host;
  private final HostFiles files;
  private final UpgradedServer server;
  private final String where;
  private final DataPlace place;
  private final List<Finding> findings = new ArrayList<>();

  InPlaceLook(InPlaceNode at, Host host, UpgradedServer server) {
    this.at = at;
    this.host = host;
    this.files = new HostFiles(host);
    this.server = server;
    this.where = at.node().label();
    this.place = DataPlace.look(at, files);
  }

  /**
   * What was found, and what the steps need of it.
   *
   * @param facts empty when something is bad
   * @param restore how long the backup's restore took in its rehearsal; empty when nobody knows
   * @param backedUp when the newest backup that can be used was taken; empty when none can
   */
  record Seen(
      Findings findings,
      Optional<InPlaceFacts> facts,
      Optional<Duration> restore,
      Optional<Instant> backedUp) {}

  /**
   * Whole backups are read.
   *
   * @param begins hears of each before it is read
   */
  record Reading(Cancellation cancellation, Consumer<Backup> begins) {}

  /** Some backup that can be used, or why none can. */
  private record Choice(Optional<Backup> backup, Optional<BackupFacts> facts, String why) {}

  /**
   * @param reading reads the whole backup to compare its checksum, which can take hours; empty to
   *     rely on its proof
   */
  Seen look(Optional<Reading> reading) {
    upgraded();
    place();
    space();
    programs();
    List<BinaryLog> logs = server.logs();
    int ofOld = ofOldRelease(logs);
    boolean shown = ofOld > 0 && ofOld < logs.size();
    findings.add(
        Needed.LOGS_TO_UPGRADE.look(
            shown,
            "binary logs up to the upgrade",
            where,
            shown
                ? ofOld + " of " + at.previous().version() + ", the newest " + last(logs, ofOld)
                : "none, or none since: they do not show the upgrade from "
                    + at.previous().version()));
    Choice choice = choose(reading);
    findings.add(
        Needed.BACKUP.look(
            choice.backup().isPresent(), "proved backup", host.label(), choice.why()));
    Optional<Instant> backedUp = choice.backup().map(Backup::changedAt);
    if (!new Findings(findings).good()) {
      return new Seen(new Findings(findings), Optional.empty(), Optional.empty(), backedUp);
    }
    Optional<InPlaceFacts> facts = facts(choice, logs.subList(0, ofOld));
    findings.add(
        Needed.LOGS_SINCE_BACKUP.look(
            facts.isPresent(),
            "binary logs since the backup",
            where,
            facts.map(found -> found.oldLogs().size() + " up to the upgrade").orElse("missing")));
    return new Seen(
        new Findings(findings), facts, choice.facts().flatMap(BackupFacts::took), backedUp);
  }

  private static String last(List<BinaryLog> logs, int ofOld) {
    return logs.get(ofOld - 1).name();
  }

  private void upgraded() {
    String version = server.version();
    findings.add(
        Needed.UPGRADED.look(
            !at.isPrevious(version), "upgraded from " + at.previous().version(), where, version));
  }

  private void place() {
    Path data = server.dataDirectory();
    findings.add(
        Needed.DATA_DIRECTORY.look(
            files.real(data).equals(place.real()),
            "data directory as in the plan",
            where,
            data.toString()));
    Optional<String> fixed = fixed();
    findings.add(
        Needed.RENAMED.look(
            fixed.isEmpty(),
            "another directory can take the place of the data directory",
            where,
            fixed.orElse(place.words())));
    Optional<Path> logs = server.logFolder();
    findings.add(
        Needed.LOGS_IN_DATA.look(
            logs.map(files::real).equals(Optional.of(place.real())),
            "binary logs in the data directory",
            where,
            logs.map(Path::toString).orElse("none is written")));
    List<String> outside = outside();
    findings.add(
        Needed.ALL_IN_DATA.look(
            outside.isEmpty(),
            "data, redo and undo logs in the data directory",
            where,
            outside.isEmpty() ? "all there" : String.join(", ", outside)));
  }

  /** Why no other directory can take its place; empty when one can. */
  private Optional<String> fixed() {
    if (!files.look(place.real()).filter(HostFiles.Entry::directory).isPresent()) {
      return Optional.of(place.real() + " is no directory");
    }
    List<Path> mounts = files.mountsBelow(place.real());
    return mounts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "something is mounted within it, which would stay there: "
                + mounts.stream().map(Path::toString).collect(Collectors.joining(", ")));
  }

  /** What a restored directory would not bring with it. */
  private List<String> outside() {
    List<String> outside = new ArrayList<>();
    server
        .folders()
        .forEach(
            (option, folder) -> {
              if (!files.real(at.data().resolve(folder)).equals(place.real())) {
                outside.add(option + " = " + folder);
              }
            });
    files.linkedTables(place.real()).forEach(link -> outside.add("the table of " + link));
    return outside;
  }

  private void space() {
    long data = place.bytes(files);
    long free = files.free(place.folder());
    boolean enough = free >= NEEDED * data;
    findings.add(
        Needed.SPACE.look(
            enough,
            "free at least %.1f times the data".formatted(NEEDED),
            place.folder().toString(),
            "%d MB free, %d MB of data%s"
                .formatted(
                    free >> 20, data >> 20, enough ? "" : new KeptData(place, host).words())));
  }

  private void programs() {
    List<String> missing =
        new ArrayList<>(
            BackupTools.names().stream()
                .map(at.previous().tools()::resolve)
                .filter(program -> !files.exists(program))
                .map(Path::toString)
                .toList());
    Path switching = Path.of(at.previous().switchBack().get(0));
    if (!files.exists(switching)) {
      missing.add(switching.toString());
    }
    findings.add(
        Needed.PROGRAMS.look(
            missing.isEmpty(),
            "programs of " + at.previous().version(),
            host.label(),
            missing.isEmpty() ? "all there" : "missing " + String.join(", ", missing)));
  }

  /** How many logs, from the oldest on, the release before has written. */
  private int ofOldRelease(List<BinaryLog> logs) {
    BinlogHead head = new BinlogHead(host);
    int index = logs.size();
    while (index > 0
        && !at.isPrevious(head.version(at.data().resolve(logs.get(index - 1).name())))) {
      index--;
    }
    return index;
  }

  private Choice choose(Optional<Reading> reading) {
    BackupCatalogue catalogue = new BackupCatalogue(host, at.machine());
    List<String> reasons = new ArrayList<>();
    for (Backup backup : catalogue.list()) {
      Choice choice = judge(catalogue, backup, reading);
      if (choice.backup().isPresent()) {
        return choice;
      }
      reasons.add(choice.why());
    }
    return new Choice(
        Optional.empty(),
        Optional.empty(),
        reasons.isEmpty() ? "there is no backup" : String.join("; ", reasons));
  }

  private Choice judge(BackupCatalogue catalogue, Backup backup, Optional<Reading> reading) {
    Optional<BackupFacts> noted;
    try {
      noted = catalogue.noted(backup);
    } catch (HostException unreadable) {
      return refused(backup.name() + ": its note cannot be read: " + unreadable.getMessage());
    }
    if (noted.isEmpty()) {
      return refused(backup.name() + " was never restored in a rehearsal");
    }
    BackupFacts.Start start = noted.get().start();
    Optional<String> foreign =
        BackupOrigin.refusal(start, server.gtidAt(start.file(), start.offset()));
    if (foreign.isPresent()) {
      return refused(backup.name() + ": " + foreign.get());
    }
    if (reading.isPresent()) {
      reading.get().begins().accept(backup);
      if (catalogue.look(backup, reading.get().cancellation())
          instanceof BackupState.Refused refused) {
        return refused(refused.why());
      }
    }
    return new Choice(
        Optional.of(backup),
        noted,
        "%s of %s, restored in a rehearsal at %s"
            .formatted(backup.name(), backup.changedAt(), noted.get().restoredAt()));
  }

  private static Choice refused(String why) {
    return new Choice(Optional.empty(), Optional.empty(), why);
  }

  private Optional<InPlaceFacts> facts(Choice choice, List<BinaryLog> old) {
    BackupFacts.Start start = choice.facts().orElseThrow().start();
    List<String> names = old.stream().map(BinaryLog::name).toList();
    int first = names.indexOf(start.file());
    BinaryLog newest = old.get(old.size() - 1);
    Optional<String> upgrade = server.gtidAt(newest.name(), newest.bytes());
    if (first < 0 || upgrade.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new InPlaceFacts(
            choice.backup().orElseThrow().path(),
            start,
            names.subList(first, names.size()),
            upgrade.get()));
  }
}
