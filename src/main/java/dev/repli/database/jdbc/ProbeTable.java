package dev.repli.database.jdbc;

import dev.repli.database.ActStatements;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.ProbeRow;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The probe's table. The id of a write is no key on purpose: a write that a proxy runs twice has to
 * show as two rows, not as an error that the proxy hides. {@code server_id} is filled in by the
 * server that takes the write and travels in the row image.
 *
 * <p>ProxySQL ties a session to its node when a statement has an {@code @} or was given an id by
 * AUTO_INCREMENT, and a hold then waits in vain for that node to become idle. The probe does
 * neither.
 */
public final class ProbeTable {
  private static final int TRIM_AT_ONCE = 10_000;

  private final SqlLink link;
  private final ActStatements acts;

  ProbeTable(SqlLink link, ActStatements acts) {
    this.link = link;
    this.acts = acts;
  }

  /** One probe write with quoted texts in it. */
  public static String insert(String run, String id) {
    return "INSERT INTO repli_probe.probe_write (run, id, server_id) VALUES (%s, %s, @@server_id)"
        .formatted(run, id);
  }

  /**
   * As {@link #insert}, but no row where the node is fenced. The server closes its fence only
   * between statements, so that one statement sees it open or closed as a whole.
   */
  public static String insertUnlessFenced(String run, String id) {
    return "INSERT INTO repli_probe.probe_write (run, id, server_id)"
        + " SELECT %s, %s, @@server_id FROM DUAL WHERE @@GLOBAL.read_only = 0".formatted(run, id);
  }

  /** Removes a probe write with quoted texts in it. */
  public static String delete(String run, String id) {
    return "DELETE FROM repli_probe.probe_write WHERE run = %s AND id = %s".formatted(run, id);
  }

  /**
   * Makes schema and table where they are missing.
   *
   * @param origin default of the column {@code server_id}, empty when each write says it
   */
  public static List<String> create(String origin) {
    return List.of(
        "CREATE DATABASE IF NOT EXISTS repli_probe CHARACTER SET ascii COLLATE ascii_bin",
        "CREATE TABLE IF NOT EXISTS repli_probe.probe_write ("
            + "seq BIGINT UNSIGNED NOT NULL DEFAULT (UUID_SHORT()) PRIMARY KEY, "
            + "run VARCHAR(64) NOT NULL, id VARCHAR(64) NOT NULL, "
            + "server_id INT UNSIGNED NOT NULL"
            + (origin.isEmpty() ? "" : " DEFAULT " + origin)
            + ", written_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), "
            + "KEY by_id (run, id), KEY by_time (written_at)"
            + ") ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin");
  }

  public static List<String> trim(Duration olderThan) {
    return List.of(
        "DELETE FROM repli_probe.probe_write WHERE written_at < NOW(3) - INTERVAL "
            + olderThan.toSeconds()
            + " SECOND LIMIT "
            + TRIM_AT_ONCE);
  }

  /** On the writer only: Repli's own account could write past the fence. */
  public void prepare(boolean fenced) {
    List<String> missing = new ArrayList<>();
    if (!exists()) {
      missing.addAll(acts.prepareProbe());
    }
    if (!acts.prepareDeadMan().isEmpty() && !deadManExists()) {
      missing.addAll(acts.prepareDeadMan());
    }
    if (!missing.isEmpty()) {
      refuseWhenFenced(fenced, "preparing the probe");
      link.act("preparing the probe", missing);
    }
  }

  private boolean deadManExists() {
    return link.text(
            "looking for the dead man's procedure",
            "SELECT COUNT(*) FROM information_schema.routines"
                + " WHERE routine_schema = 'repli_probe' AND routine_name = 'dead_man'")
        .filter("1"::equals)
        .isPresent();
  }

  public void trim(boolean fenced, Duration olderThan) {
    refuseWhenFenced(fenced, "trimming the probe");
    link.act("trimming the probe", acts.trimProbe(olderThan));
  }

  public Map<String, ProbeRow> find(String run, Optional<String> afterId) {
    Map<String, ProbeRow> found = new LinkedHashMap<>();
    if (!exists()) {
      return found;
    }
    var unused =
        link.rows(
            "looking probe rows up",
            "SELECT id, COUNT(*), MIN(server_id) FROM repli_probe.probe_write"
                + " WHERE run = ? AND id > ? GROUP BY id ORDER BY id",
            row -> found.put(row.getString(1), new ProbeRow(row.getInt(2), row.getLong(3))),
            run,
            afterId.orElse(""));
    return found;
  }

  long count(String run, String id) {
    return link.row(
            "looking a probe row up",
            "SELECT COUNT(*) FROM repli_probe.probe_write WHERE run = ? AND id = ?",
            row -> row.getLong(1),
            run,
            id)
        .orElse(0L);
  }

  private boolean exists() {
    return link.text(
            "looking for the probe table",
            "SELECT COUNT(*) FROM information_schema.tables"
                + " WHERE table_schema = 'repli_probe' AND table_name = 'probe_write'")
        .filter("1"::equals)
        .isPresent();
  }

  private void refuseWhenFenced(boolean fenced, String doing) {
    if (fenced) {
      Node node = link.node();
      throw new NodeException(
          node, doing, "the node is fenced; ask the writer", NodeException.Action.REPORT_BUG);
    }
  }
}
