package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.SwitchTopology;
import dev.repli.plan.Node;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run on real servers lists every statement and command in order, and changes nothing. */
class RealDryRunIT {
  @TempDir Path directory;

  @Test
  void listsTheStatementsAndCommandsInOrderAndChangesNothing() throws SQLException {
    ServerInstallation maria = ServerInstallation.fromMaven();
    try (SwitchTopology topology =
            SwitchTopology.start(directory.resolve("lab"), maria, maria, RealSwitchIT.BUDGETS);
        SwitchContext repli =
            SwitchContext.start(topology.plans(), directory.resolve("data"), SwitchObserver.NONE)) {
      List<String> before = state(topology);
      SwitchRequest request = repli.request(topology, "dry", Direction.TO_SOURCE);
      assertThat(SwitchDriver.walk(repli.writerSwitch(), request, true))
          .as(() -> Journals.text(repli, request))
          .isEqualTo(End.MOVED);
      assertThat(repli.writerSwitch().reverse(request, true)).isEqualTo(PhaseResult.DONE);
      assertThat(state(topology)).isEqualTo(before);
      List<String> acts =
          repli.bean(Journal.class).read(request.run()).stream()
              .flatMap(RealDryRunIT::act)
              .toList();
      assertThat(String.join("\n", acts))
          .containsSubsequence(
              "SWITCH_ARMED",
              "SLEEP",
              "read_only",
              "POINT_OF_NO_RETURN",
              "STOP SLAVE",
              "set server writer/source state ready",
              "set server writer/target state maint",
              "SWITCH_ENDED",
              "CHANGE MASTER TO")
          .doesNotContain(
              "MASTER_PASSWORD='" + topology.node(Node.Role.SOURCE).accounts().replication());
    }
  }

  private static Stream<String> act(JournalEntry entry) {
    if (entry.evidence() instanceof Evidence.StatementRun run) {
      return Stream.of(run.node() + ": " + run.sql());
    }
    return entry.evidence() instanceof Evidence.CommandRun run
        ? Stream.of(run.where() + ": " + run.command())
        : Stream.empty();
  }

  private static List<String> state(SwitchTopology topology) throws SQLException {
    List<String> state = new ArrayList<>();
    for (Node.Role role : Node.Role.values()) {
      try (Connection admin = topology.node(role).admin()) {
        state.addAll(
            read(
                admin,
                "SELECT CONCAT(variable_name, '=', variable_value) FROM information_schema.global_variables"
                    + " WHERE variable_name NOT IN ('TIMESTAMP') ORDER BY 1"));
        state.addAll(read(admin, "SELECT schema_name FROM information_schema.schemata ORDER BY 1"));
        state.addAll(read(admin, "SHOW SLAVE STATUS"));
      }
    }
    return state;
  }

  private static List<String> read(Connection admin, String sql) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
      return found;
    }
  }
}
