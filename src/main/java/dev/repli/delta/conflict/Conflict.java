package dev.repli.delta.conflict;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.imports.TargetTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A conflict with its rows as they are now.
 *
 * @param table as the changes have it
 * @param into as the node has it; empty when nothing can be written into it
 * @param rows usually one; more where keys changed; empty when {@code into} is
 * @param obstacles why only the source can be taken; empty when everything can be
 */
public record Conflict(
    HeldGroup held,
    DeltaTable table,
    Optional<TargetTable> into,
    List<ConflictRow> rows,
    List<String> obstacles) {
  public Conflict {
    rows = List.copyOf(rows);
    obstacles = List.copyOf(obstacles);
  }

  /** Stands for exactly what is shown here: another one means that something changed since. */
  public String seen() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      add(sha, held.group() + " " + held.last() + " " + table);
      for (ConflictRow row : rows) {
        add(sha, row.key());
        List.of(row.before(), row.after(), row.now()).forEach(state -> add(sha, state));
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static void add(MessageDigest sha, Optional<Row> row) {
    add(sha, row.isPresent() ? "row" : "none");
    row.map(Row::cells).orElse(List.of()).forEach(cell -> add(sha, cell));
  }

  private static void add(MessageDigest sha, Cell cell) {
    add(sha, cell.getClass().getSimpleName());
    add(sha, cell.toString());
  }

  private static void add(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha.update(bytes);
  }
}
