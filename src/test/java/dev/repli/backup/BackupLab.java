package dev.repli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** A real 10.11 with some tables, and backups of it as operators make them. */
public final class BackupLab implements AutoCloseable {
  private static final String RELEASE = "mariadb-10.11";
  final MariaDbServer server;
  private final Path folder;
  private final Path tools;

  public BackupLab(Path folder) throws IOException, SQLException {
    this.folder = folder;
    ServerInstallation installation = ServerInstallation.unpacked(RELEASE);
    tools = installation.program().resolveSibling(".").normalize();
    server =
        MariaDbServer.start(installation, settings(), LabAccounts.random(), folder.resolve("s"));
    try (Connection admin = server.admin();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE DATABASE IF NOT EXISTS app");
      sql.execute("CREATE TABLE app.`odd ``name` (id INT PRIMARY KEY, t TEXT)");
      sql.execute(
          "INSERT INTO app.`odd ``name` SELECT seq, REPEAT('x', 500) FROM app.seq_1_to_5000");
      sql.execute("CREATE TABLE app.old (id INT PRIMARY KEY) WITH SYSTEM VERSIONING");
      sql.execute("INSERT INTO app.old VALUES (1), (2), (3)");
      sql.execute("CREATE USER IF NOT EXISTS 'bk'@'%' IDENTIFIED BY 'bk'");
      sql.execute("GRANT ALL ON *.* TO 'bk'@'%'");
    }
    Files.createDirectories(backups());
  }

  private static ServerSettings settings() {
    return ServerSettings.of(1)
        .with("innodb-log-file-size", "16M")
        .with("innodb-undo-tablespaces", "0");
  }

  public static boolean isPossible() {
    return ServerInstallation.isUnpacked(RELEASE);
  }

  public Path backups() {
    return folder.resolve("backups");
  }

  /**
   * @param filter behind the stream; empty for a directory
   */
  public Path backup(String name, String filter) throws IOException {
    Path to = backups().resolve(name);
    String base =
        "%s/mariadb-backup --no-defaults --backup --protocol=tcp --host=127.0.0.1 --port=%d --user=bk"
            .formatted(tools, server.port());
    String data = " --datadir=" + folder.resolve("s/data");
    String command =
        filter.isEmpty()
            ? base + data + " --target-dir=" + to
            : base + data + " --stream=mbstream --target-dir=/tmp | " + filter + " >" + to;
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-o", "pipefail", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("MYSQL_PWD", "bk");
    assertThat(builder.start().onExit().join().exitValue())
        .as("%s", folder.resolve(name + ".log"))
        .isZero();
    return to;
  }

  /** As a plan says it. */
  public Machine machine(HostAccess access, Path backups, Path scratch, String version) {
    return new Machine(
        access,
        folder.resolve("s/data"),
        System.getProperty("user.name") + ":" + System.getProperty("user.name"),
        tools.resolve("mariadbd"),
        List.of("/bin/true"),
        List.of("/bin/true"),
        Optional.of(new Machine.Backups(backups, scratch)),
        Optional.of(new Machine.Previous(version, tools, List.of("/bin/true"))));
  }

  @Override
  public void close() {
    server.close();
  }
}
