package dev.repli.triage.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.run.process.StandingStepsLook;
import dev.repli.runbook.RunbookEngine;
import dev.repli.triage.process.TriageWorld.Gone;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Incident;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A triage that has begun before Repli was upgraded goes on with the models of then, which ask
 * nobody about a failed step. It must not end there, and people have to hear of it.
 */
class TriageOnAnOldModelTest {
  private static final String STEP = "IncidentStepProcess.bpmn";

  private RunbookEngine engine;
  private TriageWorld world;

  @BeforeEach
  void start() throws IOException {
    engine = new RunbookEngine("triage", TriageWorld.BORROWED, List.of());
    world = new TriageWorld(engine.engine, engine.beans);
    ClockUtil.setCurrentTime(Date.from(world.time.instant()));
  }

  @AfterEach
  void end() {
    ClockUtil.reset();
    try (RunbookEngine closing = engine) {
      assertThat(closing).isNotNull();
      world.close();
    }
  }

  /** The models of now, but for the boundary event at which a failed step asks people. */
  private void deployTheModelsOfThen() throws IOException {
    RepositoryService models = engine.engine.getRepositoryService();
    String now = models.createDeploymentQuery().singleResult().getId();
    DeploymentBuilder then = models.createDeployment().name("then");
    for (String name : models.getDeploymentResourceNames(now)) {
      try (InputStream model = models.getResourceAsStream(now, name)) {
        String text = new String(model.readAllBytes(), UTF_8);
        then.addString(name, name.equals(STEP) ? askingNobody(text) : text);
      }
    }
    then.deploy();
  }

  private static String askingNobody(String model) {
    String asking =
        model
            .replaceAll("(?s)<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "")
            .replaceAll(
                "(?s)<bpmn:boundaryEvent id=\"Event_StepFailed\".*?</bpmn:boundaryEvent>", "")
            .replaceAll("<bpmn:sequenceFlow id=\"Flow_StepFailed_DecideOnFailedStep\"[^>]*/>", "")
            .replaceAll("<bpmn:incoming>Flow_StepFailed_DecideOnFailedStep</bpmn:incoming>", "");
    assertThat(asking).contains("Task_PerformStep").doesNotContain("Event_StepFailed");
    return asking;
  }

  private void upgrade() {
    RepositoryService models = engine.engine.getRepositoryService();
    String now =
        models.createDeploymentQuery().list().stream()
            .filter(any -> !"then".equals(any.getName()))
            .findFirst()
            .orElseThrow()
            .getId();
    models.createDeployment().addDeploymentResources(now).deploy();
  }

  private void pass(Duration time) {
    world.time.pass(time);
    ClockUtil.setCurrentTime(Date.from(world.time.instant()));
    world.measure(0, 100);
    StandingStepsLook.at(engine.engine, world.journal(), world.time);
    world.work();
  }

  @Test
  void standsWherePeopleAreToldAndGoesOnByItself() throws IOException {
    deployTheModelsOfThen();
    world.measure(0, 100);
    world.gone = Gone.TABLE;
    world.start(false);
    upgrade();

    assertThat(world.ended()).as("lost").isFalse();
    assertThat(engine.engine.getRuntimeService().createIncidentQuery().list())
        .filteredOn(incident -> incident.getId().equals(incident.getCauseIncidentId()))
        .extracting(Incident::getActivityId)
        .containsExactly("Task_PerformStep");
    pass(Duration.ZERO);
    assertThat(world.text("STEP_STANDS"))
        .contains("Step 'Perform the step' stands still", "without its TABLE", "Cockpit")
        .doesNotContain("error handler");

    world.gone = Gone.NOTHING;
    pass(Duration.ofMinutes(5));
    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }
}
