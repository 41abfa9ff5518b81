package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.ServerPair;
import dev.repli.database.survey.Disks;
import dev.repli.database.survey.Surveys;
import dev.repli.journal.InMemoryJournal;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What MariaDB tells of disks, with and without what it needs for that. */
class DisksIT {
  private static final Path PLUGINS =
      Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
          .resolve("servers/mariadb-11.8/usr/lib/mysql/plugin")
          .toAbsolutePath();
  private final LabAccounts accounts = LabAccounts.random();
  @TempDir private Path folder;

  @Test
  void areKnownOnceThePluginAndThePrivilegeAreThereAndSayWhatIsMissingBefore() {
    assumeTrue(
        Files.exists(PLUGINS.resolve("disks.so")),
        "the plugin disks is not unpacked; delete servers/mariadb-11.8, run scripts/fetch-servers");
    try (MariaDbServer server =
        MariaDbServer.start(
            ServerInstallation.unpacked("mariadb-11.8"),
            ServerSettings.of(1).with("plugin-dir", PLUGINS.toString()),
            accounts,
            folder.resolve("node"))) {
      assertThat(look(server).unknown()).contains("INSTALL SONAME 'disks'");
      server.run(true, "INSTALL SONAME 'disks'");
      assertThat(look(server).unknown()).contains("GRANT FILE");
      server.run(true, "GRANT FILE ON *.* TO 'repli'@'%'");

      Disks disks = look(server);
      assertThat(disks.known()).isTrue();
      assertThat(disks.of(folder.resolve("node/data").toString()))
          .hasValueSatisfying(
              disk -> assertThat(disk.bytes()).isGreaterThan(disk.free()).isPositive());
    }
  }

  private Disks look(MariaDbServer server) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (AnnotationConfigApplicationContext context =
        GuardrailLab.context(reference -> accounts.repli(), new InMemoryJournal())) {
      Node node =
          new Node(
              Node.Role.SOURCE,
              Node.Kind.MARIADB,
              new Endpoint("127.0.0.1", server.port()),
              ServerPair.account("repli"),
              ServerPair.account("repl"),
              Node.Tls.TRUST,
              Optional.empty());
      return context.getBean(Surveys.class).survey(node, threads).disks().get();
    } finally {
      threads.shutdownNow();
    }
  }
}
