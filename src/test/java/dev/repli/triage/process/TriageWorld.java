package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.approval.Approval;
import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.approval.PreApprovals;
import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.KeptBreaches;
import dev.repli.criteria.Ruling;
import dev.repli.criteria.Sample;
import dev.repli.criteria.TwoClocks;
import dev.repli.criteria.process.TableOfFile;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.ContactRules;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.reversibility.MeasureWay;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.rollback.ApprovedWithCutover;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.Killed;
import dev.repli.runbook.RunbookWorld;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.task.Task;

/** Metrics, a way back and the register as the test says, and one triage on a real engine. */
final class TriageWorld extends RunbookWorld {
  /** Models of other folders that the triage calls. */
  static final List<String> BORROWED = List.of("rollback/FailedStepProcess.bpmn");

  static final RunKey KEY = new RunKey("INC-1");
  static final RunKey ROLLBACK = new RunKey("INC-1-rollback");
  private static final RunKey CUTOVER = new RunKey("CUT-1");
  private static final TableOfFile TABLE = new TableOfFile();
  private static final Duration STEP = Duration.ofSeconds(30);

  final TwoClocks time = new TwoClocks(Instant.parse("2026-03-01T12:00:00Z"));
  final TriageRuns runs = new TriageRuns(time);
  private final Journal journal = new InMemoryJournal(time);
  private final KeptApprovals approvals = new KeptApprovals();
  private final Plan plan;
  private final EvaluateCriteria criteria;
  private final BreachClocks clocks = new BreachClocks(new KeptBreaches(), time, time.monotonic());
  private final ProcessEngine engine;
  private State way = State.OPEN;

  /** The one way back that there is. */
  Strategy strategy = Strategy.REPLICATION;

  /** What a look needs and does not find. */
  enum Gone {
    NOTHING,
    TABLE,
    METER
  }

  Gone gone = Gone.NOTHING;

  TriageWorld(ProcessEngine engine, Map<Object, Object> beans) {
    this(engine, beans, ContactRules.NONE);
  }

  TriageWorld(ProcessEngine engine, Map<Object, Object> beans, ContactRules contacts) {
    super(engine, KEY, "IncidentTriageProcess", "monitoring");
    this.engine = engine;
    FakeDatabase database = new FakeDatabase(new VirtualTime());
    plan =
        SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()))
            .calling(contacts);
    plans.add(plan);
    criteria = new EvaluateCriteria(List.of(), clocks, this::judge, any -> Optional.of(100.0));
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(Routes.class, () -> new Routes(List.of()));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, () -> approvals);
    context.registerBean(Runs.class, () -> runs);
    context.registerBean(EvaluateCriteria.class, () -> criteria);
    context.registerBean(BreachClocks.class, () -> clocks);
    context.registerBean(ReversibilityMeter.class, this::meter);
    begin(beans, "dev.repli.rollback", "dev.repli.triage");
  }

  private ReversibilityMeter meter() {
    MeasureWay measure =
        new MeasureWay() {
          @Override
          public Strategy strategy() {
            return strategy;
          }

          @Override
          public WayBack measure(Plan any) {
            return new WayBack(strategy(), way, new Findings(List.of()), "minutes", "", "");
          }
        };
    return new ReversibilityMeter(
        plans,
        List.of(measure),
        (ways, left) -> {
          needs(Gone.METER);
          return ways.stream().anyMatch(WayBack::mayBeGone) ? List.of(strategy) : List.of();
        },
        new SimpleMeterRegistry(),
        time);
  }

  private List<Ruling> judge(String preset, String criterion, String state) {
    needs(Gone.TABLE);
    return TABLE.judge(preset, criterion, state);
  }

  private void needs(Gone needed) {
    if (gone == needed) {
      throw new Killed("a look without its " + needed);
    }
  }

  /** After the first look, the next one is a timer of its own. */
  @Override
  public void due(String timerEvent) {
    super.due(runs(timerEvent) ? timerEvent : timerEvent + "Again");
  }

  /** Names of all open tasks, sorted. */
  List<String> tasks() {
    return engine.getTaskService().createTaskQuery().orderByTaskName().asc().list().stream()
        .map(Task::getName)
        .toList();
  }

  /** One of several open tasks is answered. */
  void answerTask(String name, Map<String, Object> answers) {
    Task task = engine.getTaskService().createTaskQuery().taskName(name).singleResult();
    engine.getTaskService().complete(task.getId(), answers);
    work();
  }

  /** The same by a person who is logged in. */
  void answerTaskAs(String user, String name, Map<String, Object> answers) {
    engine.getIdentityService().setAuthenticatedUserId(user);
    try {
      answerTask(name, answers);
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  void wayBack(State state) {
    way = state;
  }

  /** A watched cutover, approved together with the way back. */
  void approvedWithCutover() {
    runs.triage(KEY, plan.id());
    runs.watchedCutover(CUTOVER, plan.id());
    approvals.give(
        new Approval(
            CUTOVER,
            PreApprovals.QUESTION,
            "t-pre",
            "t-pre",
            "lead",
            time.instant(),
            Approval.Answer.APPROVE,
            "",
            "f".repeat(16)));
  }

  boolean isApprovedWithCutover() {
    return context.getBean(ApprovedWithCutover.class).find(ROLLBACK, plan).isPresent();
  }

  /** Measured once, now. */
  void measure(double errors, double latency) {
    criteria.take(
        plan,
        new Sample(
            Map.of(Metric.ERROR_RATE, errors, Metric.LATENCY_P95_MS, latency), Optional.empty()));
  }

  /** Measured again and again while so much time passes. */
  void measureFor(Duration lasting, double errors) {
    for (Duration at = Duration.ZERO; at.compareTo(lasting) < 0; at = at.plus(STEP)) {
      time.pass(STEP);
      measure(errors, 100);
    }
  }

  void report(Metric metric, double value) {
    EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(metric, value);
    criteria.take(plan, new Sample(values, Optional.empty()));
  }

  /** The reporter says that it is over. */
  void resolve() {
    clocks.clear(plan.id());
    journal.append(KEY, new Milestone("INCIDENT_RESOLVED", "over", Map.of()));
  }

  /** As the register does at every start. */
  void reported(String severity) {
    journal.append(KEY, new Milestone("RUN_REQUESTED", "asked", Map.of("severity", severity)));
  }

  /** Another incident of the plan, as the intake notes it. */
  void join(String incident, String severity) {
    journal.append(
        KEY,
        new Milestone(
            "INCIDENT_JOINED",
            "also reported",
            Map.of("incidentId", incident, "severity", severity, "status", "firing")));
  }

  /** The one open task is answered by a person who is logged in. */
  void answerAs(String user, String name, Map<String, Object> answers) {
    engine.getIdentityService().setAuthenticatedUserId(user);
    try {
      answer(name, answers);
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  /** The engine takes the answer, and its commit is refused. */
  void answerInVain(Map<String, Object> answers) {
    String id = task().getId();
    assertThatThrownBy(
            () ->
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                    .getCommandExecutorTxRequired()
                    .execute(
                        command -> {
                          engine.getTaskService().complete(id, answers);
                          throw new IllegalStateException("something else was faster");
                        }))
        .hasMessageContaining("was faster");
  }

  /** The rollback's own journal. */
  void rollbackBegins(String step) {
    journal.append(ROLLBACK, new Milestone("STEP_BEGUN", "begun", Map.of("step", step)));
  }

  String text(String milestone) {
    return journal
        .newestMilestone(KEY, milestone)
        .map(entry -> ((Milestone) entry.evidence()).text())
        .orElse("");
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
