package dev.repli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model keeps the house rules, and each rule sees the violation that it is there for. */
class ModelTest {
  private static final Models MODELS = Models.read();
  private static ModelBeans beans;

  @BeforeAll
  static void findBeans() throws Exception {
    beans = new ModelBeans();
  }

  static Set<String> processes() {
    return MODELS.processes().keySet();
  }

  @ParameterizedTest
  @MethodSource("processes")
  void keepsTheRules(String process) {
    assertThat(violations(process, MODELS.processes().get(process))).isEmpty();
  }

  @Test
  void catchesEveryErrorThatIsThrown() {
    Set<String> thrown = new TreeSet<>();
    Set<String> caught = new TreeSet<>();
    for (String text : MODELS.processes().values()) {
      for (ErrorEventDefinition error :
          parse(text).getModelElementsByType(ErrorEventDefinition.class)) {
        Event event = (Event) error.getParentElement();
        if (event instanceof EndEvent) {
          thrown.add(error.getError().getErrorCode());
        } else if (event instanceof CatchEvent) {
          caught.add(error.getError().getErrorCode());
        }
      }
    }
    assertThat(caught).containsAll(thrown);
  }

  @Test
  void decisionTablesAreUniqueOrCollect() {
    MODELS
        .decisions()
        .forEach(
            (name, text) ->
                assertThat(
                        Dmn.readModelFromStream(stream(text))
                            .getModelElementsByType(DecisionTable.class))
                    .as(name)
                    .allSatisfy(
                        table ->
                            assertThat(table.getHitPolicy().name()).isIn("UNIQUE", "COLLECT")));
  }

  /** What is planted into the step's model, and the rule that has to see it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id="RollbackStepProcess" name       | id="Other" name                        | has the id of its file
          isExecutable="true"                 | isExecutable="false"                   | is executable
          camunda:historyTimeToLive="P365D"   | camunda:versionTag="1"                 | has historyTimeToLive
          name="Perform the step"             | name=""                                | has a name
          name="Perform the step"             | name="Handle the step"                 | has words of the runbook
          name="Did it succeed?"              | name="Success"                         | is a question
          Task_PerformStep                    | PerformStep                            | starts with Task_
          Gateway_TryAgain                    | TryAgain                               | starts with Gateway_
          Event_StepDone                      | StepDone                               | starts with Event_
          "Flow_StepDue_PerformStep"          | "F1"                                   | starts with Flow_
          ${performStepDelegate}              | ${noSuchDelegate}                      | names a delegate that is there
          ${performStepDelegate}              | ${performStepDelegate.execute()}       | names a delegate that is there
          ${performStepDelegate}              | ${stepClockListener}                   | names a delegate that is there
          camunda:delegateExpression          | camunda:class                          | names no class
          camunda:delegateExpression          | camunda:expression                     | has no expression
          ${failedStepAnswer == 'SKIP'}       | ${failedStepAnswer.equals('SKIP')}     | compares variables and calls nothing
          ${failedStepAnswer == 'SKIP'}       | ${isSkip('SKIP')}                      | compares variables and calls nothing
          default="Flow_TryAgain_PerformStep" | gatewayDirection="Unspecified"         | has a default flow
          name="no"                           | name=""                                | carries its answer
          camunda:asyncBefore="true"          | camunda:asyncBefore="false"            | saves before it begins
          calledElement="FailedStepProcess"   | calledElement="NoSuchProcess"          | calls a process that is there
          calledElementBinding="deployment"   | calledElementBinding="latest"          | binds its process by deployment
          """)
  void seesAViolationInAStep(String find, String plant, String rule) {
    assertSees("RollbackStepProcess", find, plant, rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RollbackProcess           | errorCode="GoBack"            | errorCode="Nowhere"          | is a constant of the process class
          RollbackProcess           | name="AbortRequested"         | name="Nowhere"               | is a constant of the process class
          RollbackProcess           | camunda:jobPriority="100"     | camunda:jobPriority="1"      | has priority 100
          RollbackProcess           | ${rollbackRequestedListener}  | ${noListener}                | is an execution listener
          FailedStepProcess         | ${decisionListener}           | ${noListener}                | is a task listener
          FailedStepProcess         | formRef="approve-skipping"    | formRef="no-such-form"       | has a form that is there
          FailedStepProcess         | formRefBinding="deployment"   | formRefBinding="latest"      | binds its form by deployment
          FailedStepProcess         | candidateGroups="operators"   | candidateGroups="strangers"  | is for a known group
          FailedStepProcess         | camunda:dueDate               | camunda:followUpDate         | has a due date
          FailedStepProcess         | skipping ${incidentId}${way}" | skipping"                    | carries the incident
          FailedStepProcess         | camunda:asyncAfter="true"     | camunda:asyncAfter="false"   | saves after people answered
          RollbackAssessmentProcess | decisionRef="RollbackApproval" | decisionRef="NoSuchTable"   | evaluates a table that is there
          RollbackStepProcess       | x="255" y="130"               | x="395" y="130"              | do not overlap
          """)
  void seesAViolation(String process, String find, String plant, String rule) {
    assertSees(process, find, plant, rule);
  }

  private static void assertSees(String process, String find, String plant, String rule) {
    String text = MODELS.processes().get(process);
    assertThat(text).as("where to plant").contains(find);
    assertThat(violations(process, text.replace(find, plant)))
        .anySatisfy(violation -> assertThat(violation).contains(rule));
  }

  @Test
  void seesWhatIsNotDrawn() {
    String text =
        MODELS
            .processes()
            .get("RollbackStepProcess")
            .replaceAll("(?s)<bpmndi:BPMNShape id=\"Event_StepDone_di\".*?</bpmndi:BPMNShape>", "")
            .replaceAll(
                "(?s)<bpmndi:BPMNEdge id=\"Flow_StepDue_PerformStep_di\".*?</bpmndi:BPMNEdge>", "");
    assertThat(violations("RollbackStepProcess", text))
        .contains(
            "RollbackStepProcess, Event_StepDone: is drawn",
            "RollbackStepProcess, Flow_StepDue_PerformStep: is drawn");
  }

  private static List<String> violations(String name, String text) {
    return new ModelRules(MODELS, beans, name, parse(text)).violations();
  }

  /** Without validation: a planted violation need not be valid XML Schema. */
  private static BpmnModelInstance parse(String text) {
    return Bpmn.readModelFromStream(stream(text));
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
