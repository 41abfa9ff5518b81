package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.PlanId;
import dev.repli.run.Runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Repli's own probe sees of a route, scraped by a real Prometheus with the rules of {@code
 * docker/prometheus}, comes back as an incident and as its end.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ProbeAlertIT {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final PlanId SHOP = new PlanId("shop");

  @TempDir private Path directory;

  /** As they are in the repository, but for the time that they wait. */
  private static String rules() throws IOException {
    String rules = Files.readString(Path.of("docker/prometheus/repli-alerts.yml"));
    return rules.replaceAll("for: [0-9]+m", "for: 2s");
  }

  @Test
  void aRouteThatFailsBecomesAnIncidentThatEndsWhenItAnswersAgain() throws IOException {
    assumeThat(MonitoredRepli.missing()).isEmpty();
    try (MariaDbServer server =
        MariaDbServer.start(
            ServerInstallation.fromMaven(),
            ServerSettings.of(1),
            LabAccounts.random(),
            directory.resolve("server"))) {
      MonitoredRepli.plan(
          directory,
          server.port(),
          LabPlan.secret(directory, "probe", server.accounts().probe()),
          """
          evaluateEvery: 1s
          baseline: {latencyP95Ms: 5000}
          metrics: {type: probe}
          alerts:
            - {label: alertname, value: RepliRouteFails, criterion: errors-high}
          """);
      try (MonitoredRepli repli =
          MonitoredRepli.start(directory, Ports.free(), rules(), List.of())) {
        await().atMost(LONG).ignoreExceptions().until(() -> failing(repli, "0"));
        assertThat(repli.runs().newest(5)).isEmpty();

        server.kill();
        await().atMost(LONG).until(() -> !repli.runs().newest(5).isEmpty());
        Run run = repli.runs().newest(5).get(0);
        assertThat(run.key().value()).startsWith("alerts-shop-");
        assertThat(run.plan()).isEqualTo(SHOP);
        assertThat(repli.alerts().firing(SHOP)).hasSize(1);

        server.restart();
        await()
            .atMost(LONG)
            .untilAsserted(
                () ->
                    assertThat(repli.runs().find(run.key()).flatMap(Run::result))
                        .as(repli.monitoring().said())
                        .hasValue("Normal operation"));
        assertThat(repli.journal().newestMilestone(run.key(), "INCIDENT_RESOLVED")).isPresent();
        assertThat(repli.alerts().firing(SHOP)).isEmpty();
        assertThat(repli.runs().newest(5)).as("repeats fold into it").hasSize(1);
      }
    }
  }

  private static boolean failing(MonitoredRepli repli, String share)
      throws IOException, InterruptedException {
    return repli.monitoring().says("repli_probe_failed_ratio{plan=\"shop\",route=\"web\"}", share);
  }
}
