package dev.repli.delta.timed;

import dev.repli.database.jdbc.SqlErrors;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Small questions over one connection, all columns as text. */
record Ask(Node node, Connection connection) implements AutoCloseable {
  private static final String DOING = "looking for rows by time columns";

  List<List<String>> rows(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          String value = result.getString(i);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The first value; empty when there is none. */
  String text(String sql) {
    List<List<String>> rows = rows(sql);
    return rows.isEmpty() ? "" : rows.get(0).get(0);
  }

  void run(String... statements) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // it only read
    }
  }

  RuntimeException failed(SQLException e) {
    return SqlErrors.translate(node, DOING, e, "");
  }
}
