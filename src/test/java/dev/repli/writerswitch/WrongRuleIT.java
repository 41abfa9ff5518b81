package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.StallingLink;
import dev.repli.lab.SwitchTopology;
import dev.repli.plan.Node;
import dev.repli.writerswitch.SwitchDriver.End;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checker sees losses: promoting on "lag = 0" loses writes on the same servers on which Repli
 * refuses to.
 */
class WrongRuleIT {
  private static final int MISSING = 200;

  @TempDir Path directory;

  @Test
  void aLagOfZeroLosesWritesAndTheCheckerSeesIt() throws SQLException, IOException {
    ServerInstallation maria = ServerInstallation.fromMaven();
    try (SwitchTopology topology =
            SwitchTopology.start(directory.resolve("lab"), maria, maria, RealSwitchIT.BUDGETS);
        StallingLink link = StallingLink.to(topology.node(Node.Role.TARGET).port());
        SwitchContext repli =
            SwitchContext.start(topology.plans(), directory.resolve("data"), SwitchObserver.NONE)) {
      MariaDbServer source = topology.node(Node.Role.SOURCE);
      MariaDbServer target = topology.node(Node.Role.TARGET);
      source.run(true, "STOP SLAVE", "CHANGE MASTER TO MASTER_PORT=" + link.port(), "START SLAVE");
      topology.write(300);
      await().until(() -> topology.acknowledged() > 100 && topology.follows(Node.Role.SOURCE));
      link.stall();
      int before = topology.acknowledged();
      await().until(() -> topology.acknowledged() > before + MISSING);

      assertThat(lag(source)).isEqualTo("0");
      assertThat(
              SwitchDriver.walk(
                  repli.writerSwitch(), repli.request(topology, "right", Direction.TO_SOURCE)))
          .isIn(End.REFUSED, End.UNDONE);

      target.run(true, "SET GLOBAL read_only=1");
      assertThat(lag(source)).isEqualTo("0");
      source.run(true, "SET GLOBAL read_only=0");
      assertThat(topology.verdict(Node.Role.SOURCE).lost()).isGreaterThanOrEqualTo(MISSING);
    }
  }

  private static String lag(MariaDbServer replica) throws SQLException {
    try (Connection admin = replica.admin();
        Statement statement = admin.createStatement();
        ResultSet status = statement.executeQuery("SHOW SLAVE STATUS")) {
      assertThat(status.next()).isTrue();
      return String.valueOf(status.getString("Seconds_Behind_Master"));
    }
  }
}
