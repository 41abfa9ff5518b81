package dev.repli.route.proxysql;

import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.RouteException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one connection to ProxySQL's admin port. That port only looks like MariaDB: it has no
 * transactions, answers every error as 1045, and with {@code setQueryTimeout} or {@code setMaxRows}
 * it silently returns nothing (measured). So statements here are plain and bounded by the socket's
 * time-out.
 */
final class AdminConnection implements AutoCloseable {
  private final RouteSpec.ProxySql spec;
  private final Connection connection;
  private final ActLog log;

  AdminConnection(RouteSpec.ProxySql spec, Connection connection, ActLog log) {
    this.spec = spec;
    this.connection = connection;
    this.log = log;
  }

  /** Reads one row of a result. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> look(String sql, Row<T> reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return result;
    } catch (SQLException e) {
      throw new RouteException(spec.name(), sql, e);
    }
  }

  void act(String sql) {
    long start = System.nanoTime();
    String outcome = "ok";
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      outcome = String.valueOf(e.getMessage());
      throw new RouteException(spec.name(), sql, e);
    } finally {
      log.ran(spec.name(), sql, Duration.ofNanos(System.nanoTime() - start), outcome);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // ProxySQL ends the session by itself when the socket is gone
    }
  }
}
