package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.repli.journal.Journal;
import dev.repli.lab.MonitoringPrograms.Scraped;
import dev.repli.plan.PlanId;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of Repli beside a real Prometheus and a real Alertmanager: they scrape it and a
 * service, and tell it what fires; it asks them for the numbers.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // started before it is asked
class PrometheusAlertmanagerIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final PlanId SHOP = new PlanId("shop");
  private static final String RULES =
      """
      groups:
        - name: shop
          rules:
            - alert: CheckoutErrors
              expr: shop_error_rate > 0.05
              for: 2s
              labels: {team: shop}
              annotations: {summary: "Checkout fails for {{ $value }}"}
      """;

  @TempDir private Path directory;
  private volatile double errorRate;
  private HttpServer service;
  private MonitoredRepli repli;

  /** A service that tells its error rate and its latency. */
  private void serve() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/metrics",
        exchange -> {
          byte[] body =
              "shop_error_rate %s\nshop_latency_ms 40\n"
                  .formatted(errorRate)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @BeforeEach
  void start() throws IOException {
    assumeThat(MonitoredRepli.missing()).isEmpty();
    serve();
    int prometheus = Ports.free();
    // nobody connects to the nodes, which do not exist; but a plan without its secrets is none
    MonitoredRepli.plan(
        directory,
        1,
        LabPlan.secret(directory, "unused", "unused"),
        """
        evaluateEvery: 1s
        baseline: {latencyP95Ms: 50}
        metrics:
          type: prometheus
          url: http://127.0.0.1:%d
          queries:
            - {metric: errorRate, query: "shop_error_rate"}
            - {metric: latencyP95Ms, query: "shop_latency_ms"}
        alerts:
          - {label: alertname, value: CheckoutErrors, criterion: errors-high}
        """
            .formatted(prometheus));
    repli =
        MonitoredRepli.start(
            directory,
            prometheus,
            RULES,
            List.of(
                new Scraped(
                    "shop",
                    URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/metrics"),
                    Optional.empty())));
  }

  @AfterEach
  void stop() {
    if (repli != null) {
      repli.close();
    }
    if (service != null) {
      service.stop(0);
    }
  }

  @Test
  void oneAlertBecomesOneRunThatEndsWhenTheAlertIsResolved() {
    Runs runs = repli.runs();
    await().atMost(LONG).ignoreExceptions().until(() -> repli.monitoring().isUp("repli"));
    await().atMost(LONG).ignoreExceptions().until(() -> repli.monitoring().isUp("shop"));
    assertThat(runs.newest(5)).isEmpty();

    errorRate = 0.3;

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(runs.newest(5))
                    .as(repli.monitoring().said())
                    .singleElement()
                    .satisfies(
                        run -> assertThat(run.waitingFor().toString()).contains("Try the fix")));
    Run run = runs.newest(5).get(0);
    assertThat(run.key().value()).startsWith("alerts-shop-");
    assertThat(run.plan()).isEqualTo(SHOP);
    assertThat(run.requestedBy()).isEqualTo("monitor1");
    assertThat(repli.alerts().firing(SHOP)).hasSize(1);
    Journal journal = repli.journal();
    assertThat(journal.newestMilestone(run.key(), "VERDICT").orElseThrow().evidence().toString())
        .contains("errors-high", "ROLLBACK_RECOMMENDED");

    errorRate = 0;

    await().atMost(LONG).until(() -> runs.find(run.key()).flatMap(Run::result).isPresent());
    assertThat(runs.find(run.key()).flatMap(Run::result)).hasValue("Normal operation");
    assertThat(journal.newestMilestone(run.key(), "INCIDENT_RESOLVED")).isPresent();
    assertThat(repli.alerts().firing(SHOP)).isEmpty();
    assertThat(runs.newest(5)).as("repeats fold into it").hasSize(1);
  }
}
