package dev.repli.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.KeptBreaches;
import dev.repli.criteria.Reading;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.process.TableOfFile;
import dev.repli.database.Databases;
import dev.repli.database.ServerPair;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.CriteriaRules.Threshold;
import dev.repli.plan.Criterion;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.route.haproxy.Haproxy;
import dev.repli.runbook.PlanVersions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What the real table makes of what Repli sees through a real proxy in front of real servers. */
class ProbedMetricsIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** Breached for longer than this counts, so that the test need not last for minutes. */
  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private ServerPair pair;
  private Haproxy haproxy;
  private ProbedMetrics metrics;
  private EvaluateCriteria criteria;
  private Plan plan;

  @BeforeEach
  void start() {
    assumeThat(Haproxy.program())
        .as("haproxy is not installed; run scripts/install-test-tools")
        .isPresent();
    ServerInstallation mariadb = ServerInstallation.fromMaven();
    pair = new ServerPair(mariadb, mariadb);
    pair.writerIsSource();
    haproxy = Haproxy.start(folder, pair.sourceNode().address(), pair.targetNode().address(), "");
    context.registerBean(Secrets.class, pair::secrets);
    context.scan("dev.repli.database.mariadb");
    context.register(Databases.class);
    context.refresh();
    plan =
        ProbedPlans.between(
            pair.sourceNode(),
            pair.targetNode(),
            route(),
            Duration.ofMinutes(1),
            List.of(new Threshold(Criterion.ERRORS_CRITICAL, 0.5, SOON)));
    PlanVersions plans = new PlanVersions();
    plans.add(plan);
    metrics =
        new ProbedMetrics(
            context.getBean(Databases.class),
            plans,
            Clock.systemUTC(),
            ProbedMetrics.INTERVAL,
            new ProbeGauges(new SimpleMeterRegistry()));
    criteria =
        new EvaluateCriteria(
            List.of(metrics),
            new BreachClocks(new KeptBreaches(), Clock.systemUTC(), System::nanoTime),
            new TableOfFile(),
            any -> Optional.of((double) LONG.toMillis()));
    await("enough reads").atMost(LONG).until(() -> judged().outcome() == Outcome.CONTINUE);
  }

  private RouteSpec route() {
    return new RouteSpec.Haproxy(
        "front",
        Optional.of(new Entrance(haproxy.endpoint(), Optional.of(Node.Tls.DISABLED))),
        haproxy.unixApi(),
        "writer",
        "db1",
        "db2",
        Optional.empty(),
        Optional.empty());
  }

  @AfterEach
  void stop() {
    if (metrics != null) {
      metrics.close();
    }
    context.close();
    if (haproxy != null) {
      haproxy.close();
    }
    if (pair != null) {
      pair.close();
    }
  }

  private Judgement judged() {
    return criteria.evaluate(plan, Optional.empty());
  }

  private Reading critical() {
    return judged().readings().stream()
        .filter(reading -> reading.criterion() == Criterion.ERRORS_CRITICAL)
        .findFirst()
        .orElseThrow();
  }

  private void awaitRollbackNow() {
    await("the criterion")
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(judged().inWords()).contains("rollback now", "errors-critical"));
  }

  @Test
  void aDeadWriterCallsForTheRollbackAndTheRouteToTheOtherOneEndsIt() {
    Instant killed = Instant.now();
    pair.target().kill();
    await("reads after it").atMost(LONG).until(() -> measuredAt().isAfter(killed.plusSeconds(5)));
    assertThat(judged().outcome()).as("not the writer").isEqualTo(Outcome.CONTINUE);

    pair.target().restart();
    pair.source().kill();
    awaitRollbackNow();

    haproxy.ask("set server writer/db1 state maint");
    haproxy.ask("set server writer/db2 state ready");
    await("the criterion").atMost(LONG).until(() -> critical().state() == Reading.State.NORMAL);
  }

  private Instant measuredAt() {
    return metrics
        .read(plan, plan.criteria().metrics())
        .flatMap(sample -> sample.measuredAt())
        .orElseThrow();
  }

  /** The proxy still connects to it: the kernel answers for a process that does not. */
  @Test
  void aWriterThatHangsCallsForTheRollbackAlthoughTheProxyTakesItForHealthy() {
    pair.source().freeze();
    awaitRollbackNow();
    assertThat(
            haproxy.ask("show servers state writer").lines().filter(line -> line.contains("db1")))
        .as("up")
        .singleElement()
        .satisfies(line -> assertThat(line.split(" ", -1)[5]).isEqualTo("2"));

    pair.source().thaw();
    await("the criterion").atMost(LONG).until(() -> critical().state() == Reading.State.NORMAL);
  }
}
