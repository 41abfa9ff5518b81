package dev.repli.lab;

import dev.repli.plan.Endpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One application-like session: writes one order after the other through the route with autocommit,
 * reconnects when its connection ends, and never writes the same order twice.
 */
final class TrafficClient implements AutoCloseable {
  /** The table says who took the row: an {@code @} in here would tie the session to one node. */
  private static final String INSERT = "INSERT INTO app.orders (order_id, item) VALUES (?, ?)";

  private final Endpoint route;
  private final Properties login;
  private final ClientLog log;
  private final Pulse pulse;
  private long nextId;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement insert;

  /**
   * @param number of this client; its orders are numbered from {@code number * 10^12} on
   */
  TrafficClient(
      int number, Endpoint route, String user, String password, ClientLog log, Pulse pulse) {
    this.route = route;
    this.log = log;
    this.pulse = pulse;
    this.nextId = number * 1_000_000_000_000L;
    login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
  }

  /** Writes one order, or notes why it could not. */
  void write() {
    long begun = System.nanoTime();
    boolean acknowledged = acknowledged();
    pulse.beat(begun, System.nanoTime(), acknowledged);
  }

  private boolean acknowledged() {
    PreparedStatement statement;
    try {
      statement = statement();
    } catch (SQLException e) {
      log.notConnected("no connection: " + firstLine(e));
      close();
      return false;
    }
    long id = ++nextId;
    try {
      statement.setLong(1, id);
      statement.setString(2, "item " + id % 97);
      statement.executeUpdate();
      log.acknowledged(id, System.nanoTime());
      return true;
    } catch (SQLNonTransientConnectionException | SQLTransientConnectionException e) {
      log.unknown("connection ended: " + firstLine(e));
      close();
    } catch (SQLException e) {
      log.refused(e.getErrorCode() + " " + firstLine(e));
    }
    return false;
  }

  private PreparedStatement statement() throws SQLException {
    if (insert == null) {
      connection =
          DriverManager.getConnection(
              "jdbc:mariadb://"
                  + route
                  + "/?sslMode=disable&allowPublicKeyRetrieval=true"
                  + "&connectTimeout=1000&socketTimeout=5000",
              login);
      insert = connection.prepareStatement(INSERT);
    }
    return insert;
  }

  /** The driver's message without its own prefix, which holds connection numbers. */
  private static String firstLine(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.replaceFirst("^\\(conn=\\d+\\) ", "");
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    insert = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      log.notConnected("closing: " + firstLine(e));
    }
  }
}
