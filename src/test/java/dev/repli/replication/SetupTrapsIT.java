package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails late, or silently, between MariaDB 10.11 and 11.8 when nobody looks before. */
class SetupTrapsIT {
  private static final ServerInstallation OLD = ServerInstallation.unpacked("mariadb-10.11");
  private static final ServerInstallation NEW = ServerInstallation.unpacked("mariadb-11.8");
  @TempDir Path directory;

  /** Error 2026 of an 11.8 replica by default, and RESET SLAVE ALL that keeps MASTER_SSL. */
  @Test
  void saysHowTheReplicaConnectsWhateverAnEarlierReplicationHasLeft() throws Exception {
    ServerSettings plain = SetupPair.settings(1).with("ssl", "0");
    try (SetupPair pair = new SetupPair(OLD, plain, NEW, directory);
        SetupLab lab = new SetupLab(directory.resolve("repli"), pair.passwords())) {
      pair.target.run(
          true,
          "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_SSL=1, MASTER_SSL_VERIFY_SERVER_CERT=1",
          "RESET SLAVE ALL");
      var addresses = pair.byDump(SetupLab.tools("mariadb-11.8"));

      assertThat(SetupWalk.looked(lab.setup(), addresses.plan(Node.Tls.TRUST)).problems())
          .contains("tls: disabled");

      assertThat(new SetupWalk(lab.setup(), addresses.plan(Node.Tls.DISABLED)).all())
          .contains("heartbeat");
      pair.follows();
    }
  }

  @Test
  void refusesByGuardrailsWhatWouldMakeTheReplicaDifferent() {
    try (SetupPair pair = new SetupPair(OLD, NEW, directory);
        SetupLab lab = new SetupLab(directory.resolve("repli"), pair.passwords())) {
      var plan = pair.byDump(SetupLab.tools("mariadb-11.8")).plan();
      pair.source.run(false, "SET GLOBAL binlog_row_image = MINIMAL");
      pair.target.run(false, "SET GLOBAL slave_exec_mode = IDEMPOTENT");

      Findings findings = SetupWalk.looked(lab.setup(), plan);

      assertThat(findings.problems())
          .contains("binlog_row_image is MINIMAL instead of FULL")
          .contains("guardrail strict-rows")
          .contains("Mend: ");
      assertThat(findings.all())
          .filteredOn(finding -> finding.verdict() == Finding.Verdict.NOTE)
          .extracting(Finding::where)
          .contains("guardrail default-collations", "guardrail versioned-tables");
    }
  }
}
