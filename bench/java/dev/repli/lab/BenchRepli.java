package dev.repli.lab;

import dev.repli.RepliApplication;
import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Repli in this program, and its engine by hand. */
record BenchRepli(ConfigurableApplicationContext context) implements AutoCloseable {
  static final String PASSWORD = "Bench-me-1234";

  /**
   * Starts it.
   *
   * @param prepare what the bench puts into the program before it starts
   */
  static BenchRepli start(
      Path directory,
      Path plans,
      int port,
      ApplicationContextInitializer<ConfigurableApplicationContext> prepare,
      String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--repli.plans-dir=" + plans,
                "--repli.data-dir=" + directory.resolve("data"),
                "--repli.demo.users=true",
                Stage.MONITOR + "false",
                "--repli.demo.password=" + PASSWORD,
                "--spring.main.banner-mode=off",
                "--logging.threshold.console=off",
                "--logging.file.name=" + directory.resolve("repli.log")));
    arguments.addAll(List.of(more));
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    application.addInitializers(prepare);
    return new BenchRepli(application.run(arguments.toArray(String[]::new)));
  }

  /** Starts one writer switch as its process; returns the instance. */
  String startSwitch(String from, String to) {
    String run = "bench-" + UUID.randomUUID();
    return context
        .getBean(RuntimeService.class)
        .startProcessInstanceByKey(
            "WriterSwitchProcess",
            run,
            Map.of(
                "planId",
                LabPlan.ID,
                "runKey",
                run,
                "incidentId",
                run,
                "requestedBy",
                "bench",
                "from",
                from,
                "to",
                to,
                "dryRun",
                false))
        .getId();
  }

  /** Waits for its end; its result. */
  String result(String instance) throws IOException, InterruptedException {
    HistoryService history = context.getBean(HistoryService.class);
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end) {
      HistoricProcessInstance found =
          history.createHistoricProcessInstanceQuery().processInstanceId(instance).singleResult();
      if (found != null && found.getEndTime() != null) {
        HistoricVariableInstance result =
            history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableName("switchResult")
                .singleResult();
        return result == null ? "none" : String.valueOf(result.getValue());
      }
      Show.pause(Duration.ofMillis(20));
    }
    throw new IOException("the switch has not ended within a minute");
  }

  /** Nanoseconds that each phase of an ended switch took, in their order, as its journal says. */
  Map<String, Long> phases(String instance) {
    String run =
        context
            .getBean(HistoryService.class)
            .createHistoricProcessInstanceQuery()
            .processInstanceId(instance)
            .singleResult()
            .getBusinessKey();
    Map<String, Long> phases = new LinkedHashMap<>();
    context.getBean(Journal.class).read(new RunKey(run)).stream()
        .map(JournalEntry::evidence)
        .filter(Evidence.Measured.class::isInstance)
        .map(Evidence.Measured.class::cast)
        .filter(measured -> measured.what().startsWith("phase "))
        .forEach(it -> phases.put(it.what().substring(6), Long.parseLong(it.value()) * 1000));
    return phases;
  }

  @Override
  public void close() {
    context.close();
  }
}
