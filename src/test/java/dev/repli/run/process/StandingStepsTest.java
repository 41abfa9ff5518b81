package dev.repli.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;

/** Steps that failed at all their tries, in a process that another one called. */
@SpringBootTest(
    classes = StandingStepsTest.Application.class,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:standing;DB_CLOSE_DELAY=-1",
      "camunda.bpm.job-execution.enabled=false",
      "camunda.bpm.deployment-resource-pattern=classpath:none/*.bpmn"
    })
final class StandingStepsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** No @Configuration: no other test may find it by scanning. */
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Flaky flaky() {
      return new Flaky();
    }
  }

  /** Whatever a step works with. */
  public static class Flaky {
    private boolean away = true;

    public void work() {
      if (away) {
        throw new IllegalStateException("the register\nis away");
      }
    }
  }

  private static final class EngineTime extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return ClockUtil.getCurrentTime().toInstant();
    }
  }

  @Autowired private ProcessEngine engine;
  @Autowired private Flaky flaky;
  private final RunKey run = new RunKey("inc-" + UUID.randomUUID());
  private final InMemoryJournal journal = new InMemoryJournal(new EngineTime());

  @BeforeEach
  void begin() {
    flaky.away = true;
    ClockUtil.setCurrentTime(Date.from(NOON));
    BpmnModelInstance called =
        Bpmn.createExecutableProcess("Called")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .serviceTask("Task_Work")
            .name("Ask the register")
            .camundaAsyncBefore()
            .camundaExpression("${flaky.work()}")
            .endEvent()
            .done();
    BpmnModelInstance caller =
        Bpmn.createExecutableProcess("Caller")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .callActivity()
            .calledElement("Called")
            .endEvent()
            .done();
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance("called.bpmn", called)
        .addModelInstance("caller.bpmn", caller)
        .deploy();
    engine.getRuntimeService().startProcessInstanceByKey("Caller", run.value());
  }

  @AfterEach
  void end() {
    ClockUtil.reset();
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .forEach(
            found ->
                engine.getRuntimeService().deleteProcessInstance(found.getId(), "test is over"));
  }

  private void tick() {
    new StandingSteps(engine, journal, new EngineTime()).tick();
  }

  private void pass(Duration time) {
    ClockUtil.setCurrentTime(Date.from(ClockUtil.getCurrentTime().toInstant().plus(time)));
  }

  private Job job() {
    return engine.getManagementService().createJobQuery().singleResult();
  }

  private void fail() {
    while (job().getRetries() > 0) {
      String id = job().getId();
      assertThatThrownBy(() -> engine.getManagementService().executeJob(id))
          .hasMessageContaining("is away");
    }
  }

  private List<Milestone> told() {
    return journal.read(run).stream()
        .map(entry -> (Milestone) entry.evidence())
        .filter(entry -> entry.name().equals("STEP_STANDS"))
        .toList();
  }

  @Test
  void nothingIsSaidWhileTheEngineTries() {
    String id = job().getId();
    assertThatThrownBy(() -> engine.getManagementService().executeJob(id))
        .isInstanceOf(RuntimeException.class);

    tick();

    assertThat(told()).isEmpty();
    assertThat(job().getRetries()).isEqualTo(2);
  }

  @Test
  void peopleAreToldOnceInHalfAnHourWhatStandsStill() {
    fail();
    tick();
    tick();
    assertThat(told())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.text()).contains("'Ask the register'", "the register is away");
              assertThat(entry.facts())
                  .containsEntry("message", "step-stands")
                  .containsEntry("step", "Ask the register");
            });

    pass(Duration.ofMinutes(29));
    tick();
    assertThat(told()).hasSize(1);
    pass(Duration.ofMinutes(2));
    fail();
    tick();
    assertThat(told()).hasSize(2);
  }

  @Test
  void theStepIsTriedAgainAfterAWhile() {
    fail();
    tick();
    assertThat(job().getRetries()).isZero();
    pass(Duration.ofMinutes(5));

    tick();
    assertThat(job().getRetries()).isEqualTo(1);
    fail();
    tick();
    assertThat(job().getRetries()).as("five minutes from the newest failure").isZero();
    pass(Duration.ofMinutes(5));
    tick();
    flaky.away = false;
    engine.getManagementService().executeJob(job().getId());

    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
    assertThat(engine.getRuntimeService().createIncidentQuery().count()).isZero();
  }
}
