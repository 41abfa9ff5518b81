package dev.repli.rollback.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.engine.CommandRule;
import dev.repli.journal.Evidence;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.ActLog;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Nodes, a route and a journal in memory, and one run of the rollback on a real engine. */
final class RollbackWorld implements AutoCloseable {
  private static final Checks NO_CHECKS = new Checks(List.of(), List.of(), List.of("buy a book"));
  static final RunKey KEY = new RunKey("INC-1");

  static final String FINGERPRINT = "f".repeat(16);

  final VirtualTime time = new VirtualTime();
  final FakeDatabase database = new FakeDatabase(time);
  final KeptApprovals approvals = new KeptApprovals();
  final FixedRuns runs = new FixedRuns();
  final FakeRoute route = FakeRoute.cutting(Node.Role.TARGET);
  final Journal journal = new InMemoryJournal();
  final PretendSwitchDelegate writerSwitch;
  private final ProcessEngine engine;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Versions plans = new Versions(new ArrayDeque<>());
  private String instance = "";
  private String stopAt = "";

  /**
   * @param beans what the engine's expressions see; replaced by those of this world
   */
  RollbackWorld(ProcessEngine engine, Map<Object, Object> beans, List<String> skippable) {
    this(engine, beans, skippable, NO_CHECKS);
  }

  RollbackWorld(
      ProcessEngine engine, Map<Object, Object> beans, List<String> skippable, Checks checks) {
    this.engine = engine;
    BpmnAwareTests.init(engine);
    database.writerIs(Node.Role.TARGET);
    Plan plan = SamplePlan.of(database, skippable, checks);
    writerSwitch =
        new PretendSwitchDelegate(
            database, route.connect(plan.routes().get(0), plan, ActLog.NONE), journal);
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(Routes.class, () -> new Routes(List.of(route)));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint(FINGERPRINT));
    context.registerBean(Approvals.class, () -> approvals);
    context.registerBean(Runs.class, () -> runs);
    plans.kept().add(plan);
    context.registerBean(Plans.class, () -> plans);
    context.scan("dev.repli.rollback");
    context.refresh();
    beans.clear();
    beans.putAll(context.getBeansOfType(JavaDelegate.class));
    beans.putAll(context.getBeansOfType(ExecutionListener.class));
    beans.putAll(context.getBeansOfType(TaskListener.class));
    beans.putAll(context.getBeansOfType(CommandRule.class));
    beans.put("pretendSwitchDelegate", writerSwitch);
  }

  /** All versions of one plan, the newest last. */
  private record Versions(Deque<Plan> kept) implements Plans {
    @Override
    public List<Plan> all() {
      return List.of(kept.getLast());
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return Optional.of(kept.getLast()).filter(plan -> plan.id().equals(id));
    }

    @Override
    public Optional<Plan> version(PlanId id, String contentHash) {
      return kept.stream().filter(plan -> plan.contentHash().equals(contentHash)).findFirst();
    }
  }

  /** From now on the plan's file says this. */
  void changePlan(List<String> skippable, String contentHash) {
    plans.kept().add(SamplePlan.of(database, skippable, NO_CHECKS, contentHash));
  }

  void start(boolean dryRun) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("planId", SamplePlan.ID.value());
    variables.put("runKey", KEY.value());
    variables.put("incidentId", KEY.value());
    variables.put("requestedBy", "monitoring");
    variables.put("dryRun", dryRun);
    variables.put("summary", "checkout <b>fails</b>");
    ProcessInstance started =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("RollbackProcess", KEY.value(), variables);
    instance = started.getId();
    work();
  }

  /** Runs every job that is due, timers excepted. */
  void work() {
    for (Job job = nextJob(); job != null && !clockRuns(); job = nextJob()) {
      engine.getManagementService().executeJob(job.getId());
    }
  }

  /** From now on jobs are run only until this timer is there. */
  void stopWhenClockRuns(String timerEvent) {
    stopAt = timerEvent;
  }

  private boolean clockRuns() {
    return !stopAt.isEmpty() && timer(stopAt) != null;
  }

  /** The timer falls due; everything else goes on after it. */
  void overrun(String timerEvent) {
    Job due = requireNonNull(timer(timerEvent), "no clock runs for " + timerEvent);
    engine.getManagementService().executeJob(due.getId());
    stopAt = "";
    work();
  }

  private @Nullable Job timer(String event) {
    return engine.getManagementService().createJobQuery().timers().activityId(event).singleResult();
  }

  private @Nullable Job nextJob() {
    return engine.getManagementService().createJobQuery().messages().list().stream()
        .filter(job -> job.getRetries() > 0)
        .findFirst()
        .orElse(null);
  }

  Task task() {
    List<Task> tasks = engine.getTaskService().createTaskQuery().list();
    assertThat(tasks).as("open tasks").hasSize(1);
    return tasks.get(0);
  }

  /** The one open task has to have this name; it is answered and the run goes on. */
  void answer(String name, Map<String, Object> answers) {
    BpmnAwareTests.assertThat(task()).hasName(name + " INC-1");
    complete(answers);
  }

  void answerSecond(Map<String, Object> answers) {
    BpmnAwareTests.assertThat(task()).hasName("Approve rollback INC-1, second person");
    complete(answers);
  }

  private void complete(Map<String, Object> answers) {
    engine.getTaskService().complete(task().getId(), answers);
    work();
  }

  void abort() {
    engine
        .getRuntimeService()
        .createMessageCorrelation(RollbackErrors.ABORT_REQUESTED)
        .processInstanceId(instance)
        .correlate();
    work();
  }

  boolean ended() {
    return engine.getRuntimeService().createProcessInstanceQuery().count() == 0;
  }

  /** Name of the end event of the run. */
  String result() {
    assertThat(ended()).as("ended; open are %s", names()).isTrue();
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .list()
        .stream()
        .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
        .filter(activity -> !activity.getActivityId().equals("Event_RunMarkedLate"))
        .map(HistoricActivityInstance::getActivityName)
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() {
    return engine.getTaskService().createTaskQuery().list().stream().map(Task::getName).toList();
  }

  Object variable(String name) {
    return engine
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance)
        .variableName(name)
        .singleResult()
        .getValue();
  }

  Object taskVariable(String name) {
    return engine.getTaskService().getVariable(task().getId(), name);
  }

  List<String> milestones() {
    return evidence(Evidence.Milestone.class).stream().map(Evidence.Milestone::name).toList();
  }

  <T extends Evidence> List<T> evidence(Class<T> type) {
    return journal.read(KEY).stream()
        .map(JournalEntry::evidence)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Ends whatever a test left behind. */
  @Override
  public void close() {
    BpmnAwareTests.reset();
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "end of test"));
    context.close();
  }
}
