package dev.repli.criteria.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.Breach;
import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcBreachesTest {
  private static final PlanId PLAN = new PlanId("shop");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final DriverManagerDataSource database =
      new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  private final JdbcTransactionManager manager = new JdbcTransactionManager(database);
  private final JdbcBreaches breaches = open();

  private JdbcBreaches open() {
    Flyway.configure().dataSource(database).locations("classpath:db/migration/h2").load().migrate();
    return new JdbcBreaches(JdbcClient.create(database), manager);
  }

  private static Breach breach(Optional<Instant> since) {
    return new Breach(
        Criterion.ERRORS_HIGH,
        0.06,
        since.map(at -> 0.05),
        since,
        Duration.ofMillis(1234),
        since.isPresent(),
        NOON,
        NOON.plusMillis(5));
  }

  @Test
  void keepsABreachAsItIs() {
    breaches.keep(PLAN, List.of(breach(Optional.of(NOON))));
    assertThat(breaches.of(PLAN)).containsExactly(breach(Optional.of(NOON)));

    breaches.keep(PLAN, List.of(breach(Optional.empty())));
    assertThat(breaches.of(PLAN)).containsExactly(breach(Optional.empty()));
    assertThat(breaches.of(new PlanId("other"))).isEmpty();
  }

  @Test
  void leavesOutACriterionThatItDoesNotKnow() {
    breaches.keep(PLAN, List.of(breach(Optional.empty())));
    var unused =
        JdbcClient.create(database).sql("update repli_breach set criterion = 'LATER'").update();

    assertThat(breaches.of(PLAN)).isEmpty();
  }

  @Test
  void leavesToTheAlertWhetherItAssertsWhenSomethingIsMeasured() {
    breaches.keep(PLAN, List.of(breach(Optional.empty())));

    breaches.measured(PLAN, List.of(breach(Optional.of(NOON))));

    assertThat(breaches.of(PLAN))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.asserted()).isFalse();
              assertThat(kept.since()).contains(NOON);
            });
  }

  @Test
  void keepsTheFirstBreachesOfManyPlansFromTwoReplisAtOnce() {
    JdbcBreaches second = new JdbcBreaches(JdbcClient.create(database), manager);
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> keepMany(second));

    keepMany(breaches);

    assertThat(other).succeedsWithin(Duration.ofSeconds(60));
    assertThat(breaches.of(new PlanId("plan-199"))).hasSize(1);
  }

  private static void keepMany(JdbcBreaches repli) {
    for (int plan = 0; plan < 200; plan++) {
      repli.keep(new PlanId("plan-" + plan), List.of(breach(Optional.of(NOON))));
    }
  }

  /** The lock would last until the step commits, which may take as long as a query of a metric. */
  @Test
  void holdsNoLockForTheStepThatMeasures() {
    new TransactionTemplate(manager)
        .executeWithoutResult(
            step -> {
              breaches.keep(PLAN, List.of(breach(Optional.of(NOON))));
              step.setRollbackOnly();
              CompletableFuture<Void> other =
                  CompletableFuture.runAsync(
                      () -> breaches.keep(PLAN, List.of(breach(Optional.empty()))));
              assertThat(other).succeedsWithin(Duration.ofSeconds(20));
            });

    assertThat(breaches.of(PLAN)).containsExactly(breach(Optional.empty()));
  }
}
