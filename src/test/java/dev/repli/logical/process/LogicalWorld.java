package dev.repli.logical.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.logical.AskedTables;
import dev.repli.logical.DeltaListing;
import dev.repli.logical.DeltaLook;
import dev.repli.logical.DeltaLook.Seen;
import dev.repli.logical.SourceLook;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/** The way back with a delta, whose work and switch are answered by the test. */
final class LogicalWorld extends RunbookWorld {
  static final RunKey KEY = new RunKey("INC-1");
  private static final String WORKER = "test";

  private final ProcessEngine engine;
  final Journal journal = new InMemoryJournal();
  final Deque<String> switches = new ArrayDeque<>();
  Findings source = new Findings(List.of(Finding.good("stands", "source", "read only")));

  /** Why nobody can look at the delta; empty when they can. */
  String unread = "";

  /** What a dry run would do, in order. */
  final List<String> listed = new ArrayList<>();

  Seen seen = new Seen("| app.orders | 3 | 2 | 1 |", 0);

  LogicalWorld(ProcessEngine engine, Map<Object, Object> beans) {
    super(engine, KEY, "RollbackAroundIt", "monitoring");
    this.engine = engine;
    VirtualTime time = new VirtualTime();
    FakeDatabase database = new FakeDatabase(time);
    database.writerIs(Node.Role.TARGET);
    plans.add(SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of())));
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(
        Routes.class, () -> new Routes(List.of(FakeRoute.cutting(Node.Role.TARGET))));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Runs.class, FixedRuns::new);
    context.registerBean(SourceLook.class, () -> (run, plan) -> source);
    context.registerBean(DeltaLook.class, () -> (run, plan) -> look());
    context.registerBean(
        DeltaListing.class, () -> (run, plan, part) -> listed.add(run + " " + part));
    context.registerBean("listDeltaDelegate", ListDeltaDelegate.class);
    context.registerBean("checkSourceDelegate", CheckSourceDelegate.class);
    context.registerBean("lookAtDeltaDelegate", LookAtDeltaDelegate.class);
    context.registerBean("chooseDeltaListener", ChooseDeltaListener.class);
    context.registerBean("deltaTablesForm", DeltaTablesForm.class);
    context.registerBean(
        ProcessEngine.class, () -> engine, definition -> definition.setDestroyMethodName(""));
    begin(beans, "dev.repli.rollback");
    JavaDelegate pretended =
        execution -> {
          String result = Optional.ofNullable(switches.poll()).orElse("MOVED");
          execution.setVariable("switchResult", result);
          listed.add("switch");
          execution.setVariable("switchReason", "pretended " + result);
        };
    beans.put("pretendSwitchDelegate", pretended);
  }

  private Seen look() {
    if (!unread.isEmpty()) {
      throw new IllegalStateException(unread);
    }
    return seen;
  }

  /** From now on these tables are left to people, as the look at a delta writes down. */
  void leavesToPeople(Map<String, String> tables) {
    AskedTables asked = new AskedTables(tables);
    journal.append(KEY, new Milestone("DELTA_ASKED", "", tables));
    seen = new Seen("| app.odd | **you decide:** |", 0, true, asked);
  }

  /** The long work that waits, and its part, is done. */
  void works(String part) {
    work(part, Map.of("stepSucceeded", true, "stepError", ""));
  }

  void fails(String part, String why) {
    work(part, Map.of("stepSucceeded", false, "stepError", why, "stepHint", "look"));
  }

  private void work(String part, Map<String, Object> result) {
    LockedExternalTask task =
        engine
            .getExternalTaskService()
            .fetchAndLock(1, WORKER)
            .topic("carryDeltaWork", 10_000)
            .execute()
            .get(0);
    org.assertj.core.api.Assertions.assertThat(task.getVariables())
        .containsEntry("deltaPart", part);
    engine.getExternalTaskService().complete(task.getId(), WORKER, result);
    work();
  }

  /** What the rollback around it has. */
  @Override
  protected Map<String, Object> facts() {
    return Map.of("planHash", "0".repeat(64), "way", "");
  }

  @Override
  protected Journal journal() {
    return journal;
  }

  void answerSecond(Map<String, Object> answers) {
    complete(answers);
  }
}
