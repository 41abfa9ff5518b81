package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** HAProxy as a child process with a generated configuration; sends all work to one node first. */
final class LabHaproxy implements DemoRoute {
  private final Process process;
  private final Path directory;
  private final Endpoint endpoint;

  private LabHaproxy(Process process, Path directory, Endpoint endpoint) {
    this.process = process;
    this.directory = directory;
    this.endpoint = endpoint;
  }

  /** Where HAProxy is installed, if it is. */
  static Optional<Path> program() {
    Stream<String> folders =
        Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"));
    return folders
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "haproxy"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it after a cutover: sends all work to the target first. */
  static LabHaproxy start(Path program, Path directory, int port, int source, int target)
      throws IOException {
    return start(program, directory, port, source, target, Node.Role.TARGET);
  }

  /** Starts it and waits until it accepts connections. */
  static LabHaproxy start(
      Path program, Path directory, int port, int source, int target, Node.Role writer)
      throws IOException {
    Path configuration = directory.resolve("haproxy.cfg");
    Files.writeString(configuration, configuration(directory, port, source, target, writer));
    Process process =
        new ProcessBuilder(List.of(program.toString(), "-db", "-f", configuration.toString()))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.log").toFile())
            .start();
    LabHaproxy route = new LabHaproxy(process, directory, new Endpoint("127.0.0.1", port));
    if (!Ports.answers(route.endpoint, Duration.ofSeconds(10), process::isAlive)) {
      route.close();
      throw new IOException(
          "HAProxy did not start on port " + port + ": " + route.output().strip());
    }
    return route;
  }

  private static String configuration(
      Path directory, int port, int source, int target, Node.Role writer) {
    return """
        global
          maxconn 500
          stats socket %s mode 600 level admin
        defaults
          mode tcp
          timeout connect 2s
          timeout client 1h
          timeout server 1h
        listen writer
          bind 127.0.0.1:%d
          default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions maxconn 200
          server source 127.0.0.1:%d%s
          server target 127.0.0.1:%d%s
        """
        .formatted(
            directory.resolve("haproxy.sock"),
            port,
            source,
            disabled(writer == Node.Role.TARGET),
            target,
            disabled(writer == Node.Role.SOURCE));
  }

  private static String disabled(boolean yes) {
    return yes ? " disabled" : "";
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("haproxy.log"));
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public String called() {
    return "HAProxy";
  }

  @Override
  public String planEntry() {
    return """
        - type: haproxy
          name: haproxy
          endpoint: {host: %s, port: %d, tls: disabled}
          runtimeApi: unix:%s
          backend: writer
          sourceServer: source
          targetServer: target
        """
        .formatted(endpoint.host(), endpoint.port(), directory.resolve("haproxy.sock"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
