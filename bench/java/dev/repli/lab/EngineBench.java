package dev.repli.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.builder.AbstractFlowNodeBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/** P6: how late timers are, what a step costs over a commit, and how soon an incident is a task. */
final class EngineBench {
  private static final int TIMERS = 20;
  private static final int STEPS = 50;
  private static final int CHAINS = 12;
  private static final int INCIDENTS = Integer.getInteger("incidents", 30);

  private final PrintStream out;
  private final BenchRepli repli;

  private EngineBench(PrintStream out, BenchRepli repli) {
    this.out = out;
    this.repli = repli;
  }

  static void run(PrintStream out) throws IOException, SQLException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      InProcessRoute route =
          resources.add(
              InProcessRoute.start(
                  nodes.source().port(), nodes.target().port(), dev.repli.plan.Node.Role.TARGET));
      Path plans = LabPlan.write(directory, nodes, route);
      int port = Ports.free();
      BenchRepli repli = resources.add(BenchRepli.start(directory, plans, port, nothing -> {}));
      route.tell(repli.context());
      EngineBench bench = new EngineBench(out, repli);
      out.println("P6 engine, H2 file with every commit on disk");
      bench.steps();
      bench.incidents(new RepliApi(URI.create("http://127.0.0.1:" + port)));
      out.println("  timers late by, as configured here     " + bench.timers());
    }
    stock(out);
  }

  private static void stock(PrintStream out) throws IOException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      BenchRepli repli =
          resources.add(
              BenchRepli.start(
                  directory,
                  directory,
                  Ports.free(),
                  nothing -> {},
                  "--camunda.bpm.job-execution.wait-time-in-millis=5000",
                  "--camunda.bpm.job-execution.max-wait=60000"));
      out.println(
          "  timers late by, stock job executor     " + new EngineBench(out, repli).timers());
    }
  }

  private void deploy(String name, AbstractFlowNodeBuilder<?, ?> end) {
    repli
        .context()
        .getBean(RepositoryService.class)
        .createDeployment()
        .addModelInstance(name + ".bpmn", end.endEvent().done())
        .deploy();
  }

  private List<HistoricProcessInstance> ended(String process, int count)
      throws InterruptedException {
    HistoryService history = repli.context().getBean(HistoryService.class);
    while (true) {
      List<HistoricProcessInstance> all =
          history
              .createHistoricProcessInstanceQuery()
              .processDefinitionKey(process)
              .finished()
              .list();
      if (all.size() >= count) {
        return all;
      }
      Show.pause(Duration.ofMillis(100));
    }
  }

  private Figures timers() throws InterruptedException {
    Duration delay = Duration.ofSeconds(6);
    deploy(
        "BenchTimer",
        Bpmn.createExecutableProcess("BenchTimer")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .intermediateCatchEvent()
            .timerWithDuration(delay.toString()));
    for (int i = 0; i < TIMERS; i++) {
      repli.context().getBean(RuntimeService.class).startProcessInstanceByKey("BenchTimer");
      Show.pause(Duration.ofMillis(370));
    }
    return Figures.ofNanos(
        ended("BenchTimer", TIMERS).stream()
            .map(
                timer ->
                    timer.getEndTime().toInstant().toEpochMilli()
                        - timer.getStartTime().toInstant().toEpochMilli()
                        - delay.toMillis())
            .map(late -> Duration.ofMillis(Math.max(0, late)).toNanos())
            .toList());
  }

  private void steps() throws InterruptedException {
    AbstractFlowNodeBuilder<?, ?> chain =
        Bpmn.createExecutableProcess("BenchSteps").camundaHistoryTimeToLive(1).startEvent();
    for (int i = 0; i < STEPS; i++) {
      chain = chain.manualTask().camundaAsyncBefore();
    }
    deploy("BenchSteps", chain);
    RuntimeService runtime = repli.context().getBean(RuntimeService.class);
    for (int i = 1; i <= CHAINS; i++) {
      runtime.startProcessInstanceByKey("BenchSteps");
      ended("BenchSteps", i);
    }
    List<Long> perStep =
        ended("BenchSteps", CHAINS).stream()
            .map(chained -> Duration.ofMillis(chained.getDurationInMillis()).toNanos() / STEPS)
            .toList();
    out.println("  a step with its save point             " + Figures.ofNanos(perStep));
    out.println("  a bare commit in the same database     " + commits());
  }

  private Figures commits() {
    JdbcTemplate database = repli.context().getBean(JdbcTemplate.class);
    database.execute("CREATE TABLE bench (n INT)");
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long start = System.nanoTime();
      database.update("INSERT INTO bench VALUES (?)", i);
      times.add(System.nanoTime() - start);
    }
    return Figures.ofNanos(times);
  }

  private void incidents(RepliApi api) throws IOException, InterruptedException {
    List<DemoUser> users = DemoUser.all(BenchRepli.PASSWORD);
    TaskService tasks = repli.context().getBean(TaskService.class);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i <= INCIDENTS; i++) {
      String id = "BENCH-" + i;
      long start = System.nanoTime();
      must(
          api.post(
              DemoUser.named("monitor1", users),
              "/api/incidents",
              Map.of(
                  "planId",
                  LabPlan.ID,
                  "incidentId",
                  id,
                  "source",
                  "bench",
                  "summary",
                  "bench",
                  "startedAt",
                  Instant.now().toString(),
                  "status",
                  "firing")));
      while (tasks.createTaskQuery().count() == 0) {
        Show.pause(Duration.ofMillis(5));
      }
      if (i == 0) {
        out.printf(
            "  the first incident after the start      %.0f ms%n",
            (System.nanoTime() - start) / 1e6);
      } else {
        times.add(System.nanoTime() - start);
      }
      must(
          api.post(
              DemoUser.named("op1", users),
              "/api/runs/" + id + "/abort",
              Map.of("reason", "measured")));
      while (tasks.createTaskQuery().count() > 0) {
        Show.pause(Duration.ofMillis(20));
      }
    }
    out.println("  incident posted until its task waits   " + Figures.ofNanos(times));
  }

  private static void must(RepliApi.Answer answer) throws IOException {
    if (!answer.ok()) {
      throw new IOException("refused: " + answer.text());
    }
  }
}
