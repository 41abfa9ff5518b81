package dev.repli.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server of its own on loopback; never as root, which it refuses. */
public final class PostgreSqlServer implements AutoCloseable {
  private static final String USER = "journal";

  private final String password = UUID.randomUUID().toString();
  private final Path programs;
  private final Path folder;
  private final int port;
  private final Process process;

  private PostgreSqlServer(Path programs) throws IOException, InterruptedException {
    this.programs = programs;
    folder = Files.createTempDirectory("repli-postgresql");
    Path secret = Files.writeString(folder.resolve("password"), password);
    giveAway();
    Process init =
        run(
            "initdb",
            "--pgdata=" + data(),
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=" + secret,
            "--no-sync",
            "--encoding=UTF8");
    if (init.waitFor() != 0) {
      throw new IllegalStateException("initdb failed: " + log());
    }
    port = freePort();
    process =
        run(
            "postgres",
            "-D",
            data().toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=");
    Awaitility.await("PostgreSQL answers")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(this::answers);
  }

  public static PostgreSqlServer start(Path programs) {
    try {
      return new PostgreSqlServer(programs);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start PostgreSQL of " + programs, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting PostgreSQL", e);
    }
  }

  /** The newest PostgreSQL on the PATH or where Debian puts it. */
  public static Optional<Path> programs() {
    Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of);
    return Stream.concat(debian(), onPath)
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
        .findFirst();
  }

  private static Stream<Path> debian() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .sorted(Comparator.reverseOrder())
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private boolean answers() throws Exception {
    if (!process.isAlive()) {
      throw new IllegalStateException("PostgreSQL ended: " + log());
    }
    try (Connection connection = DriverManager.getConnection(url(), USER, password)) {
      return connection.isValid(5);
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void giveAway() throws IOException, InterruptedException {
    if (isRoot()) {
      new ProcessBuilder("chown", "-R", "nobody", folder.toString()).inheritIO().start().waitFor();
    }
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
    FileSystemUtils.deleteRecursively(folder);
  }
}
