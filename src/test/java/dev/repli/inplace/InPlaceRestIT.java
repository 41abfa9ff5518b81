package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.longwork.WorkOrder;
import dev.repli.run.RunKey;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 10.11 refuses what 11.8 has written, and people go on without it. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class InPlaceRestIT extends OnUpgradedLab {
  private static WorkOrder order(UpgradedLab lab, Map<String, String> facts) {
    return new WorkOrder(new RunKey("INC-8"), lab.plan, false, facts);
  }

  private void write(String... statements) throws SQLException {
    try (Connection connection = lab.server.connect();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  @Test
  void keepsInAFileWhatTheReleaseBeforeRefusesAndOpensWithAllBeforeIt() throws Exception {
    Map<String, String> before = lab.tables();
    write(
        "CREATE TABLE app.near (id INT PRIMARY KEY, v VECTOR(3) NOT NULL)",
        "INSERT INTO app.orders (item) VALUES ('after what is refused')");
    WorkOrder order = order(lab, Map.of("inPlaceDelta", "APPLY"));
    for (InPlaceStep step : InPlaceStep.values()) {
      if (step.compareTo(InPlaceStep.DELTA) < 0) {
        bench.perform(step, order);
      }
    }
    assertThatThrownBy(() -> bench.perform(InPlaceStep.DELTA, order))
        .isInstanceOf(InPlaceException.class)
        .hasMessageContaining("VECTOR");
    assertThat(bench.view.rest(order.run(), lab.plan).text())
        .contains("written since the upgrade | 7 transactions")
        .contains(
            "| 5 transactions |", "| **2 transactions** |", "data\\.repli\\-rest\\-INC\\-8\\.sql");

    WorkOrder givingUp = order(lab, Map.of("inPlaceDelta", "APPLY", "inPlaceRest", "GIVE_UP"));
    bench.performKilledAtEachChange(InPlaceStep.DELTA, givingUp);
    bench.performKilledAtEachChange(InPlaceStep.OPEN, order);

    assertThat(lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(lab.tables()).isEqualTo(before);
    DeltaRest rest = DeltaRest.read(bench.journal, order.run()).orElseThrow();
    assertThat(rest.applied()).isEqualTo(5);
    assertThat(rest.givenUp()).isEqualTo(2);
    assertThat(rest.file()).isEqualTo(folder.resolve("server/data.repli-rest-INC-8.sql"));
    assertThat(Files.readString(rest.file()))
        .contains("VECTOR(3)", "after what is refused")
        .doesNotContain("since the upgrade");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rest.file())))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("server"))
        .isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
  }
}
