package dev.repli.reads.process;

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
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.reads.ReadProbe;
import dev.repli.reads.ReadsObserver;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
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
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Nodes, a route, reads and a journal in memory, and one run on a real engine. */
final class ReadsWorld implements AutoCloseable {
  static final RunKey KEY = new RunKey("READS-1");

  final VirtualTime time = new VirtualTime();
  final FakeDatabase database = new FakeDatabase(time);
  final FakeRoute route = FakeRoute.cutting(Node.Role.SOURCE);
  final Journal journal = new InMemoryJournal(time);
  final PretendReads reads = new PretendReads(route, time);
  private ReadsObserver observer = ReadsObserver.NONE;
  private final ProcessEngine engine;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Versions plans = new Versions(new ArrayDeque<>());
  private String instance = "";

  /**
   * @param beans what the engine's expressions see; replaced by those of this world
   */
  ReadsWorld(ProcessEngine engine, Map<Object, Object> beans, ReadRules rules) {
    this.engine = engine;
    database.writerIs(Node.Role.SOURCE);
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(Routes.class, () -> new Routes(List.of(route)));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Secrets.class, () -> reference -> "secret");
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(ReadProbe.class, () -> reads);
    context.registerBean(ReadsObserver.class, () -> (run, point) -> observer.at(run, point));
    plans.kept().add(plan(rules));
    context.registerBean(Plans.class, () -> plans);
    context.scan("dev.repli.rollback", "dev.repli.reads");
    context.refresh();
    beans.clear();
    beans.putAll(context.getBeansOfType(JavaDelegate.class));
    beans.putAll(context.getBeansOfType(ExecutionListener.class));
    beans.putAll(context.getBeansOfType(TaskListener.class));
    beans.putAll(context.getBeansOfType(CommandRule.class));
  }

  private Plan plan(ReadRules rules) {
    Plan plan =
        SamplePlan.of(
            database, List.of("verification"), new Checks(List.of(), List.of(), List.of()));
    Entrance entrance = new Entrance(new Endpoint("127.0.0.1", 3307), Optional.empty());
    return new Plan(
        plan.id(),
        plan.title(),
        plan.locale(),
        plan.source(),
        plan.target(),
        List.of(new RouteSpec.Lab("readers", Optional.of(entrance))),
        plan.rollbackWindow(),
        plan.budgets(),
        plan.blockers(),
        plan.probe(),
        plan.approvals(),
        plan.steps(),
        plan.cutover(),
        plan.checks(),
        plan.copy(),
        plan.people(),
        plan.guardrails(),
        rules,
        plan.contentHash());
  }

  /** The next time that a change of weights is at this point Repli dies there. */
  void dieAt(ReadsObserver.Point deadly) {
    observer =
        (run, point) -> {
          if (point == deadly) {
            observer = ReadsObserver.NONE;
            throw new IllegalStateException("killed at " + point);
          }
        };
  }

  /** The share that the target is to get, as the route has it. */
  long share() {
    return Math.round(route.weights().targetShare());
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
            .startProcessInstanceByKey("ProgressiveReadsProcess", KEY.value(), variables);
    instance = started.getId();
    work();
  }

  /** Runs every job that is due, timers excepted. */
  void work() {
    for (Job job = nextJob(); job != null; job = nextJob()) {
      execute(job);
    }
  }

  /** A job that fails is run again, as the engine does. */
  private void execute(Job job) {
    try {
      engine.getManagementService().executeJob(job.getId());
    } catch (IllegalStateException killed) {
      assertThat(killed).hasMessageStartingWith("killed at ");
    }
  }

  /** The timer falls due; everything else goes on after it. */
  void due(String timerEvent) {
    Job due = requireNonNull(timer(timerEvent), "no clock runs for " + timerEvent);
    engine.getManagementService().executeJob(due.getId());
    work();
  }

  boolean runs(String timerEvent) {
    return timer(timerEvent) != null;
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
    assertThat(task().getName()).isEqualTo(name + " READS-1");
    complete(answers);
  }

  private void complete(Map<String, Object> answers) {
    engine.getTaskService().complete(task().getId(), answers);
    work();
  }

  void abort() {
    engine
        .getRuntimeService()
        .createMessageCorrelation(ReadsErrors.ABORT_REQUESTED)
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
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "end of test"));
    context.close();
  }
}
