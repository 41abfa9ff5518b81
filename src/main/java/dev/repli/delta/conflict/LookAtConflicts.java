package dev.repli.delta.conflict;

import dev.repli.delta.DeltaTable;
import dev.repli.delta.conflict.NetRows.Net;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportSession.Readiness;
import dev.repli.delta.imports.ImportSession.Readiness.NotReady;
import dev.repli.delta.imports.ImportSession.Readiness.Ready;
import dev.repli.delta.imports.TargetTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts conflicts together from what is held and from what the node has now. */
final class LookAtConflicts {
  private static final int AT_ONCE = 500;

  /** A person can judge so many rows together. */
  private static final int MOST_ROWS = 50;

  private final HeldGroups held;
  private final ConflictSession session;
  private final ImportId id;
  private final long committed;
  private final Map<DeltaTable, Readiness> tables = new HashMap<>();

  LookAtConflicts(HeldGroups held, ConflictSession session, ImportId id) {
    this.held = held;
    this.session = session;
    this.id = id;
    this.committed =
        session.checkpoint(id).map(Checkpoint::counts).map(ImportCounts::extracted).orElse(0L);
  }

  /** Number of the last change that the node has committed; later ones may be forgotten again. */
  long committed() {
    return committed;
  }

  /** Inside of the session's transaction, which keeps the rows as they are. */
  Conflict at(HeldGroup group) {
    List<HeldChange> first = held.changes(id, group, 0, 1);
    if (first.isEmpty()) {
      throw new IllegalStateException(
          "import %s: group %d has no changes".formatted(id, group.group()));
    }
    DeltaTable shape = first.get(0).change().table();
    Readiness readiness = tables.computeIfAbsent(shape, session::readiness);
    if (readiness instanceof NotReady not) {
      return new Conflict(group, shape, Optional.empty(), List.of(), not.reasons());
    }
    TargetTable table = ((Ready) readiness).table();
    NetRows net = new NetRows(table);
    boolean same = true;
    long after = 0;
    List<HeldChange> changes = held.changes(id, group, after, AT_ONCE);
    while (!changes.isEmpty()) {
      for (HeldChange change : changes) {
        same &= change.change().table().columns().equals(shape.columns());
        net.add(change.change());
        after = change.number();
      }
      changes = held.changes(id, group, after, AT_ONCE);
    }
    return conflict(group, table, net, same);
  }

  private Conflict conflict(HeldGroup group, TargetTable table, NetRows net, boolean same) {
    List<String> obstacles = new ArrayList<>();
    if (!same) {
      obstacles.add("the table's columns changed between the held changes of this row");
    }
    if (net.rows().size() > MOST_ROWS) {
      obstacles.add("more than " + MOST_ROWS + " rows hang together here");
    }
    List<ConflictRow> rows = new ArrayList<>();
    if (obstacles.isEmpty()) {
      net.rows().forEach((name, row) -> rows.add(row(table, name, row)));
    }
    List<ConflictRow> joined = SameRows.joined(table, rows, obstacles);
    return new Conflict(
        group,
        table.shape(),
        obstacles.isEmpty() ? Optional.of(table) : Optional.empty(),
        joined,
        obstacles);
  }

  /** Which row it would be cannot be told without a key. */
  private ConflictRow row(TargetTable table, String name, Net row) {
    return new ConflictRow(
        hash(name),
        row.before(),
        row.after(),
        table.key().isEmpty() ? Optional.empty() : session.find(table, row.like()));
  }

  private static String hash(String name) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
