package dev.repli.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Abort;
import dev.repli.run.Runs.Request;
import dev.repli.run.Runs.Run;
import dev.repli.run.RunsContract;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs on a real engine with tiny runbooks. */
@SpringBootTest(
    classes = EngineRunsTest.Application.class,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:runs;DB_CLOSE_DELAY=-1",
      "camunda.bpm.job-execution.enabled=false",
      "camunda.bpm.deployment-resource-pattern=classpath:run/*.bpmn"
    })
final class EngineRunsTest extends RunsContract {

  /** No @Configuration: no other test may find it by scanning. */
  @EnableAutoConfiguration
  @Import(RunsConfiguration.class)
  static class Application {
    @Bean
    Plans plans() {
      return new KnownPlans("shop", "books");
    }

    @Bean
    Journal journal() {
      return new InMemoryJournal();
    }
  }

  /** Its own per test, since a journal never forgets. */
  private final RunKey key = new RunKey("inc-" + UUID.randomUUID());

  @Autowired private Runs runs;
  @Autowired private Journal journal;
  @Autowired private ProcessEngine engine;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void forgetEverything() {
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "test is over"));
    jdbc.sql("delete from repli_plan_claim").update();
    jdbc.sql("delete from repli_run").update();
  }

  @Override
  protected Runs runs() {
    return runs;
  }

  @Override
  protected void end(RunKey key) {
    completeTask(key);
    moved();
  }

  @Test
  void namesTheOpenTaskThenTheStepOfTheCalledProcessThenTheResult() {
    runs.start(request(key.value(), "shop", false));
    assertThat(run().waitingFor()).containsExactly("Approve rollback " + key);

    completeTask(key);
    assertThat(run().waitingFor()).containsExactly("Wait for the move");

    moved();
    assertThat(run().waitingFor()).isEmpty();
    assertThat(run().result()).hasValue("Rolled back to source");
  }

  @Test
  void startsTheRunbookWithItsFactsButNeverLetsAFactReplaceTheRequester() {
    runs.start(
        new Request(
            key,
            "RollbackProcess",
            new PlanId("shop"),
            "monitor",
            true,
            Map.of("requestedBy", "somebody else", "summary", "${7*7}")));

    Map<String, Object> variables =
        engine.getRuntimeService().getVariables(run().processInstanceId());

    assertThat(variables)
        .containsEntry("planId", "shop")
        .containsEntry("planVersion", "0".repeat(64))
        .containsEntry("runKey", key.value())
        .containsEntry("incidentId", key.value())
        .containsEntry("requestedBy", "monitor")
        .containsEntry("dryRun", true)
        .containsEntry("summary", "${7*7}");
  }

  private Runs.Start leaving(String runbook, String named) {
    Runs.Start start =
        runs.start(
            new Request(
                new RunKey(key + named), runbook, new PlanId("shop"), "monitor", false, Map.of()));
    engine.getRuntimeService().setVariable(start.run().processInstanceId(), "planReleased", true);
    return start;
  }

  /** The register decides, not a lock of one process. */
  @ParameterizedTest
  @ValueSource(strings = {"IncidentTriageProcess", "BackupRehearsalProcess"})
  void startsOneOfAPlanAlthoughItLeavesThePlanToOthers(String runbook) {
    Runs.Start first = leaving(runbook, "-a");

    assertThat(leaving(runbook, "-b"))
        .isInstanceOf(Runs.Start.PlanBusy.class)
        .returns(first.run().key(), start -> start.run().key());
    assertThat(runs.find(new RunKey(key + "-b"))).isEmpty();
    assertThat(runs.start(request(key.value(), "shop", false)))
        .isInstanceOf(Runs.Start.Started.class);
  }

  @Test
  void marksARunLateOnceItsRunbookSaysSo() {
    runs.start(request(key.value(), "shop", false));
    engine.getRuntimeService().setVariable(run().processInstanceId(), "late", true);

    assertThat(run().late()).isTrue();
  }

  @Test
  void registersNothingWhenTheEngineCannotStartTheRunbook() {
    Request unknown =
        new Request(key, "NoSuchProcess", new PlanId("shop"), "monitor", false, Map.of());

    assertThatThrownBy(() -> runs.start(unknown)).hasMessageContaining("NoSuchProcess");

    assertThat(runs.find(key)).isEmpty();
    assertThat(runs.start(request("inc-2", "shop", false))).isInstanceOf(Runs.Start.Started.class);
  }

  @Test
  void saysThatSomebodyDeletedTheRunInTheEngine() {
    runs.start(request(key.value(), "shop", false));
    engine.getRuntimeService().deleteProcessInstance(run().processInstanceId(), "by hand");

    assertThat(run().result()).hasValue("Deleted in the engine: by hand");
  }

  @Test
  void tellsTheEndFromTheJournalOnceTheEngineHasForgottenTheRun() {
    runs.start(request(key.value(), "shop", false));
    String instance = run().processInstanceId();
    end(key);
    engine.getHistoryService().deleteHistoricProcessInstance(instance);

    assertThat(run().endedAt()).isPresent();
    assertThat(run().result()).hasValueSatisfying(text -> assertThat(text).contains("cleaned up"));
  }

  @Test
  void interruptsARunBeforeItsSwitch() {
    runs.start(request(key.value(), "shop", false));

    Abort abort = runs.abort(key, "olga", "false alarm");

    assertThat(abort).isInstanceOf(Abort.Accepted.class);
    assertThat(run().result()).hasValue("Rollback aborted");
    assertThat(journal.newestMilestone(key, "ABORT_REQUESTED"))
        .hasValueSatisfying(
            entry ->
                assertThat(((Milestone) entry.evidence()).facts())
                    .containsEntry("by", "olga")
                    .containsEntry("reason", "false alarm"));
  }

  @Test
  void leavesARunningSwitchAloneAndOnlyWritesTheRequest() {
    startWith("SWITCH_ARMED");

    assertThat(runs.abort(key, "olga", "false alarm"))
        .isInstanceOfSatisfying(
            Abort.Accepted.class, accepted -> assertThat(accepted.what()).contains("undo itself"));

    assertThat(run().result()).isEmpty();
    assertThat(journal.newestMilestone(key, "ABORT_REQUESTED")).isPresent();
  }

  @Test
  void refusesAfterThePointOfNoReturn() {
    startWith("SWITCH_ARMED", "POINT_OF_NO_RETURN");
    refusesAndLeavesTheRun();
  }

  @Test
  void refusesAfterTheWriterHasMoved() {
    startWith("SWITCH_ARMED", "POINT_OF_NO_RETURN", "SWITCH_ENDED");
    refusesAndLeavesTheRun();
  }

  @Test
  void refusesOnceGoingBackInPlaceSwitchesTheVersion() {
    startWith("IN_PLACE_VERSION_SWITCHES");

    assertThat(runs.abort(key, "olga", "too late"))
        .isInstanceOfSatisfying(
            Abort.Refused.class,
            refused ->
                assertThat(refused.why())
                    .contains("the release before is being put in place")
                    .contains("answer its open task"));
    assertThat(run().result()).isEmpty();
  }

  @Test
  void interruptsARunWhoseSwitchWasUndone() {
    startWith("SWITCH_ARMED", "SWITCH_ENDED");

    assertThat(runs.abort(key, "olga", "enough")).isInstanceOf(Abort.Accepted.class);
    assertThat(run().result()).hasValue("Rollback aborted");
  }

  @Test
  void judgesTheNewestSwitchOfARun() {
    startWith("SWITCH_ARMED", "POINT_OF_NO_RETURN", "SWITCH_ENDED", "SWITCH_ARMED");

    assertThat(runs.abort(key, "olga", "enough"))
        .isInstanceOfSatisfying(
            Abort.Accepted.class, accepted -> assertThat(accepted.what()).contains("undo itself"));
  }

  @Test
  void refusesWhereTheRunbookCannotBeInterrupted() {
    runs.start(new Request(key, "DeafProcess", new PlanId("shop"), "monitor", false, Map.of()));

    assertThat(runs.abort(key, "olga", "enough"))
        .isInstanceOfSatisfying(
            Abort.Refused.class,
            refused -> assertThat(refused.why()).contains("cannot be interrupted"));
    assertThat(run().waitingFor()).containsExactly("Answer");
  }

  private void refusesAndLeavesTheRun() {
    assertThat(runs.abort(key, "olga", "too late"))
        .isInstanceOfSatisfying(
            Abort.Refused.class,
            refused ->
                assertThat(refused.why())
                    .contains("point of no return")
                    .contains("start a new rollback or cutover"));
    assertThat(run().result()).isEmpty();
  }

  private void startWith(String... milestones) {
    runs.start(request(key.value(), "shop", false));
    for (String name : milestones) {
      journal.append(key, new Milestone(name, name, Map.of()));
    }
  }

  private Run run() {
    return runs.find(key).orElseThrow();
  }

  private void completeTask(RunKey run) {
    Task task =
        engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceBusinessKey(run.value())
            .singleResult();
    engine.getTaskService().complete(task.getId());
  }

  private void moved() {
    engine.getRuntimeService().createMessageCorrelation("Moved").correlate();
  }
}
