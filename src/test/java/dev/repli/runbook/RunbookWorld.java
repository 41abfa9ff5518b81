package dev.repli.runbook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.CommandRule;
import dev.repli.engine.LastTry;
import dev.repli.engine.RunPlan;
import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plans;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
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
import org.springframework.transaction.support.TransactionOperations;

/** One run of a runbook on a real engine, with what stands around it made by the sub-class. */
public abstract class RunbookWorld implements AutoCloseable {
  protected final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  protected final PlanVersions plans = new PlanVersions();
  private final ProcessEngine engine;
  private final RunKey key;
  private final String process;
  private final String requestedBy;
  private String instance = "";
  private String stopAt = "";

  /**
   * @param process key of the runbook's process
   * @param requestedBy user or system that asks for the run
   */
  protected RunbookWorld(ProcessEngine engine, RunKey key, String process, String requestedBy) {
    this.engine = engine;
    this.key = key;
    this.process = process;
    this.requestedBy = requestedBy;
    BpmnAwareTests.init(engine);
    context.registerBean(Plans.class, () -> plans);
    context.registerBean(RunPlan.class);
    context.registerBean(
        LastTry.class, () -> new LastTry(TransactionOperations.withoutTransaction()));
  }

  /** Begins with what is registered by now and found in these packages. */
  protected void begin(Map<Object, Object> beans, String... packages) {
    context.scan(packages);
    context.refresh();
    beans.clear();
    beans.putAll(context.getBeansOfType(JavaDelegate.class));
    beans.putAll(context.getBeansOfType(ExecutionListener.class));
    beans.putAll(context.getBeansOfType(TaskListener.class));
    beans.putAll(context.getBeansOfType(CommandRule.class));
  }

  protected abstract Journal journal();

  /** What this runbook is started with beside that. */
  protected Map<String, Object> facts() {
    return Map.of();
  }

  public void start(boolean dryRun) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("planId", SamplePlan.ID.value());
    variables.put("runKey", key.value());
    variables.put("incidentId", key.value());
    variables.put("requestedBy", requestedBy);
    variables.put("dryRun", dryRun);
    variables.put("summary", "checkout <b>fails</b>");
    variables.putAll(facts());
    instance =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(process, key.value(), variables)
            .getId();
    work();
  }

  /** Runs every job that is due, timers excepted. */
  public void work() {
    for (Job job = nextJob(); job != null && !clockRuns(); job = nextJob()) {
      execute(job);
    }
  }

  /** Runs every job that is due by the clock of this machine, timers too, as the engine would. */
  public void workByTheClock() {
    List<Job> due = executable();
    while (!due.isEmpty()) {
      execute(due.get(0));
      due = executable();
    }
  }

  private List<Job> executable() {
    return engine.getManagementService().createJobQuery().executable().listPage(0, 1);
  }

  /** A job whose node dies (see {@link Killed}) is run again, as the engine does. */
  private void execute(Job job) {
    try {
      engine.getManagementService().executeJob(job.getId());
    } catch (Killed killed) {
      assertThat(killed).hasMessageStartingWith("killed at ");
    } catch (CompletionException elsewhere) {
      assertThat(elsewhere).hasCauseInstanceOf(Killed.class);
    }
  }

  /** From now on jobs are run only until this timer is there. */
  public void stopWhenClockRuns(String timerEvent) {
    stopAt = timerEvent;
  }

  private boolean clockRuns() {
    return !stopAt.isEmpty() && timer(stopAt) != null;
  }

  /** The timer falls due; everything else goes on after it. */
  public void due(String timerEvent) {
    Job due = requireNonNull(timer(timerEvent), "no clock runs for " + timerEvent);
    engine.getManagementService().executeJob(due.getId());
    stopAt = "";
    work();
  }

  public boolean runs(String timerEvent) {
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

  /** Whether people are asked something now. */
  public boolean asks() {
    return engine.getTaskService().createTaskQuery().count() > 0;
  }

  public Task task() {
    List<Task> tasks = engine.getTaskService().createTaskQuery().list();
    assertThat(tasks).as("open tasks").hasSize(1);
    return tasks.get(0);
  }

  /**
   * The one open task is answered and the run goes on.
   *
   * @param name what it has to be called, without the run's key behind it
   */
  public void answer(String name, Map<String, Object> answers) {
    BpmnAwareTests.assertThat(task()).hasName(name + " " + key.value());
    complete(answers);
  }

  protected void complete(Map<String, Object> answers) {
    engine.getTaskService().complete(task().getId(), answers);
    work();
  }

  public void abort() {
    engine
        .getRuntimeService()
        .createMessageCorrelation("AbortRequested")
        .processInstanceId(instance)
        .correlate();
    work();
  }

  public boolean ended() {
    return engine.getRuntimeService().createProcessInstanceQuery().count() == 0;
  }

  /** Name of the end event of the run. */
  public String result() {
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

  /** Name of the end event that was reached last, where others are passed on the way. */
  public String endedAs() {
    assertThat(ended()).as("ended; open are %s", names()).isTrue();
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .orderPartiallyByOccurrence()
        .desc()
        .list()
        .stream()
        .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
        .map(HistoricActivityInstance::getActivityName)
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() {
    return engine.getTaskService().createTaskQuery().list().stream().map(Task::getName).toList();
  }

  /** Whether this run came through an element of its own process. */
  public boolean passed(String element) {
    return engine
            .getHistoryService()
            .createHistoricActivityInstanceQuery()
            .processInstanceId(instance)
            .activityId(element)
            .count()
        > 0;
  }

  public Object variable(String name) {
    return engine
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance)
        .variableName(name)
        .singleResult()
        .getValue();
  }

  public Object taskVariable(String name) {
    return engine.getTaskService().getVariable(task().getId(), name);
  }

  public List<String> milestones() {
    return evidence(Evidence.Milestone.class).stream().map(Evidence.Milestone::name).toList();
  }

  public <T extends Evidence> List<T> evidence(Class<T> type) {
    return journal().read(key).stream()
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
