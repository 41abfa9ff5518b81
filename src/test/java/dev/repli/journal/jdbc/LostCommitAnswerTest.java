package dev.repli.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repli.journal.Evidence;
import dev.repli.journal.JournalException;
import dev.repli.run.RunKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database did, or did not, commit, and the connection broke before it could tell. */
class LostCommitAnswerTest {
  private static final RunKey RUN = new RunKey("incident-4711");
  private static final Evidence.Milestone MILESTONE =
      new Evidence.Milestone("POINT_OF_NO_RETURN", "", Map.of());
  private JournalDatabase database;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = JournalDatabase.inFolder(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** What happens in the place of a commit, before the connection breaks. */
  private interface InsteadOfCommit {
    void on(Connection connection) throws SQLException;
  }

  private JdbcSession session(InsteadOfCommit act) throws SQLException {
    Connection real = database.pool().borrow();
    Connection breaking =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("commit")) {
                    act.on(real);
                    throw new SQLException("connection reset", "08S01");
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new JdbcSession(
        RUN, breaking, new Transaction(database.pool(), entry -> {}), Clock.systemUTC());
  }

  @Test
  void knowsThatTheEntryIsThereWhenItIs() throws SQLException {
    try (JdbcSession session = session(Connection::commit)) {
      assertThat(session.append(MILESTONE).seq()).isEqualTo(1);
    }
    assertThat(database.journal().read(RUN)).hasSize(1);
  }

  @Test
  void saysThatNothingWasWrittenWhenItWasNot() throws SQLException {
    try (JdbcSession session = session(Connection::rollback)) {
      JournalException failure =
          catchThrowableOfType(JournalException.class, () -> session.append(MILESTONE));
      assertThat(failure.outcomeUnknown()).isFalse();
      assertThat(failure).hasMessageContaining("spring.datasource.url");
    }
    assertThat(database.journal().read(RUN)).isEmpty();
  }

  @Test
  void saysThatItDoesNotKnowWhenTheDatabaseIsGone() throws SQLException {
    JdbcSession session =
        session(
            connection -> {
              connection.commit();
              database.close();
            });
    JournalException failure =
        catchThrowableOfType(JournalException.class, () -> session.append(MILESTONE));
    assertThat(failure.outcomeUnknown()).isTrue();
  }
}
