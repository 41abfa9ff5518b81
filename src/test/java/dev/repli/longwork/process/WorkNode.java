package dev.repli.longwork.process;

import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.Plans;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;

/** One Repli's engine and worker on a database that it may share. */
final class WorkNode implements AutoCloseable {
  static final String TOPIC = "trialWork";
  static final Duration LOCK = Duration.ofSeconds(5);
  final ProcessEngine engine;
  final LongWorker worker;
  final WorkClock clock;
  private final ExecutorService threads = Executors.newCachedThreadPool(WorkClock::thread);

  WorkNode(String url, String node, WorkRecords records, Plans plans, LongWork work) {
    this(url, node, records, plans, work, Clock.systemUTC());
  }

  /**
   * @param time what its records say
   */
  WorkNode(String url, String node, WorkRecords records, Plans plans, LongWork work, Clock time) {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName(UUID.randomUUID().toString());
    configuration.setJdbcUrl(url);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setJobExecutorActivate(false);
    engine = configuration.buildProcessEngine();
    WorkSettings settings = new WorkSettings(LOCK, Duration.ofMillis(50), 4);
    TaskLocks locks = new TaskLocks(engine.getExternalTaskService(), node, LOCK);
    worker =
        new LongWorker(
            locks,
            Map.of(TOPIC, work),
            records,
            new WorkOrders(plans),
            settings,
            node,
            time,
            threads);
    clock = new WorkClock(worker, locks, settings, threads);
  }

  /** One long task, an abort beside it, and a user task behind it. */
  void deploy() {
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "trial.bpmn",
            Bpmn.createExecutableProcess("Trial")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask("work")
                .camundaExternalTask(TOPIC)
                .boundaryEvent()
                .message("AbortRequested")
                .endEvent("aborted")
                .moveToActivity("work")
                .userTask("after")
                .endEvent()
                .done())
        .deploy();
  }

  void start(String run, String plan, String hash) {
    engine
        .getRuntimeService()
        .startProcessInstanceByKey(
            "Trial", run, Map.of("runKey", run, "planId", plan, "planHash", hash, "dryRun", false));
  }

  long waiting() {
    return engine.getTaskService().createTaskQuery().taskDefinitionKey("after").count();
  }

  Object variable(String name) {
    return engine
        .getRuntimeService()
        .createVariableInstanceQuery()
        .variableName(name)
        .singleResult()
        .getValue();
  }

  @Override
  public void close() {
    clock.close();
    engine.close();
  }
}
