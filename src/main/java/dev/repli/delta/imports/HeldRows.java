package dev.repli.delta.imports;

import dev.repli.delta.imports.HeldChange.Kind;
import dev.repli.delta.imports.RowOutcome.Conflict;
import dev.repli.delta.imports.RowOutcome.Refused;
import dev.repli.delta.imports.Wave.Numbered;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows have a change that is held, and the changes that are not kept yet. */
final class HeldRows {
  private static final int AT_ONCE = 500;
  private static final int NAMED = 20;
  private final ImportId id;
  private final HeldChanges kept;
  private Map<String, Long> groups = new HashMap<>();
  private final MessageDigest sha = sha256();
  private final List<HeldChange> unkept = new ArrayList<>();
  private Runnable beforeKeep = () -> {};
  private Runnable lastLook = () -> {};

  HeldRows(ImportId id, HeldChanges kept) {
    this.id = id;
    this.kept = kept;
  }

  /** Begins where the node says that the import is. */
  Optional<Checkpoint> begin(ImportSession session) {
    Optional<Checkpoint> known = settle(session);
    groups = new HashMap<>(kept.rows(id));
    return known;
  }

  /**
   * Makes both databases agree: what was held for a transaction that was lost or undone is
   * forgotten. Meanwhile no other session can hold anything or commit: what one that is late holds
   * for its commit would be forgotten, too.
   *
   * @return how far the node is; nothing waits to be kept
   * @throws ImportException when changes are missing that the node counts as held
   */
  Optional<Checkpoint> settle(ImportSession session) {
    unkept.clear();
    Optional<Checkpoint> known = session.lockedCheckpoint(id);
    ImportCounts counts = known.map(Checkpoint::counts).orElse(ImportCounts.NONE);
    kept.forgetAfter(id, counts.extracted());
    long there = kept.count(id);
    if (there < counts.held()) {
      throw new ImportException(
          "import %s: the node counts %d held changes, but Repli's own database has %d of them;"
                  .formatted(id, counts.held(), there)
              + " restore Repli's own database, or compare the tables of both nodes before going on");
    }
    if (there > counts.held()) {
      throw new ImportException(tooMany(counts.held(), there));
    }
    session.rollback();
    return known;
  }

  /** What the node does not count as held is counted as applied or left out. */
  private String tooMany(long counted, long there) {
    List<Long> numbers = kept.numbers(id, NAMED);
    String named = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "import %s: Repli's own database has %d held changes, but the node counts %d of them."
            .formatted(id, there, counted)
        + " Nothing is missing: %d too many, left by a Repli that was late, of number %s%s."
            .formatted(there - counted, named, there > numbers.size() ? ", ..." : "")
        + " Look on the conflicts page which of these changes the node has already, delete them from"
        + " repli_held_row and repli_held_change of Repli's own database (import_id '%s', change_no),"
            .formatted(id)
        + " then try again";
  }

  /**
   * Each throws when the changes may not be kept.
   *
   * @param again at the last moment, while others wait
   */
  void beforeKeep(Runnable check, Runnable again) {
    beforeKeep = check;
    lastLook = again;
  }

  /** Rows, not changes: what takes memory. */
  int size() {
    return groups.size();
  }

  /** Rows that people have decided about meanwhile do not wait any more. */
  void lookAgain() {
    if (!groups.isEmpty()) {
      groups = new HashMap<>(kept.rows(id));
    }
  }

  /** Holds the change when an earlier one of its rows is held. */
  boolean waits(Numbered change) {
    if (groups.isEmpty()) {
      return false;
    }
    Set<Long> behind = new LinkedHashSet<>();
    for (String row : change.rows()) {
      Long group = groups.get(hash(row));
      if (group != null) {
        behind.add(group);
      }
    }
    if (behind.isEmpty()) {
      return false;
    }
    long group = behind.stream().min(Long::compare).orElseThrow();
    behind.stream().filter(other -> other != group).forEach(other -> join(other, group));
    hold(change, group, Kind.WAITING, new Conflict(Optional.empty()));
    return true;
  }

  private void join(long group, long into) {
    keep();
    kept.join(id, group, into);
    groups.replaceAll((row, of) -> of == group ? Long.valueOf(into) : of);
  }

  /** Holds a change that is the first of its row. */
  void hold(Numbered change, RowOutcome why) {
    hold(change, change.number(), why instanceof Conflict ? Kind.CONFLICT : Kind.DEAD_LETTER, why);
  }

  private void hold(Numbered change, long group, Kind kind, RowOutcome why) {
    Set<String> rows = hashes(change.rows());
    rows.forEach(row -> groups.put(row, group));
    unkept.add(
        new HeldChange(
            change.number(),
            group,
            kind,
            change.change(),
            rows,
            why instanceof Conflict conflict ? conflict.now() : Optional.empty(),
            why instanceof Refused refused ? refused.error() : ""));
    if (unkept.size() >= AT_ONCE) {
      keep();
    }
  }

  /** A row without a key is as long as all its values. */
  private Set<String> hashes(Set<String> rows) {
    Set<String> hashes = new LinkedHashSet<>();
    rows.forEach(row -> hashes.add(hash(row)));
    return hashes;
  }

  private String hash(String row) {
    return HexFormat.of().formatHex(sha.digest(row.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /**
   * Before the node commits, so that none is lost; a lost commit lets them be forgotten again. What
   * was looked at is looked at again at the last moment: Repli's own database may be slow, and a
   * node that restarts meanwhile keeps nobody out any more.
   */
  void keep() {
    if (!unkept.isEmpty()) {
      beforeKeep.run();
      kept.hold(id, List.copyOf(unkept), lastLook);
      unkept.clear();
    }
  }
}
