package dev.repli.lab;

import dev.repli.RepliApplication;
import dev.repli.incident.AlertLedger;
import dev.repli.journal.Journal;
import dev.repli.lab.MonitoringPrograms.Scraped;
import dev.repli.run.Runs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole of Repli beside a real Prometheus, which scrapes it, and a real Alertmanager, which
 * tells it what fires.
 */
final class MonitoredRepli implements AutoCloseable {
  private static final String PASSWORD = DemoUser.randomPassword();

  private final ConfigurableApplicationContext repli;
  private final MonitoringPrograms monitoring;

  private MonitoredRepli(ConfigurableApplicationContext repli, MonitoringPrograms monitoring) {
    this.repli = repli;
    this.monitoring = monitoring;
  }

  /** Why it cannot start here; empty when it can. */
  static Optional<String> missing() {
    boolean found =
        MonitoringPrograms.find("prometheus").isPresent()
            && MonitoringPrograms.find("prometheus-alertmanager").isPresent();
    return found
        ? Optional.empty()
        : Optional.of("no prometheus or alertmanager here: run scripts/install-test-tools");
  }

  /**
   * Writes the plan {@code shop}.
   *
   * @param source port of the source; behind the route, too
   * @param secret reference to the one password of all accounts
   * @param criteria what stands below {@code criteria:}
   */
  static void plan(Path directory, int source, String secret, String criteria) throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plans"));
    Files.writeString(
        plans.resolve("shop.yaml"),
        """
        id: shop
        title: Shop
        source:
          kind: mariadb
          host: 127.0.0.1
          port: SOURCE
          tls: trust
          account: {user: repli, password: "SECRET"}
          replication: {user: repl, password: "SECRET"}
        target:
          kind: mariadb
          host: 127.0.0.1
          port: 2
          tls: trust
          account: {user: repli, password: "SECRET"}
          replication: {user: repl, password: "SECRET"}
        routes:
          - type: proxysql
            name: web
            endpoint: {host: 127.0.0.1, port: SOURCE}
            admin: {host: 127.0.0.1, port: 4}
            adminAccount: {user: repli, password: "SECRET"}
            writerHostgroup: 10
            readerHostgroup: 20
        rollbackWindow: 24h
        probe:
          account: {user: repli_probe, password: "SECRET"}
        criteria:
        """
                .replace("SOURCE", String.valueOf(source))
                .replace("SECRET", secret)
            + criteria.indent(2));
  }

  /**
   * Starts all three.
   *
   * @param directory with the plans in {@code plans}
   * @param prometheus its port
   * @param rules what fires when, as a file of rules says it
   * @param others what Prometheus scrapes besides Repli, which is its job "repli"
   */
  static MonitoredRepli start(Path directory, int prometheus, String rules, List<Scraped> others)
      throws IOException {
    int port = Ports.free();
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    ConfigurableApplicationContext repli =
        application.run(
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            "--server.tomcat.basedir=" + directory.resolve("tomcat"),
            "--repli.plans-dir=" + directory.resolve("plans"),
            "--repli.data-dir=" + directory.resolve("data"),
            "--repli.monitor.enabled=false",
            "--repli.demo.users=true",
            "--repli.demo.password=" + PASSWORD);
    try {
      URI base = URI.create("http://127.0.0.1:" + port);
      List<Scraped> scraped = new ArrayList<>(others);
      scraped.add(
          new Scraped("repli", base.resolve("/actuator/prometheus"), Optional.of(user("admin"))));
      return new MonitoredRepli(
          repli,
          MonitoringPrograms.start(
              Files.createDirectories(directory.resolve("monitoring")),
              prometheus,
              base.resolve("/api/webhooks/alertmanager"),
              user("monitor1"),
              rules,
              scraped));
    } catch (IOException | RuntimeException failure) {
      repli.close();
      throw failure;
    }
  }

  private static DemoUser user(String name) {
    return DemoUser.named(name, DemoUser.all(PASSWORD));
  }

  MonitoringPrograms monitoring() {
    return monitoring;
  }

  Runs runs() {
    return repli.getBean(Runs.class);
  }

  Journal journal() {
    return repli.getBean(Journal.class);
  }

  AlertLedger alerts() {
    return repli.getBean(AlertLedger.class);
  }

  @Override
  public void close() {
    monitoring.close();
    repli.close();
  }
}
