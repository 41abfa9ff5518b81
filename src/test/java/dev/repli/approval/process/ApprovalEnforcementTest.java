package dev.repli.approval.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.repli.approval.Approval;
import dev.repli.approval.Approvals;
import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import dev.repli.engine.KnownRuns;
import dev.repli.engine.OnePlan;
import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The rules hold on every way into the engine; requester is op1 unless said otherwise. */
@EngineTest
class ApprovalEnforcementTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @LocalServerPort private int port;
  @Autowired private RuntimeService runtime;
  @Autowired private TaskService tasks;
  @Autowired private IdentityService identity;
  @Autowired private KnownRuns runs;
  @Autowired private OnePlan plan;
  @Autowired private Approvals approvals;
  @Autowired private Journal journal;

  private RunKey run = new RunKey("unset");

  @BeforeEach
  void start() {
    run = new RunKey("approval-" + NUMBER.incrementAndGet());
    start("op1");
  }

  @AfterEach
  void putBack() {
    ClockUtil.reset();
    plan.changeTo("a".repeat(64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "submit-form"})
  void takesTwoAnswersFromTwoPeopleAndKeepsThem(String way) {
    assertThat(answer("lead1", way, "trial", "approve").statusCode()).isEqualTo(204);
    assertThat(answer("pm1", way, "secondTrial", "approve").statusCode()).isEqualTo(204);

    assertThat(runtime.createProcessInstanceQuery().processInstanceBusinessKey(run.value()).count())
        .isZero();
    assertThat(approvals.of(run)).extracting(Approval::who).containsExactly("lead1", "pm1");
    assertThat(journal.read(run))
        .extracting(entry -> entry.evidence())
        .hasOnlyElementsOfType(Evidence.Decided.class)
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "submit-form"})
  void hidesTheSecondQuestionFromTheFirstPersonAndRefusesTheAnswer(String way) {
    answer("lead1", way, "trial", "approve");

    assertThat(as("lead1").get("/engine-rest/task?processInstanceBusinessKey=" + run).body())
        .isEqualTo("[]");
    assertThat(answer("lead1", way, "secondTrial", "approve").statusCode()).isEqualTo(403);
    assertThat(task().getName()).isEqualTo("Approve trial as the second");
  }

  @Test
  void refusesTheFirstPersonAlsoWhenTheAdministratorAssignedTheTask() {
    answer("lead1", "complete", "trial", "approve");
    Task second = task();
    tasks.setAssignee(second.getId(), "lead1");

    HttpResponse<String> refused = answer("lead1", "complete", "secondTrial", "approve");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(task().getId()).isEqualTo(second.getId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "submit-form"})
  void refusesTheRequesterWithAClearTextEvenAsAdministrator(String way) {
    start("admin");
    identity.createMembership("admin", "technical-lead");
    try {
      HttpResponse<String> refused = answer("admin", way, "trial", "approve");

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("asked for this run").doesNotContain("\tat ");
    } finally {
      identity.deleteMembership("admin", "technical-lead");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "submit-form"})
  void refusesAPlanThatChangedSinceItWasShown(String way) {
    String shown = fingerprint();
    plan.changeTo("b".repeat(64));

    HttpResponse<String> refused = answer("lead1", way, "trial", "approve", shown, "");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("changed since this question was asked");
    assertThat(task().getName()).isEqualTo("Approve trial");
    assertThat(approvals.of(run)).isEmpty();
    assertThat(journal.read(run)).isEmpty();
  }

  @Test
  void refusesAnAnswerWithoutTheFingerprintThatWasShown() {
    assertThat(answer("lead1", "complete", "trial", "approve", "", "").statusCode()).isEqualTo(400);
  }

  @Test
  void refusesAnAnswerAfterTheExpiry() {
    ClockUtil.setCurrentTime(Date.from(Instant.now().plus(31, ChronoUnit.MINUTES)));

    HttpResponse<String> refused = answer("lead1", "complete", "trial", "approve");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("out of date");
  }

  @Test
  void refusesToDelegateAnApproval() {
    String task = task().getId();
    String delegate = "{\"userId\":\"op1\"}";

    HttpResponse<String> refused =
        as("admin").post("/engine-rest/task/" + task + "/delegate", delegate);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("cannot be delegated");
  }

  @Test
  void refusesToLeaveAnApprovalByAnError() {
    HttpResponse<String> refused =
        as("lead1")
            .post("/engine-rest/task/" + task().getId() + "/bpmnError", "{\"errorCode\":\"X\"}");

    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void refusesVariablesThatTheFormDoesNotAskFor() {
    String body =
        "{\"variables\":{\"fingerprint\":{\"value\":\"%s\"},\"trialAnswer\":{\"value\":\"approve\"},\"proxyTarget\":{\"value\":\"evil\"}}}"
            .formatted(fingerprint());

    HttpResponse<String> refused =
        as("lead1").post("/engine-rest/task/" + task().getId() + "/complete", body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("proxyTarget");
  }

  @Test
  void doesNotStoreWhatAReadOnlyFieldSends() {
    String instance = task().getProcessInstanceId();
    runtime.setVariable(instance, "loss", "none");
    String body =
        "{\"variables\":{\"fingerprint\":{\"value\":\"%s\"},\"loss\":{\"value\":\"all\"},\"trialAnswer\":{\"value\":\"approve\"}}}"
            .formatted(fingerprint());

    assertThat(
            as("lead1")
                .post("/engine-rest/task/" + task().getId() + "/complete", body)
                .statusCode())
        .isEqualTo(204);
    assertThat(runtime.getVariable(instance, "loss")).isEqualTo("none");
  }

  @Test
  void refusesACandidateWhoWritesVariablesPastTheForm() {
    String variable = "/variables/trialAnswer";
    String value = "{\"value\":\"approve\",\"type\":\"String\"}";
    Task task = task();

    assertThat(as("lead1").put("/engine-rest/task/" + task.getId() + variable, value).statusCode())
        .isEqualTo(403);
    assertThat(
            as("lead1")
                .put(
                    "/engine-rest/process-instance/" + task.getProcessInstanceId() + variable,
                    value)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesAnAnswerOfNobody() {
    String task = task().getId();
    assertThat(catchThrowable(() -> tasks.complete(task, Map.of("trialAnswer", "approve"))))
        .hasMessageContaining("somebody has to be logged in");
  }

  private void start(String requester) {
    runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(run.value())
        .list()
        .forEach(old -> runtime.deleteProcessInstance(old.getId(), "started again"));
    runs.register(run, requester);
    runtime.startProcessInstanceByKey("ApprovalTrial", run.value());
  }

  private HttpResponse<String> answer(String user, String way, String question, String answer) {
    return answer(user, way, question, answer, fingerprint(), "");
  }

  private HttpResponse<String> answer(
      String user, String way, String question, String answer, String fingerprint, String reason) {
    String body =
        "{\"variables\":{\"fingerprint\":{\"value\":\"%s\"},\"%sAnswer\":{\"value\":\"%s\"},\"%sReason\":{\"value\":\"%s\"}}}"
            .formatted(fingerprint, question, answer, question, reason);
    return as(user).post("/engine-rest/task/" + task().getId() + "/" + way, body);
  }

  /** As the form shows it. */
  private String fingerprint() {
    return (String) tasks.getVariableLocal(task().getId(), "fingerprint");
  }

  private Task task() {
    return tasks.createTaskQuery().processInstanceBusinessKey(run.value()).singleResult();
  }

  private Caller as(String user) {
    return new Caller(port, user);
  }
}
