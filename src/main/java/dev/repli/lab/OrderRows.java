package dev.repli.lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All orders of the traffic that a node has: how often each, and which server took it. */
record OrderRows(Map<Long, Row> rows) {
  /** One order; {@code writtenBy} is the {@code server_id} that took it. */
  record Row(int count, long writtenBy) {}

  OrderRows {
    rows = Map.copyOf(rows);
  }

  /**
   * Reads them.
   *
   * @param node a connection to it, not through the route
   */
  static OrderRows on(Connection node) throws SQLException {
    Map<Long, Row> rows = new HashMap<>();
    try (Statement statement = node.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT order_id, COUNT(*), MIN(written_by) FROM app.orders GROUP BY order_id")) {
      while (found.next()) {
        rows.put(found.getLong(1), new Row(found.getInt(2), found.getLong(3)));
      }
    }
    return new OrderRows(rows);
  }

  int size() {
    return rows.size();
  }

  /** Orders that are there more than once. */
  int duplicated() {
    return (int) rows.values().stream().filter(row -> row.count() > 1).count();
  }

  /** The {@code server_id} that took an order; empty when the order is not there. */
  Optional<Long> writtenBy(long order) {
    return Optional.ofNullable(rows.get(order)).map(Row::writtenBy);
  }
}
