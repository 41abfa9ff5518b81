package dev.repli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approvals;
import dev.repli.engine.BrowserSession;
import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import dev.repli.engine.KnownRuns;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * While the way back is not proved, no path of the engine's REST or of Tasklist's own ends the task
 * that approves a cutover.
 */
@EngineTest
class CutoverLockRestTest {
  private static final String ENGINE = "/engine-rest";
  private static final String TASKLIST = "/camunda/api/engine/engine/default";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @LocalServerPort private int port;
  @Autowired private RuntimeService runtime;
  @Autowired private TaskService tasks;
  @Autowired private KnownRuns runs;
  @Autowired private Approvals approvals;
  @Autowired private Journal journal;

  private RunKey run = new RunKey("unset");

  @BeforeEach
  void ask() {
    run = new RunKey("cutover-lock-" + NUMBER.incrementAndGet());
    runs.register(run, "op1");
    runtime.startProcessInstanceByKey("CutoverLockTrial", run.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "submit-form"})
  void staysLockedUntilTheCertificateIsGreen(String way) {
    refused(engine(way, answer()), "not proved yet");
    refused(tasklist(way, answer()), "not proved yet");
    prove(ProveWayBack.RED, "The way back is not proved: no canary");
    refused(engine(way, answer()), "no canary");
    prove(ProveWayBack.GREEN, "The way back is proved");

    assertThat(tasklist(way, answer()).statusCode()).isEqualTo(204);
    assertThat(approvals.of(run)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "submit-form"})
  void locksAgainWhenANewerProofIsRed(String way) {
    prove(ProveWayBack.GREEN, "The way back is proved");
    prove(ProveWayBack.RED, "The way back is not proved: the binary log is short");

    refused(engine(way, answer()), "the binary log is short");
  }

  @Test
  void noOtherPathEndsTheTask() {
    String task = "/task/" + task().getId();
    String approved = "{\"variables\":{\"cutoverAnswer\":{\"value\":\"approve\"}}}";
    for (String user : new String[] {"lead1", "admin"}) {
      Caller caller = new Caller(port, user);
      BrowserSession browser = BrowserSession.open(port, user, "tasklist");
      for (String end : new String[] {"/complete", "/submit-form", "/resolve"}) {
        refused(caller.post(ENGINE + task + end, approved), "");
        refused(browser.post(TASKLIST + task + end, approved), "");
      }
      refused(caller.post(ENGINE + task + "/delegate", "{\"userId\":\"lead1\"}"), "");
      refused(caller.post(ENGINE + task + "/bpmnError", "{\"errorCode\":\"NoGo\"}"), "");
      refused(caller.post(ENGINE + task + "/bpmnEscalation", "{\"escalationCode\":\"x\"}"), "");
      refused(browser.post(TASKLIST + task + "/bpmnError", "{\"errorCode\":\"NoGo\"}"), "");
      modifications(caller, browser);
    }
    assertThat(task().getName()).isEqualTo("Approve cutover");
    assertThat(approvals.of(run)).isEmpty();
  }

  /** Past the task, by moving the run itself. */
  private void modifications(Caller caller, BrowserSession browser) {
    String instance = task().getProcessInstanceId();
    String past =
        "{\"instructions\":[{\"type\":\"startAfterActivity\",\"activityId\":\"Task_ApproveCutover\"}]}";
    String path = "/process-instance/" + instance + "/modification";
    refused(caller.post(ENGINE + path, past), "");
    refused(browser.post(TASKLIST + path, past), "");
    refused(
        caller.post(
            ENGINE + "/execution/" + task().getExecutionId() + "/signal", "{\"variables\":{}}"),
        "");
  }

  private HttpResponse<String> engine(String way, String body) {
    return new Caller(port, "lead1").post(ENGINE + "/task/" + task().getId() + "/" + way, body);
  }

  private HttpResponse<String> tasklist(String way, String body) {
    return BrowserSession.open(port, "lead1", "tasklist")
        .post(TASKLIST + "/task/" + task().getId() + "/" + way, body);
  }

  private void refused(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).as(answer.uri() + ": " + answer.body()).isBetween(400, 499);
    assertThat(answer.body()).contains(why).doesNotContain("\tat ");
  }

  private String answer() {
    return "{\"variables\":{\"fingerprint\":{\"value\":\"%s\"},\"cutoverAnswer\":{\"value\":\"approve\"},\"cutoverReason\":{\"value\":\"\"}}}"
        .formatted(tasks.getVariableLocal(task().getId(), "fingerprint"));
  }

  private void prove(String name, String text) {
    journal.append(run, new Milestone(name, text, Map.of(ProveWayBack.PLAN_HASH, "a".repeat(64))));
  }

  private Task task() {
    return tasks.createTaskQuery().processInstanceBusinessKey(run.value()).singleResult();
  }
}
