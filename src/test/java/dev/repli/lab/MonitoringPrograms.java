package dev.repli.lab;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Prometheus and an Alertmanager as Debian packs them, on this machine only: what a monitoring
 * team runs, in seconds instead of minutes.
 */
final class MonitoringPrograms implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Process prometheus;
  private final Process alertmanager;
  private final Path directory;
  private final URI metrics;

  private MonitoringPrograms(
      Process prometheus, Process alertmanager, Path directory, URI metrics) {
    this.directory = directory;
    this.prometheus = prometheus;
    this.alertmanager = alertmanager;
    this.metrics = metrics;
  }

  /** Where a program is, as {@code scripts/install-test-tools} installs it. */
  static Optional<Path> find(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts both.
   *
   * @param port of Prometheus
   * @param webhook where Alertmanager sends what fires
   * @param rules what fires when, as a file of rules says it
   * @param scraped the service of the test, and Repli itself
   */
  static MonitoringPrograms start(
      Path directory, int port, URI webhook, DemoUser sender, String rules, List<Scraped> scraped)
      throws IOException {
    int alerts = Ports.free();
    Path password = Files.writeString(directory.resolve("password"), sender.password());
    Files.writeString(
        directory.resolve("alertmanager.yml"), alertmanager(webhook, sender, password));
    Files.writeString(directory.resolve("rules.yml"), rules);
    Files.writeString(directory.resolve("prometheus.yml"), prometheus(alerts, scraped));
    Process alertmanager =
        run(
            directory,
            "prometheus-alertmanager",
            "--config.file=alertmanager.yml",
            "--storage.path=alerts",
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + alerts);
    Process prometheus =
        run(
            directory,
            "prometheus",
            "--config.file=prometheus.yml",
            "--storage.tsdb.path=series",
            "--web.listen-address=127.0.0.1:" + port);
    return new MonitoringPrograms(
        prometheus,
        alertmanager,
        directory,
        URI.create("http://127.0.0.1:" + port + "/api/v1/query"));
  }

  /** What Prometheus asks for numbers. */
  record Scraped(String job, URI address, Optional<DemoUser> login) {
    private String text() {
      String basic =
          login
              .map(user -> "{username: %s, password: '%s'}".formatted(user.name(), user.password()))
              .map(text -> "    basic_auth: " + text + "\n")
              .orElse("");
      return """
            - job_name: %s
              metrics_path: %s
              static_configs: [{targets: ['%s']}]
          """
              .formatted(job, address.getPath(), address.getAuthority())
          + basic;
    }
  }

  private static String prometheus(int alerts, List<Scraped> scraped) {
    StringBuilder jobs = new StringBuilder();
    scraped.forEach(one -> jobs.append(one.text()));
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
    rule_files: [rules.yml]
    alerting:
      alertmanagers:
        - static_configs: [{targets: ['127.0.0.1:%d']}]
    scrape_configs:
    %s"""
        .formatted(alerts, jobs);
  }

  private static String alertmanager(URI webhook, DemoUser sender, Path password) {
    return """
    route: {receiver: repli, group_by: [alertname], group_wait: 1s, group_interval: 1s, repeat_interval: 5s}
    receivers:
      - name: repli
        webhook_configs:
          - url: %s
            send_resolved: true
            http_config:
              basic_auth: {username: %s, password_file: %s}
    """
        .formatted(webhook, sender.name(), password);
  }

  private static Process run(Path directory, String program, String... options) throws IOException {
    List<String> command =
        Stream.concat(Stream.of(find(program).orElseThrow().toString()), Stream.of(options))
            .toList();
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(program + ".log").toFile())
        .start();
  }

  /** Whether Prometheus has reached a job the last time that it asked. */
  boolean isUp(String job) throws IOException, InterruptedException {
    return says("up{job=\"" + job + "\"}", "1");
  }

  /** Whether Prometheus has this value for a query that yields one. */
  boolean says(String asked, String value) throws IOException, InterruptedException {
    URI query = URI.create(metrics + "?query=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
    String answer =
        HTTP.send(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString()).body();
    return answer.contains(",\"" + value + "\"]");
  }

  /** What Alertmanager has said, for a test that waits in vain. */
  String said() throws IOException {
    return Files.readString(directory.resolve("prometheus-alertmanager.log"));
  }

  @Override
  public void close() {
    Stream.of(prometheus, alertmanager).map(Process::destroyForcibly).forEach(this::awaitEnd);
  }

  private void awaitEnd(Process ending) {
    ending.onExit().join();
  }
}
