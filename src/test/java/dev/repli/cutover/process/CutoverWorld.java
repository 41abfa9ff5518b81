package dev.repli.cutover.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.comparison.BackgroundComparisons;
import dev.repli.comparison.ComparedRows;
import dev.repli.comparison.InMemoryClaims;
import dev.repli.comparison.TableComparison;
import dev.repli.comparison.Verdict;
import dev.repli.cutover.MeasureNormal;
import dev.repli.cutover.WatchCriterion;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.FakeNode;
import dev.repli.database.VirtualTime;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.ActLog;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricVariableInstance;

/** Nodes, a route and a journal in memory, and one run of the cutover on a real engine. */
final class CutoverWorld extends RunbookWorld {
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

  final FixedRuns runs = new FixedRuns();

  /** Happens in the middle of each look of the watch. */
  Runnable whileLooking = () -> {};

  boolean comparisonsTakeTime;
  private final ProcessEngine engine;

  /**
   * @param beans what the engine's expressions see; replaced by those of this world
   */
  CutoverWorld(ProcessEngine engine, Map<Object, Object> beans, List<String> skippable) {
    super(engine, KEY, "CutoverProcess", "op1");
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
        () -> new BackgroundComparisons(rows, new InMemoryClaims(), this::compareNowOrLater, time));
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Secrets.class, () -> reference -> "secret");
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint(FINGERPRINT));
    context.registerBean(Runs.class, () -> runs);
    context.registerBean(Approvals.class, () -> approvals);
    context.registerBean(MeasureNormal.class, () -> any -> Map.of("latencyP95Ms", "40.0"));
    context.registerBean("concern", WatchCriterion.class, () -> (run, any) -> concerns());
    plans.add(plan);
    begin(beans, "dev.repli.rollback", "dev.repli.cutover", "dev.repli.certificate");
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
    whileLooking.run();
    return new Findings(
        concerns.stream().map(what -> Finding.bad(what, "test", "as the test says")).toList());
  }

  /** From now on the plan's file names its environments. */
  void environments(String source, String target) {
    plans.add(SamplePlan.between(database, source, target));
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

  @Override
  protected Journal journal() {
    return journal;
  }
}
