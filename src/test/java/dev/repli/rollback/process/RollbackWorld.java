package dev.repli.rollback.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.reversibility.MeasureWay;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.rollback.UpgradedPlan;
import dev.repli.route.ActLog;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;

/** Nodes, a route and a journal in memory, and one run of the rollback on a real engine. */
final class RollbackWorld extends RunbookWorld {
  private static final Checks NO_CHECKS = new Checks(List.of(), List.of(), List.of("buy a book"));
  static final RunKey KEY = new RunKey("INC-1");

  private static final String WORKER = "test";
  private final ProcessEngine engine;
  static final String FINGERPRINT = "f".repeat(16);

  final VirtualTime time = new VirtualTime();
  final FakeDatabase database = new FakeDatabase(time);
  final KeptApprovals approvals = new KeptApprovals();
  final FixedRuns runs = new FixedRuns();
  final FakeRoute route = FakeRoute.cutting(Node.Role.TARGET);
  final Journal journal = new InMemoryJournal();
  final PretendSwitchDelegate writerSwitch;

  /** What is found of the way back with a delta. */
  private State withDelta = State.CLOSED;

  private State inPlace = State.CLOSED;

  /**
   * @param beans what the engine's expressions see; replaced by those of this world
   */
  RollbackWorld(ProcessEngine engine, Map<Object, Object> beans, List<String> skippable) {
    this(engine, beans, skippable, NO_CHECKS);
  }

  RollbackWorld(
      ProcessEngine engine, Map<Object, Object> beans, List<String> skippable, Checks checks) {
    super(engine, KEY, "RollbackProcess", "monitoring");
    this.engine = engine;
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
    plans.add(plan);
    context.registerBean(
        ProcessEngine.class, () -> engine, definition -> definition.setDestroyMethodName(""));
    context.registerBean("wayWithDelta", MeasureWay.class, WayWithDelta::new);
    context.registerBean("wayInPlace", MeasureWay.class, WayInPlace::new);
    begin(beans, "dev.repli.rollback", "dev.repli.reversibility");
    beans.put("pretendSwitchDelegate", writerSwitch);
  }

  void wayWithDelta(State state) {
    withDelta = state;
  }

  /** The node was upgraded on its own machine, and nothing else is left: the source is gone. */
  void onlyInPlace() {
    plans.add(UpgradedPlan.of(database));
    inPlace = State.OPEN;
    database.source().crash();
  }

  private final class WayInPlace implements MeasureWay {
    @Override
    public Strategy strategy() {
      return Strategy.IN_PLACE;
    }

    @Override
    public WayBack measure(Plan plan) {
      return new WayBack(
          strategy(), inPlace, new Findings(List.of()), "hours", "what you give up", "");
    }
  }

  /** What stands for going back in place ends. */
  void inPlaceEnds() {
    engine.getExternalTaskService().complete(pretended(), WORKER);
    work();
  }

  /** People choose to go back there. */
  void inPlaceGoesBack() {
    engine.getExternalTaskService().handleBpmnError(pretended(), WORKER, "GoBack");
    work();
  }

  private String pretended() {
    return engine
        .getExternalTaskService()
        .fetchAndLock(1, WORKER)
        .topic("pretendedInPlace", 10_000)
        .execute()
        .get(0)
        .getId();
  }

  /** As the test says. */
  private final class WayWithDelta implements MeasureWay {
    @Override
    public Strategy strategy() {
      return Strategy.LOGICAL;
    }

    @Override
    public WayBack measure(Plan plan) {
      Finding risk = Finding.risk("written here since", "source", "0-1-9");
      Findings found = new Findings(withDelta == State.LOSES ? List.of(risk) : List.of());
      return new WayBack(strategy(), withDelta, found, "minutes", "", "");
    }
  }

  /** From now on the plan's file says this. */
  void changePlan(List<String> skippable, String contentHash) {
    plans.add(SamplePlan.of(database, skippable, NO_CHECKS, contentHash));
  }

  /** From now on the plan's file names its environments. */
  void environments(String source, String target) {
    plans.add(SamplePlan.between(database, source, target));
  }

  /** Whatever the name of the one open task. */
  void answer(Map<String, Object> answers) {
    complete(answers);
  }

  void answerSecond(Map<String, Object> answers) {
    BpmnAwareTests.assertThat(task()).hasName("Approve rollback INC-1, second person");
    complete(answers);
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
