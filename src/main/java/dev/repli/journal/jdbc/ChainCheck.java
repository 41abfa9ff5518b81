package dev.repli.journal.jdbc;

import dev.repli.journal.Journal.Integrity;
import dev.repli.journal.Link;
import dev.repli.journal.Seal;
import dev.repli.run.RunKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every chain from what is stored, in one snapshot, so that running appends do not
 * disturb.
 */
final class ChainCheck {
  private final Connection connection;
  private final List<String> findings = new ArrayList<>();
  private final Seal seal = new Seal();
  private long runs;
  private long entries;

  ChainCheck(Connection connection) {
    this.connection = connection;
  }

  Integrity check() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      List<Head> heads = heads();
      heads.forEach(this::count);
      starts(heads);
      for (Head head : heads) {
        chain(head);
      }
      orphans();
    } finally {
      connection.rollback();
    }
    return findings.isEmpty()
        ? new Integrity.Intact(runs, entries, seal.hex())
        : new Integrity.Broken(findings);
  }

  private record Head(
      String run, long startedNo, String firstHash, long lastSeq, String lastHash) {}

  private void count(Head head) {
    runs++;
    entries += head.lastSeq();
    seal.add(head.run(), head.lastSeq(), head.lastHash());
  }

  private List<Head> heads() throws SQLException {
    List<Head> heads = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select run_key, started_no, first_hash, last_seq, last_hash from journal_head"
                    + " order by started_no")) {
      while (rows.next()) {
        heads.add(
            new Head(
                rows.getString(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getString(5)));
      }
    }
    return heads;
  }

  /**
   * Every number from 1 to the root's is a run, and the root names the newest run's first entry.
   */
  private void starts(List<Head> heads) throws SQLException {
    long expected = 1;
    for (Head head : heads) {
      for (; expected < head.startedNo(); expected++) {
        findings.add("run number " + expected + " is missing: removed before run " + head.run());
      }
      expected = head.startedNo() + 1;
    }
    try (Statement statement = connection.createStatement();
        ResultSet root =
            statement.executeQuery("select started, first_hash from journal_root where id = 1")) {
      if (!root.next()) {
        findings.add("the row that counts the runs is missing");
        return;
      }
      long started = root.getLong(1);
      for (; expected <= started; expected++) {
        findings.add("run number " + expected + " is missing: removed, nothing stands after it");
      }
      String newest = heads.isEmpty() ? Link.GENESIS : heads.get(heads.size() - 1).firstHash();
      if (expected > started + 1 || !newest.equals(root.getString(2))) {
        findings.add("the row that counts the runs does not name the newest run's first entry");
      }
    }
  }

  private void chain(Head head) throws SQLException {
    String sql =
        "select seq, noted_at, coalesce(long_content, content), previous_hash, hash, milestone"
            + " from journal_entry where run_key = ? order by seq";
    Optional<String> previous = previousFirstHash(head);
    long expected = 1;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, head.run());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Row row = Row.of(head.run(), rows);
          expected = gap(head, expected, row.seq());
          row.check(previous, findings);
          ends(head, row);
          previous = Optional.of(row.hash());
        }
      }
    }
    if (expected <= head.lastSeq()) {
      findings.add(
          at(head.run(), expected)
              + ": missing, and with it everything to the end, entry "
              + head.lastSeq());
    } else if (expected > head.lastSeq() + 1) {
      findings.add(
          at(head.run(), head.lastSeq() + 1) + ": stands behind the end of the run's chain");
    }
  }

  private long gap(Head head, long expected, long found) {
    for (long missing = expected; missing < found && missing <= head.lastSeq(); missing++) {
      findings.add(at(head.run(), missing) + ": missing");
    }
    return found + 1;
  }

  private void ends(Head head, Row row) {
    if (row.seq() == 1 && !row.hash().equals(head.firstHash())) {
      findings.add(at(head.run(), 1) + ": is not the entry the run started with");
    }
    if (row.seq() == head.lastSeq() && !row.hash().equals(head.lastHash())) {
      findings.add(at(head.run(), row.seq()) + ": is not the entry the run's chain ends with");
    }
  }

  /**
   * The hash the run's first entry has to be chained to; empty when the run started before it is
   * missing, which is a finding already.
   */
  private Optional<String> previousFirstHash(Head head) throws SQLException {
    try (var statement =
        connection.prepareStatement("select first_hash from journal_head where started_no = ?")) {
      statement.setLong(1, head.startedNo() - 1);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(rows.getString(1))
            : head.startedNo() == 1 ? Optional.of(Link.GENESIS) : Optional.empty();
      }
    }
  }

  private void orphans() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select run_key, count(*) from journal_entry where run_key not in"
                    + " (select run_key from journal_head) group by run_key order by run_key")) {
      while (rows.next()) {
        findings.add(
            "run " + rows.getString(1) + ": its " + rows.getLong(2) + " entries belong to no run");
      }
    }
  }

  private static String at(String run, long seq) {
    return "run " + run + ", entry " + seq;
  }

  /** One stored entry. */
  private record Row(
      String run,
      long seq,
      String at,
      String content,
      String previousHash,
      String hash,
      @Nullable String milestone) {

    static Row of(String run, ResultSet rows) throws SQLException {
      return new Row(
          run,
          rows.getLong(1),
          rows.getString(2),
          Objects.requireNonNullElse(rows.getString(3), ""),
          rows.getString(4),
          rows.getString(5),
          rows.getString(6));
    }

    void check(Optional<String> previous, List<String> findings) {
      String where = ChainCheck.at(run, seq);
      if (previous.isPresent() && !previousHash.equals(previous.get())) {
        findings.add(where + ": does not continue the entry before it");
      }
      if (!hash.equals(Link.hash(run, seq, at, content, previousHash))) {
        findings.add(where + ": its text, time or place was changed, it does not match its hash");
      } else if (!Objects.equals(milestone, storedMilestone())) {
        findings.add(where + ": the name of its milestone was changed");
      }
    }

    private @Nullable String storedMilestone() {
      return new Link(new RunKey(run), seq, at, content, previousHash, hash)
          .milestone()
          .orElse(null);
    }
  }
}
