package dev.repli.delta.binlog;

import dev.repli.database.Position;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a table's present definition is that of its rows: no statement from the beginning of the
 * range up to now names it. Looked up once, when it is first asked for, with a connection of its
 * own; rows are not decoded.
 */
final class LaterStatements {
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** Statements that are kept; with more, no table counts as unchanged. */
  private static final int MOST = 10_000;

  private final Supplier<BinlogFeed> log;
  private @Nullable List<StatementText> statements;

  private LaterStatements(Supplier<BinlogFeed> log) {
    this.log = log;
  }

  static LaterStatements since(Node node, String password, Position from) {
    return new LaterStatements(
        () -> new BinlogFeed(node, new ReplicaConnection(node, password, from, false)));
  }

  boolean leave(TableMap table) {
    if (statements == null) {
      statements = read();
    }
    return statements.size() < MOST
        && statements.stream().noneMatch(statement -> changes(statement, table));
  }

  private static boolean changes(StatementText statement, TableMap table) {
    boolean here = statement.schema().equals(table.schema()) || statement.mentions(table.schema());
    return here
        && (statement.mentions(table.table())
            || statement.sql().matches("(?is).*\\bdatabase\\b.*"));
  }

  private List<StatementText> read() {
    List<StatementText> found = new ArrayList<>();
    try (BinlogFeed feed = log.get()) {
      while (found.size() < MOST) {
        RawEvent event = feed.poll(WAIT);
        if (event == null) {
          if (feed.isOver()) {
            return found;
          }
        } else if (event.type == EventCode.QUERY || event.type == EventCode.QUERY_COMPRESSED) {
          StatementText text = QueryEvent.text(event);
          if (text.meaning() == StatementText.Meaning.DDL) {
            found.add(text);
          }
        }
      }
    }
    return found;
  }
}
