package dev.repli.replication.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.OnePlan;
import dev.repli.engine.RunPlan;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plans;
import dev.repli.replication.FakeSides;
import dev.repli.run.RunKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.RegexPatternTypeFilter;

/**
 * The set-up's model on a real engine, with servers and copy in memory. Together these tests pass
 * every event; the last check sees to it.
 */
class SetupProcessTest {
  private static final Path MODEL = Path.of("processes/replication/ReplicationSetupProcess.bpmn");
  private static final RunKey KEY = new RunKey("setup-1");
  private static final Map<Object, Object> BEANS = new HashMap<>();
  private static ProcessEngine engine;
  private final FakeSides sides = new FakeSides();
  private final Journal journal = new InMemoryJournal();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private String instance = "";

  @BeforeAll
  static void startEngine() throws Exception {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName("replication");
    configuration.setJdbcUrl("jdbc:h2:mem:replication;DB_CLOSE_DELAY=-1");
    configuration.setDatabaseSchemaUpdate("create-drop");
    configuration.setJobExecutorActivate(false);
    configuration.setHistory("full");
    configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
    configuration.setBeans(BEANS);
    engine = configuration.buildProcessEngine();
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    try (Stream<Path> forms = Files.list(Path.of("forms/replication"))) {
      for (Path file : Stream.concat(forms, Stream.of(MODEL)).toList()) {
        deployment.addString(file.getFileName().toString(), Files.readString(file));
      }
    }
    deployment.deploy();
  }

  @AfterAll
  static void reachesEveryEvent() {
    try {
      Set<String> wanted = new TreeSet<>();
      BpmnModelInstance model = Bpmn.readModelFromFile(MODEL.toFile());
      Stream.of(EndEvent.class, BoundaryEvent.class, StartEvent.class, IntermediateCatchEvent.class)
          .flatMap(type -> model.getModelElementsByType(type).stream())
          .map(FlowElement::getId)
          .forEach(wanted::add);
      engine.getHistoryService().createHistoricActivityInstanceQuery().list().stream()
          .map(HistoricActivityInstance::getActivityId)
          .forEach(wanted::remove);
      assertThat(wanted).as("events that no test has reached").isEmpty();
    } finally {
      engine.close();
    }
  }

  @BeforeEach
  void makeWorld() {
    context.registerBean("actingServers", FakeSides.class, () -> sides);
    context.registerBean("plannedServers", FakeSides.class, () -> new FakeSides());
    context.registerAlias("actingServers", "actingCopies");
    context.registerAlias("plannedServers", "plannedCopies");
    context.registerAlias("actingServers", "setupGuardrails");
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Plans.class, OnePlan::new);
    context.register(RunPlan.class);
    ClassPathBeanDefinitionScanner own = new ClassPathBeanDefinitionScanner(context);
    own.addExcludeFilter(
        new RegexPatternTypeFilter(Pattern.compile(".*\\.(jdbc|copy)\\..*|.*NamedGuardrails")));
    own.scan("dev.repli.replication");
    ClassPathBeanDefinitionScanner decisions = new ClassPathBeanDefinitionScanner(context, false);
    decisions.addIncludeFilter(
        new RegexPatternTypeFilter(Pattern.compile(".*\\.DecisionListener")));
    decisions.scan("dev.repli.rollback.process");
    context.refresh();
    BEANS.clear();
    BEANS.putAll(context.getBeansOfType(JavaDelegate.class));
    BEANS.putAll(context.getBeansOfType(TaskListener.class));
  }

  @AfterEach
  void endWorld() {
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "end of test"));
    context.close();
  }

  private void start(boolean dryRun) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("planId", OnePlan.ID.value());
    variables.put("planVersion", "a".repeat(64));
    variables.put("runKey", KEY.value());
    variables.put("incidentId", KEY.value());
    variables.put("requestedBy", "op1");
    variables.put("dryRun", dryRun);
    instance =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("ReplicationSetupProcess", KEY.value(), variables)
            .getId();
    work();
  }

  /**
   * Runs every job, the pauses between two looks included; the overrun only when it is asked for.
   */
  private void work() {
    for (List<Job> due = due(); !due.isEmpty(); due = due()) {
      engine.getManagementService().executeJob(due.get(0).getId());
    }
  }

  private List<Job> due() {
    String overrun = overrun().map(Job::getId).orElse("");
    return engine.getManagementService().createJobQuery().list().stream()
        .filter(job -> !job.getId().equals(overrun))
        .toList();
  }

  private static java.util.Optional<Job> overrun() {
    return java.util.Optional.ofNullable(
        engine
            .getManagementService()
            .createJobQuery()
            .timers()
            .activityId("Event_SetupOverran")
            .singleResult());
  }

  private Task task(String name) {
    Task task = engine.getTaskService().createTaskQuery().singleResult();
    assertThat(task).isNotNull();
    assertThat(task.getName()).isEqualTo(name + " setup-1");
    return task;
  }

  private void answer(String name, String variable, String answer) {
    engine
        .getTaskService()
        .complete(task(name).getId(), Map.of(variable, answer, reason(variable), "seen"));
    work();
  }

  private static String reason(String variable) {
    return variable.replace("Answer", "Reason");
  }

  private void begin() {
    answer("Confirm the set-up", "beginSetupAnswer", "BEGIN");
  }

  private void decide(String answer) {
    answer("Decide on failed set-up", "failedSetupAnswer", answer);
  }

  private String result() {
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .list()
        .stream()
        .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
        .filter(
            activity ->
                !List.of("Event_RunMarkedLate", "Event_TargetFollows")
                    .contains(activity.getActivityId()))
        .map(HistoricActivityInstance::getActivityName)
        .findFirst()
        .orElseThrow();
  }

  private String shown(String variable) {
    Task task = engine.getTaskService().createTaskQuery().singleResult();
    return (String) engine.getTaskService().getVariable(task.getId(), variable);
  }

  @Test
  void setsUpReplicationAfterOneConfirmation() {
    sides.account = false;
    start(false);
    assertThat(shown("setupEvidence")).contains("version of the target").contains("good");
    assertThat(sides.changes).as("before anybody confirmed").isEmpty();
    begin();

    assertThat(result()).isEqualTo("Replication set up");
    assertThat(sides.changes)
        .containsExactly("create account", "dump", "load", "follow from 0-1-7", "heartbeat");
    assertThat(journal.read(KEY).stream().map(JournalEntry::evidence))
        .filteredOn(Decided.class::isInstance)
        .hasSize(1);
  }

  @Test
  void changesNothingWhenItIsDeclined() {
    start(false);
    answer("Confirm the set-up", "beginSetupAnswer", "DECLINE");

    assertThat(result()).isEqualTo("Set-up declined");
    assertThat(sides.changes).isEmpty();
  }

  @Test
  void asksPeopleWhenSomethingIsInTheWayAndLooksAgain() {
    sides.targetEmpty = false;
    start(false);
    assertThat(shown("stepError")).contains("drop these schemas");
    sides.targetEmpty = true;
    decide("TRY_AGAIN");
    begin();

    assertThat(result()).isEqualTo("Replication set up");
  }

  @Test
  void goesOnWhereItFailedWithoutAskingAgainForTheConfirmation() {
    sides.copyError = "ERROR 1273 at line 30: Unknown collation";
    start(false);
    begin();
    assertThat(shown("stepError")).contains("1273");
    decide("TRY_AGAIN");

    assertThat(result()).isEqualTo("Replication set up");
    assertThat(sides.changes).filteredOn("dump"::equals).hasSize(1);
  }

  @Test
  void refusesBeforeTheCopyWhenTheTargetCannotConnect() {
    sides.connectError = "error 2059 caching_sha2_password";
    start(false);
    begin();
    assertThat(shown("stepError")).contains("2059");
    decide("ABANDON");

    assertThat(result()).isEqualTo("Set-up abandoned");
    assertThat(sides.changes).doesNotContain("dump");
    assertThat(sides.cleared()).isTrue();
  }

  @Test
  void marksALateRunAndGoesOn() {
    sides.copyLooks = 3;
    start(false);
    engine
        .getTaskService()
        .complete(
            task("Confirm the set-up").getId(),
            Map.of("beginSetupAnswer", "BEGIN", "beginSetupReason", ""));
    while (overrun().isEmpty()) {
      engine.getManagementService().executeJob(due().get(0).getId());
    }
    engine.getManagementService().executeJob(overrun().orElseThrow().getId());
    work();

    assertThat(result()).isEqualTo("Replication set up");
    assertThat(
            engine
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .variableName("late")
                .singleResult()
                .getValue())
        .isEqualTo(true);
  }

  @Test
  void anAbortClearsWhatWasBegun() {
    sides.copyError = "no space left";
    start(false);
    begin();
    engine
        .getRuntimeService()
        .createMessageCorrelation(SetupErrors.ABORT_REQUESTED)
        .processInstanceId(instance)
        .correlate();
    work();

    assertThat(result()).isEqualTo("Set-up aborted");
    assertThat(sides.cleared()).isTrue();
  }

  @Test
  void aDryRunAsksNobodyAndChangesNothing() {
    start(true);

    assertThat(result()).isEqualTo("Dry run finished");
    assertThat(sides.changes).isEmpty();
  }
}
