package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker is shown each kind of damage: one that does not see it would prove nothing. */
class TrafficVerdictTest {
  private static final long OLD = 2;
  private static final long NEW = 1;
  private final ClientLog log = new ClientLog();
  private Connection writer;

  @BeforeEach
  void openWriter() throws SQLException {
    writer = DriverManager.getConnection("jdbc:h2:mem:");
    run("CREATE SCHEMA app");
    run("CREATE TABLE app.orders (seq IDENTITY, order_id BIGINT, written_by BIGINT)");
    for (int id = 1; id <= 10; id++) {
      write(id, id <= 6 ? OLD : NEW);
      log.acknowledged(id, id * 1_000_000L);
    }
  }

  @AfterEach
  void closeWriter() throws SQLException {
    writer.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(sql);
    }
  }

  private void write(int id, long server) throws SQLException {
    run("INSERT INTO app.orders (order_id, written_by) VALUES (" + id + ", " + server + ")");
  }

  private TrafficVerdict verdict() throws SQLException {
    return TrafficVerdict.of(log.snapshot(), writer, NEW);
  }

  @Test
  void isSoundWhenEveryAcknowledgedWriteIsThereOnce() throws SQLException {
    assertThat(verdict().sound()).isTrue();
    assertThat(verdict().acknowledged()).isEqualTo(10);
    assertThat(verdict().unacknowledged()).isZero();
  }

  @Test
  void seesALostWrite() throws SQLException {
    run("DELETE FROM app.orders WHERE order_id = 6");
    assertThat(verdict().lost()).isEqualTo(1);
    assertThat(verdict().sound()).isFalse();
  }

  @Test
  void seesADuplicatedWrite() throws SQLException {
    write(6, NEW);
    assertThat(verdict().duplicated()).isEqualTo(1);
    assertThat(verdict().sound()).isFalse();
  }

  @Test
  void countsAWriteThatIsThereWithoutAnAnswer() throws SQLException {
    write(99, OLD);
    assertThat(verdict().unacknowledged()).isEqualTo(1);
    assertThat(verdict().sound()).isTrue();
  }

  @Test
  void measuresTheOutageFromTheLastAnswerOfTheOldToTheFirstOfTheNewWriter() throws SQLException {
    assertThat(verdict().outage()).contains(Duration.ofMillis(1));
    log.acknowledged(20, 900_000_000L);
    write(20, NEW);
    assertThat(verdict().outage()).contains(Duration.ofMillis(1));
  }

  @Test
  void hasNoOutageWhenTheWriterNeverMoved() throws SQLException {
    run("UPDATE app.orders SET written_by = " + OLD);
    assertThat(verdict().outage()).isEmpty();
  }
}
