package dev.repli.database.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.NodeException;
import dev.repli.database.ProbeConnection;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * One connection to a node. A look reads, an act changes something and is told to the log. Waits
 * are done by the server, never here.
 */
public final class SqlLink implements AutoCloseable {
  /** Answers of a poll come this far apart; the server does the waiting. */
  private static final String PAUSE = "SLEEP(0.0005)";

  private static final int POLLS = 4000;
  private static final Executor HERE = Runnable::run;

  private final Node node;
  private final Connection connection;
  private final Duration answerLimit;
  private final ActLog log;

  SqlLink(Node node, Connection connection, Duration answerLimit, ActLog log) {
    this.node = node;
    this.connection = connection;
    this.answerLimit = answerLimit;
    this.log = log;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public Node node() {
    return node;
  }

  /** All rows of a query; texts given for {@code ?}. */
  public <T> List<T> rows(String doing, String sql, RowReader<T> reader, Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(reader.read(result));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw failure(doing, e, "");
    }
  }

  public <T> Optional<T> row(String doing, String sql, RowReader<T> reader, Object... values) {
    return rows(doing, sql, reader, values).stream().findFirst();
  }

  /** First column of the first row; {@code null} in the database counts as empty. */
  public Optional<String> text(String doing, String sql, Object... values) {
    return row(doing, sql, r -> Optional.ofNullable(r.getString(1)), values)
        .flatMap(value -> value);
  }

  /**
   * The same for several queries in order.
   *
   * @param block how the server takes several at once, {@code %s} for them; empty when it cannot
   */
  public List<List<String>> texts(String doing, String block, List<Query> queries) {
    if (block.isEmpty()) {
      return queries.stream()
          .map(query -> rows(doing, query.sql, row -> text(row), query.values.toArray()))
          .toList();
    }
    String all = queries.stream().map(query -> query.sql + ";").collect(Collectors.joining(" "));
    try (PreparedStatement statement = connection.prepareStatement(block.formatted(all))) {
      int place = 1;
      for (Query query : queries) {
        for (Object value : query.values) {
          statement.setObject(place++, value);
        }
      }
      List<List<String>> results = new ArrayList<>();
      for (boolean rows = statement.execute();
          rows || statement.getUpdateCount() >= 0;
          rows = statement.getMoreResults()) {
        if (rows) {
          results.add(texts(statement));
        }
      }
      return results;
    } catch (SQLException e) {
      throw failure(doing, e, "");
    }
  }

  private static List<String> texts(Statement statement) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet result = statement.getResultSet()) {
      while (result.next()) {
        texts.add(text(result));
      }
    }
    return texts;
  }

  private static String text(ResultSet row) throws SQLException {
    String text = row.getString(1);
    return text == null ? "" : text;
  }

  /** A query whose first column matters, and texts or numbers for its question marks. */
  public record Query(String sql, List<Object> values) {
    public Query {
      values = List.copyOf(values);
    }

    static Query of(String sql, Object... values) {
      return new Query(sql, List.of(values));
    }
  }

  /**
   * Whether the condition became true within about two seconds.
   *
   * @param condition a boolean SQL expression
   */
  public boolean becomes(String doing, String condition, Object... values) {
    for (int poll = 0; poll < POLLS; poll++) {
      boolean yes = text(doing, "SELECT " + condition, values).filter("1"::equals).isPresent();
      if (yes) {
        return true;
      }
      var unused = text(doing, "SELECT " + PAUSE);
    }
    return false;
  }

  /** Runs a statement that leaves the node as it is and whose answer does not matter. */
  public void look(String doing, String sql) {
    try (Statement jdbc = connection.createStatement()) {
      jdbc.execute(sql);
    } catch (SQLException e) {
      throw failure(doing, e, "");
    }
  }

  /** Runs statements that change something, in order. */
  public void act(String doing, List<String> statements) {
    for (String statement : statements) {
      act(doing, statement, "");
    }
  }

  /**
   * Runs a statement that changes something.
   *
   * @param secret part of the statement that no log or message may show; empty when there is none
   */
  public void act(String doing, String statement, String secret) {
    try {
      execute(statement, secret);
    } catch (SQLException e) {
      throw failure(doing, e, secret);
    }
  }

  /** As {@link #act}, for callers that expect some of the errors. */
  public void execute(String statement, String secret) throws SQLException {
    String shown = secret.isEmpty() ? statement : statement.replace(secret, "***");
    long begin = System.nanoTime();
    try (Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
      log.ran(node.label(), shown, Duration.ofNanos(System.nanoTime() - begin), "ok");
    } catch (SQLException e) {
      String why = SqlErrors.translate(node, "", e, secret).getMessage();
      log.ran(
          node.label(), shown, Duration.ofNanos(System.nanoTime() - begin), String.valueOf(why));
      throw e;
    }
  }

  /**
   * Makes it a probe's.
   *
   * @param insert one probe write; run and id for the two question marks
   */
  public ProbeConnection asProbe(String insert) {
    try {
      return new SqlProbe(this, connection.prepareStatement(insert));
    } catch (SQLException e) {
      throw failure("preparing a probe write", e, "");
    }
  }

  /** Lets answers take this long until {@link #usualLimit()}. */
  public void limit(Duration wait) {
    try {
      connection.setNetworkTimeout(HERE, Math.toIntExact(wait.toMillis()));
    } catch (SQLException e) {
      throw failure("setting a time limit", e, "");
    }
  }

  /** Back to the limit that the connection was opened with. */
  public void usualLimit() {
    try {
      connection.setNetworkTimeout(HERE, Math.toIntExact(answerLimit.toMillis()));
    } catch (SQLException e) {
      // the connection is gone; whoever uses it next is told so, the first failure stays the first
    }
  }

  public NodeException failure(String doing, SQLException e, String secret) {
    return SqlErrors.translate(node, doing, e, secret);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // it is gone already, which is what was asked for
    }
  }
}
