package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.RepliApplication;
import dev.repli.journal.Journal;
import dev.repli.plan.PlanId;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole of Repli watches two real servers under load. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ReplicationMonitorIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  @Test
  void aThreadThatStandsBecomesOneRunThatAsksForItAndIsReportedAsMended()
      throws IOException, SQLException, InterruptedException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (Resources resources = new Resources()) {
      Stage stage =
          Stage.set(DemoOptions.of(List.of("--port=18980")), resources, this::repli, nowhere);
      Runs runs = context.getBean(Runs.class);
      // the gauges come with the first look
      await().atMost(LONG).ignoreExceptions().until(() -> gauge("running") == 1);
      assertThat(runs.newest(5)).isEmpty();

      stage.nodes().source().run(true, "STOP SLAVE SQL_THREAD");

      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(runs.newest(5))
                      .singleElement()
                      .satisfies(
                          run ->
                              // no criterion speaks of replication, so people are asked
                              assertThat(run.waitingFor().toString())
                                  .contains("Assess the incident")));
      Run run = runs.newest(5).get(0);
      assertThat(run.plan()).isEqualTo(new PlanId(LabPlan.ID));
      assertThat(gauge("running")).isZero();
      stage.nodes().source().run(true, "START SLAVE SQL_THREAD");

      Journal journal = context.getBean(Journal.class);
      await()
          .atMost(LONG)
          .until(() -> journal.newestMilestone(run.key(), "INCIDENT_RESOLVED").isPresent());
      assertThat(gauge("running")).isOne();
      assertThat(runs.newest(5)).hasSize(1);
    }
  }

  @SuppressWarnings("NullAway.Init") // started before it is asked
  private ConfigurableApplicationContext context;

  private ConfigurableApplicationContext repli(String[] arguments) {
    String[] watching =
        Stream.concat(
                Stream.of(arguments).filter(argument -> !argument.startsWith(Stage.MONITOR)),
                Stream.of("--repli.monitor.every=1s"))
            .toArray(String[]::new);
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    context = application.run(watching);
    return context;
  }

  private double gauge(String name) {
    return context
        .getBean(MeterRegistry.class)
        .get("repli.replication." + name)
        .tag("plan", LabPlan.ID)
        .gauge()
        .value();
  }
}
