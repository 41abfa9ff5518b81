package dev.repli.journal.jdbc;

import dev.repli.journal.Journal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A migrated, empty database with a journal on it. */
final class JournalDatabase implements AutoCloseable {
  private final String url;
  private final String user;
  private final String password;
  private final JournalPool pool;

  private JournalDatabase(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.pool = new JournalPool(url, user, password);
  }

  /** Opens the database as it is, makes the tables that are missing. */
  static JournalDatabase open(String url, String user, String password, String vendor) {
    flyway(url, user, password, vendor).migrate();
    return new JournalDatabase(url, user, password);
  }

  private static Flyway flyway(String url, String user, String password, String vendor) {
    return Flyway.configure()
        .dataSource(url, user, password)
        .locations("classpath:db/migration/" + vendor)
        .cleanDisabled(false)
        .load();
  }

  /** Removes everything, then makes the tables. */
  static JournalDatabase empty(String url, String user, String password, String vendor) {
    flyway(url, user, password, vendor).clean();
    return open(url, user, password, vendor);
  }

  /** An embedded database with the settings that Repli runs with. */
  static JournalDatabase inFolder(Path folder) {
    return open(urlIn(folder), "repli", "", "h2");
  }

  static String urlIn(Path folder) {
    return "jdbc:h2:file:" + folder.resolve("repli") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  /** For somebody else who works in the same database. */
  DriverManagerDataSource dataSource() {
    return new DriverManagerDataSource(url, user, password);
  }

  Journal journal() {
    return new JdbcJournal(pool, Clock.systemUTC(), entry -> {});
  }

  JournalPool pool() {
    return pool;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Runs statements outside of the journal, as somebody who tampers would. */
  void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(String.join("; ", statements), e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
