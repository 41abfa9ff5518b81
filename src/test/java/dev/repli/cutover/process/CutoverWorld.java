package dev.repli.cutover.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.comparison.BackgroundComparisons;
import dev.repli.comparison.ComparedRows;
import dev.repli.comparison.TableComparison;
import dev.repli.comparison.Verdict;
import dev.repli.cutover.WatchCriterion;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.FakeNode;
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
import dev.repli.plan.Secrets;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.ActLog;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Nodes, a route and a journal in memory, and one run of the cutover on a real engine. */
final class CutoverWorld implements AutoCloseable {
  private static final String REPLICATION_GRANT =
      "SELECT COUNT(*) FROM information_schema.user_privileges WHERE privilege_type IN"
          + " ('REPLICATION SLAVE', 'REPLICATION REPLICA') AND grantee LIKE '''repl''@%'";
  private static final Checks NO_CHECKS = new Checks(List.of(), List.of(), List.of());
  static final String FINGERPRINT = "f".repeat(16);
  static final RunKey KEY = new RunKey("CUT-1");

  final VirtualTime time = new VirtualTime();
  final FakeDatabase database = new FakeDatabase(time);
  final FakeRoute route = FakeRoute.cutting(Node.Role.SOURCE);
  final Journal journal = new InMemoryJournal(time);
  final PretendSwitchDelegate writerSwitch;
  final KeptApprovals approvals = new KeptApprovals();
  final List<String> concerns = new ArrayList<>();
  final ComparedRows rows = new ComparedRows();

  /** Comparisons that work until the test runs them. */
  final Deque<Runnable> comparing = new ArrayDeque<>();

  boolean comparisonsTakeTime;
  private final ProcessEngine engine;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Versions plans = new Versions(new ArrayDeque<>());
  private String instance = "";
  private String stopAt = "";

  /**
   * @param beans what the engine's expressions see; replaced by those of this world
   */
  CutoverWorld(ProcessEngine engine, Map<Object, Object> beans, List<String> skippable) {
    this.engine = engine;
    database.writerIs(Node.Role.SOURCE);
    for (Node.Role role : Node.Role.values()) {
      FakeNode node = database.node(role);
      node.setting("binlog_expire_logs_seconds", "864000").setting("max_connections", "200");
      node.answer(REPLICATION_GRANT, "1");
    }
    Plan plan = SamplePlan.of(database, skippable, NO_CHECKS);
    writerSwitch =
        new PretendSwitchDelegate(
            database, route.connect(plan.routes().get(0), plan, ActLog.NONE), journal);
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(Routes.class, () -> new Routes(List.of(route)));
    context.registerBean(Journal.class, () -> journal);
    rows.find(Verdict.EQUAL, time.instant());
    context.registerBean(TableComparison.class, () -> rows);
    context.registerBean(
        BackgroundComparisons.class,
        () -> new BackgroundComparisons(rows, this::compareNowOrLater, time));
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Secrets.class, () -> reference -> "secret");
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint(FINGERPRINT));
    context.registerBean(Approvals.class, () -> approvals);
    context.registerBean("concern", WatchCriterion.class, () -> (run, any) -> concerns());
    plans.kept().add(plan);
    context.registerBean(Plans.class, () -> plans);
    context.scan("dev.repli.rollback", "dev.repli.cutover", "dev.repli.certificate");
    context.refresh();
    beans.clear();
    beans.putAll(context.getBeansOfType(JavaDelegate.class));
    beans.putAll(context.getBeansOfType(ExecutionListener.class));
    beans.putAll(context.getBeansOfType(TaskListener.class));
    beans.putAll(context.getBeansOfType(CommandRule.class));
    beans.put("pretendSwitchDelegate", writerSwitch);
  }

  private void compareNowOrLater(Runnable comparison) {
    if (comparisonsTakeTime) {
      comparing.add(comparison);
    } else {
      comparison.run();
    }
  }

  private Findings concerns() {
    return new Findings(
        concerns.stream().map(what -> Finding.bad(what, "test", "as the test says")).toList());
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

  /** From now on the plan's file names its environments. */
  void environments(String source, String target) {
    FakeDatabase named =
        new FakeDatabase(
            time, named(database.source().node(), source), named(database.target().node(), target));
    plans.kept().add(SamplePlan.of(named, List.of(), NO_CHECKS, "1".repeat(64)));
  }

  private static Node named(Node node, String environment) {
    return new Node(
        node.role(),
        node.kind(),
        node.address(),
        node.account(),
        node.replication(),
        node.tls(),
        node.fenceFile(),
        Optional.of(environment));
  }

  void start(boolean dryRun) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("planId", SamplePlan.ID.value());
    variables.put("runKey", KEY.value());
    variables.put("incidentId", KEY.value());
    variables.put("requestedBy", "op1");
    variables.put("dryRun", dryRun);
    variables.put("summary", "checkout <b>fails</b>");
    ProcessInstance started =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("CutoverProcess", KEY.value(), variables);
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

  /** A timer on the way falls due; everything else goes on after it. */
  void due(String timerEvent) {
    overrun(timerEvent);
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
    assertThat(task().getName()).isEqualTo(name + " CUT-1");
    complete(answers);
  }

  private void complete(Map<String, Object> answers) {
    engine.getTaskService().complete(task().getId(), answers);
    work();
  }

  void abort() {
    engine
        .getRuntimeService()
        .createMessageCorrelation(CutoverErrors.ABORT_REQUESTED)
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

  /** Wherever in the run it was written last. */
  String newest(String name) {
    return engine
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .variableName(name)
        .list()
        .stream()
        .max(Comparator.comparing(HistoricVariableInstance::getCreateTime))
        .map(variable -> (String) variable.getValue())
        .orElseThrow();
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
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "end of test"));
    context.close();
  }
}
