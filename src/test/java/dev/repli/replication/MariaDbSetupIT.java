package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets up replication between real MariaDB servers. */
class MariaDbSetupIT {
  @TempDir Path directory;

  private void replicates(ServerInstallation from, Node.Tls tls) throws Exception {
    try (SetupPair pair =
            new SetupPair(from, ServerInstallation.unpacked("mariadb-11.8"), directory);
        SetupLab lab = new SetupLab(directory.resolve("repli"), pair.passwords())) {
      var addresses = pair.byDump(SetupLab.tools("mariadb-11.8"));
      String proof = new SetupWalk(lab.setup(), addresses.plan(tls)).all();

      assertThat(proof).contains("reached").contains("heartbeat");
      assertThat(lab.evidence(CommandRun.class))
          .isNotEmpty()
          .allSatisfy(run -> assertThat(run.command()).doesNotContain(SetupPair.COPY_PASSWORD));
      assertThat(lab.evidence(StatementRun.class))
          .isNotEmpty()
          .allSatisfy(run -> assertThat(run.sql()).doesNotContain(pair.replicationPassword()));
      pair.follows();
    }
  }

  @Test
  void from1011To118WithTls() throws Exception {
    replicates(ServerInstallation.unpacked("mariadb-10.11"), Node.Tls.TRUST);
  }

  @Test
  void from114To118() throws Exception {
    replicates(ServerInstallation.fromMaven(), Node.Tls.DISABLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mariadb-10.11", "mariadb-11.8"})
  void copiesPhysicallyWhereBothAreOfOneReleaseOnThisMachine(String release) throws Exception {
    ServerInstallation maria = ServerInstallation.unpacked(release);
    try (SetupPair pair = new SetupPair(maria, maria, directory);
        SetupLab lab = new SetupLab(directory.resolve("repli"), pair.passwords())) {
      var tools = FaultyTools.around(SetupLab.tools(release), directory.resolve("tools"));
      var addresses = pair.byBackup(tools);
      try {
        SetupWalk walk = new SetupWalk(lab.setup(), addresses.plan());
        assertThat(walk.check()).isEqualTo(CopyMethod.BACKUP);
        assertThat(walk.all()).contains("heartbeat");
        pair.follows();
      } finally {
        pair.stopCopy(addresses);
      }
    }
  }
}
