package dev.repli.journal.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

/**
 * A small pool of the journal's own. It is not a Spring data source, so that no append can join the
 * engine's transaction, and appends cannot starve when all of the engine's connections are in use
 * by threads that are about to append.
 */
final class JournalPool implements AutoCloseable {
  /**
   * Switches that run at the same time hold one each; all other appends last about a millisecond.
   */
  private static final int CONNECTIONS = 10;

  private static final Duration BORROW_LIMIT = Duration.ofSeconds(10);

  private static final int VALIDATION_LIMIT_S = 5;

  private final HikariDataSource pool;
  private final Dialect dialect;

  /** For a database that is there already: an embedded one that is missing is not made. */
  static JournalPool existing(DataSourceProperties database) {
    String url = database.determineUrl();
    return new JournalPool(
        url + Dialect.of(url).onlyExisting(),
        database.determineUsername(),
        database.determinePassword());
  }

  JournalPool(String url, String user, String password) {
    dialect = Dialect.of(url);
    HikariConfig config = new HikariConfig();
    config.setPoolName("journal");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(BORROW_LIMIT.toMillis());
    // the database may come up after Repli; the first append tells when it does not
    config.setInitializationFailTimeout(-1);
    if (!dialect.prepare().isEmpty()) {
      config.setConnectionInitSql(dialect.prepare());
    }
    pool = new HikariDataSource(config);
  }

  /**
   * A connection that answers. The pool itself asks only those that rested for half a second, and a
   * server can be back sooner than that.
   */
  Connection borrow() throws SQLException {
    for (int dead = 0; dead < CONNECTIONS; dead++) {
      Connection connection = pool.getConnection();
      if (connection.isValid(VALIDATION_LIMIT_S)) {
        return connection;
      }
      pool.evictConnection(connection);
    }
    return pool.getConnection();
  }

  Dialect dialect() {
    return dialect;
  }

  @Override
  public void close() {
    pool.close();
  }
}
