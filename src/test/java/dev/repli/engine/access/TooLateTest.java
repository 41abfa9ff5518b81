package dev.repli.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.BrowserSession;
import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import java.net.http.HttpResponse;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A person answers at the very moment at which the task's timer fires. */
@EngineTest
class TooLateTest {
  private static final String PROCESS = "TooLate";

  @LocalServerPort private int port;
  @Autowired private RepositoryService models;
  @Autowired private RuntimeService runtime;
  @Autowired private TaskService tasks;
  @Autowired private HistoryService history;
  private String task = "";
  private String instance = "";

  @BeforeEach
  void ask() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess(PROCESS)
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .userTask("Task_Answer")
            .camundaCandidateGroups("operators")
            .camundaTaskListenerDelegateExpression("complete", "${fasterClockListener}")
            .boundaryEvent("Event_TimeOver")
            .timerWithDuration("PT1H")
            .endEvent("Event_Late")
            .moveToActivity("Task_Answer")
            .endEvent("Event_Answered")
            .done();
    models.createDeployment().addModelInstance("too-late.bpmn", model).deploy();
    instance = runtime.startProcessInstanceByKey(PROCESS).getId();
    task = tasks.createTaskQuery().processInstanceId(instance).singleResult().getId();
  }

  @Test
  void isToldSoThroughTheEnginesRest() {
    Caller op = new Caller(port, "op1");
    isTooLate(op.post("/engine-rest/task/" + task + "/complete", "{}"));
    isTooLate(op.post("/engine-rest/task/" + task + "/complete", "{}"));
    isTooLate(op.post("/engine-rest/engine/default/task/" + task + "/submit-form", "{}"));
  }

  @Test
  void isToldSoInTasklist() {
    BrowserSession browser = BrowserSession.open(port, "op1", "tasklist");
    String path = "/camunda/api/engine/engine/default/task/" + task + "/submit-form";
    HttpResponse<String> first = browser.post(path, "{}");
    isTooLate(first);
    assertThat(first.body()).contains("\"message\":\"Somebody else or the clock was faster");
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    Caller op = new Caller(port, "op1");
    assertThat(op.post("/engine-rest/task/" + task + "/complete", "{").statusCode()).isEqualTo(400);
    assertThat(op.post("/engine-rest/message", "{\"messageName\":\"Nobody\"}").statusCode())
        .isEqualTo(400);
  }

  private void isTooLate(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body()).contains("was not taken", "Look at the run again");
    assertThat(
            history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityId("Event_Late")
                .count())
        .as("the clock won")
        .isOne();
  }
}
