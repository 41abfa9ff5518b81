package dev.repli.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything of one server on disk: data, options, certificate, log. */
final class ServerFolder {
  private final Path root;
  private final ServerInstallation installation;

  ServerFolder(Path root, ServerInstallation installation) {
    this.root = root.toAbsolutePath();
    this.installation = installation;
  }

  /** A replica comes back read only after a restart. */
  void keepFenced() {
    try {
      Files.writeString(fenceFile(), "[mariadbd]\nread_only=ON\nevent_scheduler=OFF\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + fenceFile(), e);
    }
  }

  /** The option file that keeps a fence over a restart. */
  Path fenceFile() {
    return root.resolve("conf.d/repli-fence.cnf");
  }

  Path certificate() {
    return root.resolve("cert.pem");
  }

  private Path data() {
    return root.resolve("data");
  }

  private Path log() {
    return root.resolve("server.log");
  }

  /** Makes the data directory with its system tables; the accounts come with the first start. */
  void initialise(List<String> accounts, Clock clock) throws IOException {
    Files.createDirectories(data());
    Files.createDirectories(root.resolve("tmp"));
    Files.createDirectories(root.resolve("conf.d"));
    try {
      LabCertificate.write(root, clock.instant());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate for " + root, e);
    }
    List<String> init = new ArrayList<>(List.of("SET sql_log_bin=0;"));
    init.addAll(accounts);
    Files.writeString(root.resolve("accounts.sql"), String.join("\n", init) + "\n");
    bootstrap();
  }

  private void bootstrap() throws IOException {
    List<String> command = new ArrayList<>(List.of(program(), "--no-defaults", "--bootstrap"));
    options().forEach(o -> command.add("--" + o));
    Process process = launch(command);
    try (OutputStream sql = process.getOutputStream()) {
      sql.write(
          "create database mysql;\nuse mysql;\nset @auth_root_socket=NULL;\n"
              .getBytes(StandardCharsets.UTF_8));
      for (Path file : installation.systemSql()) {
        Files.copy(file, sql);
      }
    }
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the data directory was not made: " + lastLog());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making " + data(), e);
    }
  }

  Process start(int port, ServerSettings settings, boolean first) throws IOException {
    List<String> lines = new ArrayList<>(List.of("[mariadbd]"));
    lines.addAll(options());
    lines.add("port=" + port);
    lines.add("bind-address=127.0.0.1");
    lines.add("socket=lab.sock"); // relative to the data directory: absolute paths are limited
    lines.add("pid-file=lab.pid");
    lines.add("server-id=" + settings.serverId());
    lines.addAll(
        List.of(
            "log-bin=bin",
            "relay-log=relay",
            "log-slave-updates",
            "gtid-strict-mode",
            "slave-ddl-exec-mode=STRICT",
            "binlog-format=ROW",
            "skip-name-resolve",
            "max-connections=500",
            "performance-schema=ON",
            "performance-schema-instrument='wait/lock/metadata/sql/mdl=ON'"));
    lines.add("sync-binlog=" + (settings.durable() ? 1 : 0));
    lines.add("innodb-flush-log-at-trx-commit=" + (settings.durable() ? 1 : 2));
    lines.add("ssl-cert=" + certificate());
    lines.add("ssl-key=" + root.resolve("key.pem"));
    settings.variables().forEach((name, value) -> lines.add(name + "=" + value));
    if (first) {
      lines.add("init-file=" + root.resolve("accounts.sql"));
    }
    lines.add("!includedir " + root.resolve("conf.d"));
    Path file = root.resolve("server.cnf");
    Files.write(file, lines);
    return launch(List.of(program(), "--defaults-file=" + file));
  }

  /** The passwords are of no more use in the file once the accounts are there. */
  void forgetAccounts() throws IOException {
    Files.deleteIfExists(root.resolve("accounts.sql"));
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    options.add("datadir=" + data());
    options.add("tmpdir=" + root.resolve("tmp"));
    options.add("lc-messages-dir=" + installation.share());
    options.add("character-sets-dir=" + installation.share().resolve("charsets"));
    options.add("innodb-log-file-size=16M");
    options.add("innodb-undo-tablespaces=0");
    options.add("innodb-buffer-pool-size=64M");
    if ("root".equals(System.getProperty("user.name"))) {
      options.add("user=root"); // it refuses to be root without being told
    }
    return options;
  }

  private String program() {
    return installation.program().toString();
  }

  private Process launch(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    return builder.start();
  }

  /** The end of the server's log, for messages. */
  String lastLog() {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "no log at " + log();
    }
  }

  void delete() {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
