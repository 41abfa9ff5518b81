package dev.repli.inplace;

import dev.repli.backup.BackupTools;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostResult;
import dev.repli.inplace.UpgradedServer.BinaryLog;
import dev.repli.journal.Evidence.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the binary logs that the replay will need once through, checksums compared, as long as
 * nothing was touched: a damaged one would show itself when no server serves any more. Changes
 * nothing.
 */
final class LogReading {
  static final String READ = "IN_PLACE_LOGS_READ";

  /** Before it there is no event. */
  private static final long HEAD = 4;

  private final Scene scene;
  private final UpgradedServer server;

  LogReading(Scene scene, UpgradedServer server) {
    this.scene = scene;
    this.server = server;
  }

  /**
   * How far the logs since the upgrade were read.
   *
   * @param log the newest of them
   * @param offset the first byte in it that was not read
   * @param damage what is wrong with one of them; empty when nothing is
   * @param ddl statements since the upgrade that change tables, accounts and their like
   * @param ddlFirst the beginning of the first of them
   */
  record Read(String log, long offset, String damage, long ddl, String ddlFirst) {
    private Milestone milestone(String where) {
      return new Milestone(
          READ,
          where
              + ": "
              + (damage.isEmpty()
                  ? "the binary logs were read through up to %s:%d".formatted(log, offset)
                  : damage),
          Map.of(
              "log",
              log,
              "offset",
              String.valueOf(offset),
              "damage",
              damage,
              "ddl",
              String.valueOf(ddl),
              "ddlFirst",
              ddlFirst));
    }
  }

  /** A part of a log. */
  private record Part(String log, long from, long to) {
    private long bytes() {
      return Math.max(0, to - from);
    }
  }

  /**
   * All of them.
   *
   * @param before bytes that were read of other things
   * @throws InPlaceException when one from the backup to the upgrade is damaged: without it nothing
   *     comes back. One of later can be given up, so it is noted for people.
   */
  void all(InPlaceFacts facts, long before) {
    List<BinaryLog> logs = server.logs();
    List<Part> old =
        logs.stream()
            .filter(log -> facts.oldLogs().contains(log.name()))
            .map(
                log ->
                    new Part(
                        log.name(),
                        log.name().equals(facts.start().file()) ? facts.start().offset() : HEAD,
                        log.bytes()))
            .toList();
    List<Part> since = since(logs, facts, Optional.empty());
    Progress progress = new Progress(Stream.concat(old.stream(), since.stream()).toList(), before);
    firstDamage(old, progress, new DdlStatements())
        .ifPresent(
            damage -> {
              throw new InPlaceException(
                  damage
                      + ". What came after the backup cannot be written again without it. Nothing"
                      + " was touched. Put an undamaged copy of this log in its place, let a later"
                      + " backup of before the upgrade be proved that does not need it, or use"
                      + " another way back");
            });
    DdlStatements ddl = new DdlStatements();
    note(logs, firstDamage(since, progress, ddl), ddl, Optional.empty());
  }

  /**
   * What was written since the logs were read last.
   *
   * @return what is wrong with one since the upgrade
   */
  Optional<String> rest() {
    Optional<Read> before = newest(scene);
    Optional<String> known = before.map(Read::damage).filter(damage -> !damage.isEmpty());
    if (known.isPresent()) {
      return known;
    }
    List<BinaryLog> logs = server.logs();
    List<Part> since = since(logs, InPlaceFacts.read(scene.journal(), scene.run()), before);
    DdlStatements ddl = new DdlStatements();
    Optional<String> damage = firstDamage(since, new Progress(since, 0), ddl);
    note(logs, damage, ddl, before);
    return damage;
  }

  /** How far they were read; empty before that. */
  static Optional<Read> newest(Scene scene) {
    return scene
        .journal()
        .newestMilestone(scene.run(), READ)
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone read
                    ? Optional.of(read.facts())
                    : Optional.empty())
        .map(
            facts ->
                new Read(
                    facts.getOrDefault("log", ""),
                    Long.parseLong(facts.getOrDefault("offset", "0")),
                    facts.getOrDefault("damage", ""),
                    Long.parseLong(facts.getOrDefault("ddl", "0")),
                    facts.getOrDefault("ddlFirst", "")));
  }

  private void note(
      List<BinaryLog> logs, Optional<String> damage, DdlStatements ddl, Optional<Read> before) {
    BinaryLog last = logs.get(logs.size() - 1);
    scene.note(
        new Read(
                last.name(),
                last.bytes(),
                damage.orElse(""),
                before.map(Read::ddl).orElse(0L) + ddl.count(),
                before
                    .map(Read::ddlFirst)
                    .filter(text -> !text.isEmpty())
                    .orElse(String.join("; ", ddl.first())))
            .milestone(scene.at.node().label()));
  }

  private static List<Part> since(List<BinaryLog> logs, InPlaceFacts facts, Optional<Read> read) {
    List<String> names = logs.stream().map(BinaryLog::name).toList();
    String last = facts.oldLogs().get(facts.oldLogs().size() - 1);
    int first = read.map(known -> names.indexOf(known.log())).orElse(names.indexOf(last) + 1);
    List<Part> parts = new ArrayList<>();
    for (BinaryLog log : logs.subList(Math.max(0, first), logs.size())) {
      boolean begun = read.filter(known -> known.log().equals(log.name())).isPresent();
      parts.add(new Part(log.name(), begun ? read.get().offset() : HEAD, log.bytes()));
    }
    return parts;
  }

  private Optional<String> firstDamage(List<Part> parts, Progress progress, DdlStatements ddl) {
    for (Part part : parts) {
      progress.begins();
      Optional<String> damage = part.bytes() == 0 ? Optional.empty() : damage(part, ddl);
      if (damage.isPresent()) {
        return damage;
      }
      progress.isDone(part);
    }
    return Optional.empty();
  }

  private Optional<String> damage(Part part, DdlStatements ddl) {
    HostCommand reading =
        new BackupTools(scene.at.previous())
            .verify(
                scene.at.data().resolve(part.log()), part.from(), part.to(), DdlStatements.FILTER);
    HostResult read = scene.host.run(reading, Host.Streams.to(ddl), scene.watch.cancellation());
    if (read.cutShort()) {
      throw new InPlaceException(
          "%s: binary log %s was not read to its end: %s; that says nothing of the log, try again"
              .formatted(scene.host.label(), part.log(), read.why()));
    }
    // of a log that a server has open, the program takes what it cannot read for the end
    boolean whole =
        read.exit() == 0
            && !read.errors().contains("ERROR")
            && !read.errors().contains("Did not reach stop position");
    return whole
        ? Optional.empty()
        : Optional.of(
            "%s: binary log %s is damaged: %s"
                .formatted(scene.host.label(), part.log(), read.why()));
  }

  /** In bytes. */
  private final class Progress {
    private final long all;
    private long done;

    Progress(List<Part> parts, long before) {
      this.all = before + parts.stream().mapToLong(Part::bytes).sum();
      this.done = before;
    }

    void begins() {
      scene.watch.mine();
      scene.watch.progress(done, all, "bytes read");
    }

    void isDone(Part part) {
      done += part.bytes();
    }
  }
}
