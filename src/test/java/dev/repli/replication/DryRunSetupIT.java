package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Plan;
import dev.repli.replication.SetupPair.Addresses;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run looks at real servers, changes nothing, and says what a set-up then does. */
class DryRunSetupIT {
  private static final List<String> STATE =
      List.of(
          "SELECT @@gtid_binlog_pos, @@gtid_slave_pos, @@read_only, @@event_scheduler",
          "SELECT user, host FROM mysql.user ORDER BY 1, 2",
          "SELECT table_schema, table_name FROM information_schema.tables ORDER BY 1, 2",
          "SHOW ALL SLAVES STATUS");

  @TempDir Path directory;

  @Test
  void changesNothingAndSaysBeforehandWhatIsDone() throws Exception {
    ServerInstallation maria = ServerInstallation.unpacked("mariadb-11.8");
    try (SetupPair pair = new SetupPair(maria, maria, directory)) {
      FaultyTools tools =
          FaultyTools.around(SetupLab.tools("mariadb-11.8"), directory.resolve("tools"));
      Plan plan = pair.byDump(tools.folder()).plan();
      String before = state(pair);

      List<String> planned = new ArrayList<>();
      try (SetupLab lab = new SetupLab(directory.resolve("dry"), pair.passwords())) {
        dryRun(lab, plan, CopyMethod.DUMP);
        planned.addAll(statements(lab));
        planned.addAll(commands(lab));
        assertThat(lab.evidence(StatementRun.class))
            .allSatisfy(run -> assertThat(run.outcome()).startsWith("dry run: not "))
            .allSatisfy(run -> assertThat(run.sql()).doesNotContain(pair.replicationPassword()));
      }
      assertThat(state(pair)).isEqualTo(before);
      assertThat(tools.calls("mariadb-dump") + tools.calls("mariadb")).isZero();
      assertThat(directory.resolve("dry/copies")).doesNotExist();

      try (SetupLab lab = new SetupLab(directory.resolve("real"), pair.passwords())) {
        new SetupWalk(lab.setup(), plan).all();
        assertThat(statements(lab)).hasSizeGreaterThan(8).allMatch(planned::contains);
        assertThat(commands(lab)).hasSize(2).allMatch(planned::contains);
      }
    }
  }

  @Test
  void saysTheCommandsOfAPhysicalCopyAndRunsNone() throws Exception {
    ServerInstallation maria = ServerInstallation.unpacked("mariadb-11.8");
    try (SetupPair pair = new SetupPair(maria, maria, directory);
        SetupLab lab = new SetupLab(directory.resolve("dry"), pair.passwords())) {
      FaultyTools tools =
          FaultyTools.around(SetupLab.tools("mariadb-11.8"), directory.resolve("tools"));
      Addresses addresses = pair.byBackup(tools);
      String before = state(pair);

      dryRun(lab, addresses.plan(), CopyMethod.BACKUP);

      assertThat(commands(lab))
          .hasSize(5)
          .anyMatch(command -> command.contains("mariadb-backup") && command.contains("--backup"))
          .anyMatch(command -> command.contains("--prepare"))
          .anyMatch(command -> command.contains("--copy-back"))
          .anyMatch(command -> command.endsWith("/stop"))
          .anyMatch(command -> command.endsWith("/start"));
      assertThat(state(pair)).isEqualTo(before);
      assertThat(tools.calls("stop") + tools.calls("mariadb-backup--backup")).isZero();
    }
  }

  private static void dryRun(SetupLab lab, Plan plan, CopyMethod expected) {
    SetupWalk walk = new SetupWalk(lab.setup(), plan);
    assertThat(walk.check()).isEqualTo(expected);
    SetupWalk.done(lab.setup().prepareAccount(SetupLab.RUN, plan, true));
    SetupWalk.until(() -> lab.setup().copy(SetupLab.RUN, plan, expected, true));
    SetupWalk.done(lab.setup().start(SetupLab.RUN, plan, true));
    SetupWalk.until(() -> lab.setup().prove(SetupLab.RUN, plan, true));
  }

  private static String state(SetupPair pair) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (MariaDbServer server : List.of(pair.source, pair.target)) {
      for (String sql : STATE) {
        text.append(SetupPair.rows(server, sql)).append('\n');
      }
    }
    return text.toString();
  }

  /** What only the copy itself can know is a word in angle brackets beforehand. */
  private static List<String> statements(SetupLab lab) {
    return lab.evidence(StatementRun.class).stream()
        .map(StatementRun::sql)
        .map(sql -> sql.replaceAll("gtid_slave_pos = '.*'", "gtid_slave_pos = ?"))
        .map(sql -> sql.replaceAll("DEFINER=.* EVENT .* DISABLE", "DEFINER=? EVENT ? DISABLE"))
        .toList();
  }

  private static List<String> commands(SetupLab lab) {
    return lab.evidence(CommandRun.class).stream().map(CommandRun::command).toList();
  }
}
