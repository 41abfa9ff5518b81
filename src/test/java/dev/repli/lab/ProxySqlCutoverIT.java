package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Node;
import dev.repli.route.proxysql.ProxySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole cutover through a real ProxySQL under load, judged by its clients' own log. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ProxySqlCutoverIT {
  private static final String BUDGETS = "  gateWait: 20s\n  gate: 1s\n";

  @TempDir Path directory;

  @Test
  void losesNothingGivesNoClientAnErrorAndGivesTheLimitBack() throws IOException {
    assumeThat(ProxySql.program())
        .as("proxysql is not installed, so a cutover through it is not tested here")
        .isPresent();
    try (SwitchTopology topology =
        SwitchTopology.startBehindProxySql(
            directory.resolve("lab"), ServerInstallation.fromMaven(), BUDGETS, Node.Role.SOURCE)) {
      Path plan = topology.plans().resolve(topology.planId() + ".yaml");
      Files.writeString(plan, Files.readString(plan).replace("watch: 1h", "watch: 1s"));
      topology.write(200);
      String run;
      try (ServedRepli repli =
          ServedRepli.start(topology.plans(), directory.resolve("data"), Map.of())) {
        run = ServedCutovers.completed(repli);
        assertThat(repli.milestones(run, "LIMITS_LOWERED")).isEqualTo(1);
        assertThat(repli.milestones(run, "LIMITS_RESTORED")).isEqualTo(1);
        assertThat(ServedCutovers.timeline(repli, run))
            .contains("SET max_connections=", "new connections are limited", "limits restored");
      }
      int after = topology.acknowledged();
      await().until(() -> topology.acknowledged() > after + 50);
      SwitchTopology.Verdict verdict = topology.verdict(Node.Role.TARGET);
      assertThat(verdict.acknowledged()).isGreaterThan(100);
      assertThat(verdict.lost()).isZero();
      assertThat(verdict.duplicated()).isZero();
      assertThat(topology.errors()).isEmpty();
      assertThat(topology.proxySqlLimits("runtime_mysql_servers")).containsOnly(1000);
      assertThat(topology.proxySqlLimits("disk.mysql_servers")).containsOnly(1000);
    }
  }
}
