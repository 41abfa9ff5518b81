package dev.repli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeSession;
import dev.repli.database.ServerPair;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.host.local.LocalHosts;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Endpoint;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import dev.repli.rollback.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What real servers tell of themselves to Repli's account, in the words that are asked. */
class WatchedServersIT {
  private static final Path PLUGINS =
      Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
          .resolve("servers/mariadb-11.8/usr/lib/mysql/plugin")
          .toAbsolutePath();
  @TempDir Path folder;

  @Test
  void tellHowTheyDo() throws IOException, InterruptedException, SQLException {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    try (MySqlToMariaDb servers = new MySqlToMariaDb(folder);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      Databases databases = databases(context, servers.secrets());

      List<Finding> mysql = look(databases, servers.sourceNode());
      told(mysql);
      assertThat(found(mysql, ServerLook.LOG)).matches("[0-9]+ errors in the last 15 min.*");
      List<Finding> maria = look(databases, servers.targetNode());
      told(maria);
      assertThat(found(maria, ServerLook.DISK)).contains("INSTALL SONAME 'disks'");
      for (Node node : List.of(servers.sourceNode(), servers.targetNode())) {
        List<Finding> machine = onMachine(databases, node);
        assertThat(found(machine, ServerLook.DISK)).contains(" MB free (");
        assertThat(found(machine, ServerLook.LOG))
            .satisfiesAnyOf(
                said -> assertThat(said).contains("writes it to no file"),
                said -> assertThat(said).matches("[0-9]+ errors in the last 15 min.*"));
      }
    }
  }

  @Test
  void mariaDbTellsOfItsDiskWithThePlugin() {
    assumeTrue(Files.exists(PLUGINS.resolve("disks.so")), "the plugin disks is not unpacked");
    LabAccounts accounts = LabAccounts.random();
    try (MariaDbServer server =
            MariaDbServer.start(
                ServerInstallation.unpacked("mariadb-11.8"),
                ServerSettings.of(1).with("plugin-dir", PLUGINS.toString()),
                accounts,
                folder.resolve("node"));
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      server.run(true, "INSTALL SONAME 'disks'", "GRANT FILE ON *.* TO 'repli'@'%'");
      Node node =
          new Node(
              Node.Role.SOURCE,
              Node.Kind.MARIADB,
              new Endpoint("127.0.0.1", server.port()),
              ServerPair.account("repli"),
              ServerPair.account("repl"),
              Node.Tls.TRUST,
              Optional.empty());
      Databases databases = databases(context, reference -> accounts.repli());

      assertThat(found(look(databases, node), ServerLook.DISK))
          .matches("[0-9]+ MB of [0-9]+ MB free \\([0-9]+ %\\)");
    }
  }

  private static Databases databases(AnnotationConfigApplicationContext context, Secrets secrets) {
    context.registerBean(Secrets.class, () -> secrets);
    context.scan("dev.repli.database");
    context.refresh();
    return context.getBean(Databases.class);
  }

  private static List<Finding> look(Databases databases, Node node) {
    try (NodeSession session = databases.connect(node, Duration.ofMinutes(1), ActLog.NONE)) {
      return ServerLook.look(session, false, Optional.of("0 since the server's start"));
    }
  }

  private List<Finding> onMachine(Databases databases, Node node) {
    Machine machine =
        new Machine(
            new HostAccess.Local(),
            folder,
            "mysql:mysql",
            Path.of("/usr/sbin/mariadbd"),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    try (NodeSession session = databases.connect(node, Duration.ofMinutes(1), ActLog.NONE)) {
      return new MachineLook(LocalHosts::only).look(session, machine);
    }
  }

  private static void told(List<Finding> findings) {
    assertThat(found(findings, ServerLook.CONNECTIONS))
        .matches("[1-9][0-9]* of [1-9][0-9]*, [1-9][0-9]* of them at work, .*; up for .+");
    assertThat(found(findings, ServerLook.REFUSED))
        .matches("[0-9]+ since the server's start, [0-9]+ of them since the look before");
    assertThat(found(findings, ServerLook.MEMORY)).matches("[0-9]+ of [1-9][0-9]+ pages free.*");
  }

  private static String found(List<Finding> findings, String what) {
    return findings.stream()
        .filter(any -> any.what().equals(what))
        .map(Finding::found)
        .findFirst()
        .orElseThrow();
  }
}
