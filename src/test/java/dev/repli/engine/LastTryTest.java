package dev.repli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.LastTry.Outcome;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class LastTryTest {
  private final DriverManagerDataSource database =
      new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
  private final LastTry lastTry = new LastTryConfiguration().lastTry(transactions);

  @BeforeEach
  void makeTable() {
    jdbc.sql("create table note (text varchar(20) primary key)").update();
  }

  private void note(String text) {
    jdbc.sql("insert into note (text) values (?)").param(text).update();
  }

  /** Also where the database itself refused a statement: the step has to end, and to ask people. */
  @Test
  void undoesTheWorkThatFailedAndLetsTheStepGoOn() {
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              note("before");
              Outcome<String> outcome =
                  lastTry.of(
                      () -> {
                        note("work");
                        note("before");
                        return "done";
                      });
              assertThat(outcome.result()).isEmpty();
              assertThat(outcome.problem()).hasValueSatisfying(why -> assertThat(why).isNotBlank());
              note("after");
            });

    assertThat(jdbc.sql("select text from note order by text").query(String.class).list())
        .containsExactly("after", "before");
  }

  @Test
  void keepsTheWorkThatSucceeded() {
    Outcome<String> outcome =
        new TransactionTemplate(transactions)
            .execute(
                status ->
                    lastTry.of(
                        () -> {
                          note("work");
                          return "done";
                        }));

    assertThat(outcome).isEqualTo(new Outcome<>(Optional.of("done"), Optional.empty()));
    assertThat(jdbc.sql("select text from note").query(String.class).list())
        .containsExactly("work");
  }

  @Test
  void saysWhatFailedInOneLine() {
    Outcome<String> outcome =
        lastTry.of(
            () -> {
              throw new IllegalStateException("two\nlines\u202E" + "x".repeat(1_000));
            });

    assertThat(outcome.problem())
        .hasValueSatisfying(why -> assertThat(why).startsWith("two lines x").hasSizeLessThan(420));
  }
}
