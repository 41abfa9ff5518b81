package dev.repli.delta.stream;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that write one after the other, and know of each row what the server acknowledged. */
final class CircleLoad {
  static final String TABLE =
      "CREATE TABLE app.orders (id INT PRIMARY KEY, note VARCHAR(80), amount DECIMAL(12,2),"
          + " at DATETIME(6)) ENGINE=InnoDB DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_general_ci";
  private static final int KEYS = 300;

  /** What every row has to be, by its key. */
  final Map<Integer, String> rows = new TreeMap<>();

  final AtomicInteger acknowledged = new AtomicInteger();
  private final Random random = new Random(42);

  /** How clients get to a server. */
  @FunctionalInterface
  interface Server {
    Connection open() throws SQLException;
  }

  /** Writes until there are so many more acknowledgements. */
  void write(Server server, int more) throws SQLException {
    int until = acknowledged.get() + more;
    try (Connection client = server.open()) {
      while (acknowledged.get() < until) {
        one(client);
        acknowledged.incrementAndGet();
      }
    }
  }

  private void one(Connection client) throws SQLException {
    int id = random.nextInt(KEYS);
    if (!rows.containsKey(id)) {
      rows.put(
          id, put(client, "INSERT INTO app.orders (note, amount, at, id) VALUES (?,?,?,?)", id));
    } else if (random.nextInt(5) == 0) {
      try (Statement statement = client.createStatement()) {
        statement.executeUpdate("DELETE FROM app.orders WHERE id = " + id);
      }
      rows.remove(id);
    } else {
      rows.put(id, put(client, "UPDATE app.orders SET note=?, amount=?, at=? WHERE id=?", id));
    }
  }

  private String put(Connection client, String sql, int id) throws SQLException {
    String note = "n° " + acknowledged.get() + " – zażółć";
    BigDecimal amount = BigDecimal.valueOf(random.nextInt(1_000_000), 2);
    String at =
        "2026-03-01 12:%02d:%02d.%06d"
            .formatted(random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000));
    try (PreparedStatement statement = client.prepareStatement(sql)) {
      statement.setString(1, note);
      statement.setBigDecimal(2, amount);
      statement.setString(3, at);
      statement.setInt(4, id);
      statement.executeUpdate();
    }
    return note + "|" + amount + "|" + at;
  }

  /** The rows that a server has. */
  static Map<Integer, String> rows(Server server) throws SQLException {
    Map<Integer, String> rows = new TreeMap<>();
    try (Connection client = server.open();
        Statement statement = client.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, CONCAT(note, '|', amount, '|', CAST(at AS CHAR)) FROM app.orders")) {
      while (row.next()) {
        rows.put(row.getInt(1), row.getString(2));
      }
    }
    return rows;
  }
}
