package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.repli.RepliApplication;
import dev.repli.incident.AlertLedger;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole of Repli beside a real Prometheus and a real Alertmanager: they scrape it and a
 * service, and tell it what fires; it asks them for the numbers.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // started before it is asked
class PrometheusAlertmanagerIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final PlanId SHOP = new PlanId("shop");
  private static final String PASSWORD = DemoUser.randomPassword();

  @TempDir private Path directory;
  private volatile double errorRate;
  private HttpServer service;
  private ConfigurableApplicationContext repli;
  private MonitoringPrograms monitoring;

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

  private void writePlan(int prometheus) throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plans"));
    // nobody connects to the nodes, which do not exist; but a plan without its secrets is none
    Path secret =
        Files.createFile(
            directory.resolve("secret"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, "unused");
    Files.writeString(
        plans.resolve("shop.yaml"),
        """
        id: shop
        title: Shop
        source:
          kind: mariadb
          host: 127.0.0.1
          port: 1
          tls: trust
          account: {user: repli, password: "file:SECRET"}
          replication: {user: repl, password: "file:SECRET"}
        target:
          kind: mariadb
          host: 127.0.0.1
          port: 2
          tls: trust
          account: {user: repli, password: "file:SECRET"}
          replication: {user: repl, password: "file:SECRET"}
        routes:
          - type: proxysql
            name: web
            endpoint: {host: 127.0.0.1, port: 3}
            admin: {host: 127.0.0.1, port: 4}
            adminAccount: {user: repli, password: "file:SECRET"}
            writerHostgroup: 10
            readerHostgroup: 20
        rollbackWindow: 24h
        probe:
          account: {user: repli_probe, password: "file:SECRET"}
        criteria:
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
            .formatted(prometheus)
            .replace("file:SECRET", "file:" + secret));
  }

  @BeforeEach
  void start() throws IOException {
    assumeTrue(
        MonitoringPrograms.find("prometheus").isPresent()
            && MonitoringPrograms.find("prometheus-alertmanager").isPresent(),
        "no prometheus and prometheus-alertmanager here: run scripts/install-test-tools");
    serve();
    int prometheus = Ports.free();
    int port = Ports.free();
    writePlan(prometheus);
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    repli =
        application.run(
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            "--server.tomcat.basedir=" + directory.resolve("tomcat"),
            "--repli.plans-dir=" + directory.resolve("plans"),
            "--repli.data-dir=" + directory.resolve("data"),
            "--repli.monitor.enabled=false",
            "--repli.demo.users=true",
            "--repli.demo.password=" + PASSWORD);
    URI base = URI.create("http://127.0.0.1:" + port);
    monitoring =
        MonitoringPrograms.start(
            Files.createDirectories(directory.resolve("monitoring")),
            prometheus,
            base.resolve("/api/webhooks/alertmanager"),
            user("monitor1"),
            List.of(
                new Scraped(
                    "shop",
                    URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/metrics"),
                    Optional.empty()),
                new Scraped(
                    "repli", base.resolve("/actuator/prometheus"), Optional.of(user("admin")))));
  }

  private static DemoUser user(String name) {
    return DemoUser.named(name, DemoUser.all(PASSWORD));
  }

  @AfterEach
  void stop() {
    if (monitoring != null) {
      monitoring.close();
    }
    if (repli != null) {
      repli.close();
    }
    if (service != null) {
      service.stop(0);
    }
  }

  @Test
  void oneAlertBecomesOneRunThatEndsWhenTheAlertIsResolved() {
    Runs runs = repli.getBean(Runs.class);
    await().atMost(LONG).ignoreExceptions().until(() -> monitoring.isUp("repli"));
    await().atMost(LONG).ignoreExceptions().until(() -> monitoring.isUp("shop"));
    assertThat(runs.newest(5)).isEmpty();

    errorRate = 0.3;

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(runs.newest(5))
                    .as(monitoring.said())
                    .singleElement()
                    .satisfies(
                        run -> assertThat(run.waitingFor().toString()).contains("Try the fix")));
    Run run = runs.newest(5).get(0);
    assertThat(run.key().value()).startsWith("alerts-shop-");
    assertThat(run.plan()).isEqualTo(SHOP);
    assertThat(run.requestedBy()).isEqualTo("monitor1");
    assertThat(repli.getBean(AlertLedger.class).firing(SHOP)).hasSize(1);
    Journal journal = repli.getBean(Journal.class);
    assertThat(journal.newestMilestone(run.key(), "VERDICT").orElseThrow().evidence().toString())
        .contains("errors-high", "ROLLBACK_RECOMMENDED");

    errorRate = 0;

    await().atMost(LONG).until(() -> runs.find(run.key()).flatMap(Run::result).isPresent());
    assertThat(runs.find(run.key()).flatMap(Run::result)).hasValue("Normal operation");
    assertThat(journal.newestMilestone(run.key(), "INCIDENT_RESOLVED")).isPresent();
    assertThat(repli.getBean(AlertLedger.class).firing(SHOP)).isEmpty();
    assertThat(runs.newest(5)).as("repeats fold into it").hasSize(1);
  }
}
