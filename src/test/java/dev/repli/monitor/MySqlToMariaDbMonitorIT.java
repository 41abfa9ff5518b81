package dev.repli.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.comparison.jdbc.ComparisonLab;
import dev.repli.database.Databases;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.plan.Secrets;
import dev.repli.run.InMemoryRuns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** MySQL 9.7 writes, MariaDB 11.8 follows: the monitor speaks to each in its own way. */
class MySqlToMariaDbMonitorIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final InMemoryJournal journal = new InMemoryJournal(Clock.systemUTC());

  @Test
  void seesAReplicaOfTheOtherDialectRunStandAndRunAgain(@TempDir Path folder) throws Exception {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    try (MySqlToMariaDb servers = new MySqlToMariaDb(folder);
        AnnotationConfigApplicationContext databases = databases(servers.secrets())) {
      Plan plan = ComparisonLab.plan(servers.sourceNode(), servers.targetNode());
      InMemoryRuns runs = new InMemoryRuns(new OnePlan(plan), journal);
      try (ReplicationMonitor monitor = monitor(plan, databases.getBean(Databases.class), runs)) {
        standsAndRunsAgain(monitor, servers, plan, runs);
      }
    }
  }

  private void standsAndRunsAgain(
      ReplicationMonitor monitor, MySqlToMariaDb servers, Plan plan, InMemoryRuns runs)
      throws Exception {
    awaitReplicating(monitor, plan);
    servers.source().run("CREATE TABLE app.t (id INT PRIMARY KEY)", "INSERT INTO app.t VALUES (1)");
    awaitReplicating(monitor, plan);
    assertThat(gauge("running", plan)).isOne();
    assertThat(runs.newest(5)).isEmpty();

    servers.target().run(true, "STOP SLAVE SQL_THREAD");
    await().atMost(LONG).until(() -> tick(monitor, plan) instanceof PairState.Failing);
    await().atMost(LONG).until(() -> tick(monitor, plan) != null && !runs.newest(5).isEmpty());
    assertThat(monitor.state(plan.id()).orElseThrow().toString()).contains("does not apply");
    assertThat(gauge("running", plan)).isZero();

    servers.target().run(true, "START SLAVE SQL_THREAD");
    awaitReplicating(monitor, plan);
    assertThat(runs.newest(5)).hasSize(1);
  }

  private static AnnotationConfigApplicationContext databases(Secrets secrets) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(Secrets.class, () -> secrets);
    context.scan("dev.repli.database.mariadb", "dev.repli.database.mysql");
    context.register(Databases.class);
    context.refresh();
    return context;
  }

  private ReplicationMonitor monitor(Plan plan, Databases databases, InMemoryRuns runs) {
    Plans plans = new OnePlan(plan);
    return new ReplicationMonitor(
        plans,
        databases,
        any -> Optional.empty(),
        new Incidents(plans, runs, journal, Measurements.NONE, Clock.systemUTC()),
        meters,
        Clock.systemUTC(),
        Duration.ofMinutes(1),
        Runnable::run);
  }

  private static Object tick(ReplicationMonitor monitor, Plan plan) {
    monitor.tick();
    return monitor.state(plan.id()).orElse(new PairState.NotSetUp());
  }

  private static void awaitReplicating(ReplicationMonitor monitor, Plan plan) {
    await()
        .atMost(LONG)
        .until(
            () ->
                tick(monitor, plan) instanceof PairState.Replicating found
                    && found.replica() == Node.Role.TARGET);
  }

  private double gauge(String name, Plan plan) {
    return meters.get("repli.replication." + name).tag("plan", plan.id().value()).gauge().value();
  }
}
