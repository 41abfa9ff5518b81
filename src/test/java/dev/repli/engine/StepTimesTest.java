package dev.repli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.engine.EngineTestApplication.Caller;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@EngineTest
class StepTimesTest {
  @Autowired private ProcessEngine engine;
  @Autowired private PlatformTransactionManager transactions;
  @LocalServerPort private int port;
  private String deployment;

  @BeforeEach
  void deploy() {
    deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .addModelInstance(
                "timed.bpmn",
                Bpmn.createExecutableProcess("Timed")
                    .camundaHistoryTimeToLiveString("P1D")
                    .startEvent()
                    .serviceTask("Task_Act")
                    .camundaDelegateExpression("${trialDelegate}")
                    .userTask("Task_Ask")
                    .endEvent()
                    .done())
            .deploy()
            .getId();
  }

  @AfterEach
  void remove() {
    engine.getRepositoryService().deleteDeployment(deployment, true);
  }

  @Test
  void countsEachStepOnceByRunbookStepAndResult() {
    double acted = count("Task_Act", "completed");
    double answered = count("Task_Ask", "completed");
    double stopped = count("Task_Ask", "canceled");

    ProcessInstance first = start();
    ProcessInstance second = start();
    complete(first);
    engine.getRuntimeService().deleteProcessInstance(second.getId(), "no longer needed");

    assertThat(count("Task_Act", "completed")).isEqualTo(acted + 2);
    assertThat(count("Task_Ask", "completed")).isEqualTo(answered + 1);
    assertThat(count("Task_Ask", "canceled")).isEqualTo(stopped + 1);
  }

  @Test
  void doesNotCountWhatWasRolledBack() {
    double acted = count("Task_Act", "completed");
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      start();
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(count("Task_Act", "completed")).isEqualTo(acted);
  }

  private ProcessInstance start() {
    return engine.getRuntimeService().startProcessInstanceByKey("Timed");
  }

  private void complete(ProcessInstance instance) {
    String task =
        engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceId(instance.getId())
            .singleResult()
            .getId();
    engine.getTaskService().complete(task);
  }

  /** As Prometheus reads it. */
  private double count(String step, String result) {
    String name =
        "repli_steps_seconds_count{result=\"%s\",runbook=\"Timed\",step=\"%s\"} "
            .formatted(result, step);
    return new Caller(port, "op1")
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }
}
