package dev.repli.journal.jdbc;

import dev.repli.journal.Evidence;
import dev.repli.journal.Link;
import dev.repli.run.RunKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements that lengthen and read a run's chain, inside the caller's transaction. */
final class ChainStatements {
  /** Longer JSON goes to the unbounded column. */
  static final int SHORT = 4000;

  private static final String ENTRY =
      "select run_key, seq, noted_at, coalesce(long_content, content), previous_hash, hash"
          + " from journal_entry where run_key = ?";

  private final Connection connection;

  ChainStatements(Connection connection) {
    this.connection = connection;
  }

  /** End of a run's chain. */
  private record Head(long seq, String hash) {}

  /**
   * Locks the run's head until the transaction ends, so that nobody else appends meanwhile; for a
   * run without entries the root, which its first entry needs.
   */
  void lock(RunKey run) throws SQLException {
    if (lockedHead(run).isEmpty()) {
      lockedRoot();
    }
  }

  Link append(RunKey run, Instant now, Evidence evidence) throws SQLException {
    Optional<Head> head = lockedHead(run);
    return head.isPresent()
        ? appendAfter(head.get(), run, now, evidence)
        : appendFirst(run, now, evidence);
  }

  /** Empty when one of the names stands there after that entry. */
  Optional<Link> appendUnless(
      RunKey run, Instant now, Evidence evidence, Collection<String> names, long afterSeq)
      throws SQLException {
    Optional<Head> head = lockedHead(run);
    if (head.isEmpty()) {
      lockedRoot();
    }
    if (newestMilestone(run, afterSeq, names).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        head.isPresent()
            ? appendAfter(head.get(), run, now, evidence)
            : append(run, now, evidence));
  }

  private Link appendAfter(Head head, RunKey run, Instant now, Evidence evidence)
      throws SQLException {
    Link link = Link.forge(run, head.seq() + 1, now, evidence, head.hash());
    insert(link);
    update(
        "update journal_head set last_seq = ?, last_hash = ? where run_key = ?",
        link.seq(),
        link.hash(),
        run.value());
    return link;
  }

  /** The first entry of a run is chained to the first entry of the run started before it. */
  private Link appendFirst(RunKey run, Instant now, Evidence evidence) throws SQLException {
    Head root = lockedRoot();
    Optional<Head> startedMeanwhile = lockedHead(run);
    if (startedMeanwhile.isPresent()) {
      return appendAfter(startedMeanwhile.get(), run, now, evidence);
    }
    Link link = Link.forge(run, 1, now, evidence, root.hash());
    long number = root.seq() + 1;
    update(
        "insert into journal_head (run_key, started_no, first_hash, last_seq, last_hash)"
            + " values (?, ?, ?, ?, ?)",
        run.value(),
        number,
        link.hash(),
        1L,
        link.hash());
    insert(link);
    update("update journal_root set started = ?, first_hash = ? where id = 1", number, link.hash());
    return link;
  }

  private void insert(Link link) throws SQLException {
    boolean isLong = link.content().length() > SHORT;
    update(
        "insert into journal_entry (run_key, seq, noted_at, milestone, content, long_content,"
            + " previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
        link.run().value(),
        link.seq(),
        link.at(),
        link.milestone().orElse(null),
        isLong ? null : link.content(),
        isLong ? link.content() : null,
        link.previousHash(),
        link.hash());
  }

  List<Link> read(RunKey run) throws SQLException {
    return links(ENTRY + " order by seq", run.value());
  }

  List<Link> after(RunKey run, long seq, int most) throws SQLException {
    return links(ENTRY + " and seq > ? order by seq limit ?", run.value(), seq, most);
  }

  /** Ends of the chains that began last. */
  Map<RunKey, Long> ends(int most) throws SQLException {
    Map<RunKey, Long> ends = new LinkedHashMap<>();
    try (PreparedStatement statement =
            prepare(
                "select run_key, last_seq from journal_head order by started_no desc limit ?",
                most);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ends.put(new RunKey(rows.getString(1)), rows.getLong(2));
      }
    }
    return ends;
  }

  Optional<Link> newestMilestone(RunKey run, long afterSeq, Collection<String> names)
      throws SQLException {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    List<Object> values = new ArrayList<>(List.of(run.value(), afterSeq));
    values.addAll(names);
    return links(
            ENTRY + " and seq > ? and milestone in (" + marks + ") order by seq desc limit 1",
            values.toArray())
        .stream()
        .findFirst();
  }

  /** Whether exactly this entry is stored; waits for an unfinished append of the same run. */
  boolean holds(Link link) throws SQLException {
    lock(link.run());
    return links(ENTRY + " and seq = ?", link.run().value(), link.seq()).contains(link);
  }

  /** Whether any entry has this hash. */
  boolean stands(String hash) throws SQLException {
    try (PreparedStatement statement = prepare("select 1 from journal_entry where hash = ?", hash);
        ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  private Optional<Head> lockedHead(RunKey run) throws SQLException {
    return head(
        "select last_seq, last_hash from journal_head where run_key = ? for update", run.value());
  }

  private Head lockedRoot() throws SQLException {
    return head("select started, first_hash from journal_root where id = 1 for update")
        .orElseThrow(
            () ->
                new SQLException(
                    "the row of journal_root is missing: somebody removed it; restore the"
                        + " journal's tables from a backup"));
  }

  private Optional<Head> head(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(new Head(rows.getLong(1), rows.getString(2)))
          : Optional.empty();
    }
  }

  private List<Link> links(String sql, Object... values) throws SQLException {
    List<Link> links = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        links.add(
            new Link(
                new RunKey(rows.getString(1)),
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6)));
      }
    }
    return links;
  }

  private void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
