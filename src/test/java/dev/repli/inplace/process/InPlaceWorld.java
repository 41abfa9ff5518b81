package dev.repli.inplace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.inplace.InPlaceView;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.UpgradedPlan;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/** Going back in place, whose steps are answered by the test. */
final class InPlaceWorld extends RunbookWorld {
  static final String NODE = "db2.example:3306";
  private static final RunKey KEY = new RunKey("INC-1");
  private static final String WORKER = "test";

  private final ProcessEngine engine;
  private final Journal journal = new InMemoryJournal();

  /** Transactions since the upgrade, as the test wants them to be seen. */
  int writtenSince = 7;

  /** What the logs say of the end that people chose. */
  String chosenEnd = "up to the upgrade";

  int givenUp;

  /** Transactions that the release before did not take; below 0 it does not answer. */
  int leftBehind = 3;

  /** Why nothing can be shown; empty when it can. */
  String silent = "";

  /** Why the newer release cannot come back; empty while it can. */
  String switched = "";

  InPlaceWorld(ProcessEngine engine, Map<Object, Object> beans) {
    super(engine, KEY, "InPlaceAroundIt", "monitoring");
    this.engine = engine;
    VirtualTime time = new VirtualTime();
    FakeDatabase database = new FakeDatabase(time);
    database.writerIs(Node.Role.TARGET);
    plans.add(UpgradedPlan.of(database));
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(
        Routes.class, () -> new Routes(List.of(FakeRoute.cutting(Node.Role.TARGET))));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Runs.class, FixedRuns::new);
    context.registerBean(InPlaceView.class, View::new);
    context.registerBean("showInPlaceDelegate", ShowInPlaceDelegate.class);
    context.registerBean("showChosenEndDelegate", ShowChosenEndDelegate.class);
    context.registerBean("showRestDelegate", ShowRestDelegate.class);
    context.registerBean("endForm", EndForm.class);
    context.registerBean("lookWhetherUndoableDelegate", LookWhetherUndoableDelegate.class);
    context.registerBean(
        ProcessEngine.class, () -> engine, definition -> definition.setDestroyMethodName(""));
    begin(beans, "dev.repli.rollback");
  }

  private void answer() {
    if (!silent.isEmpty()) {
      throw new IllegalStateException(silent);
    }
  }

  private final class View implements InPlaceView {
    @Override
    public Shown show(RunKey run, Plan plan) {
      answer();
      return new Shown(NODE, writtenSince + " transactions since the upgrade");
    }

    @Override
    public Choice chosen(RunKey run, Plan plan, String delta) {
      answer();
      return new Choice(
          chosenEnd,
          "62 s, then nobody can write",
          "given up: " + givenUp + " before the upgrade, then " + delta);
    }

    @Override
    public Rest rest(RunKey run, Plan plan) {
      if (leftBehind < 0) {
        throw new IllegalStateException("it does not answer");
      }
      return new Rest(true, leftBehind + " transactions are left");
    }

    @Override
    public Optional<String> whyNotUndone(RunKey run, Plan plan) {
      return Optional.of(switched).filter(why -> !why.isEmpty());
    }
  }

  /** These steps, which have to wait in this order, are done. */
  void works(String... steps) {
    for (String step : steps) {
      end(step, Map.of("stepSucceeded", true, "stepError", "", "stepHint", "look"));
    }
  }

  void fails(String step, String why) {
    end(step, Map.of("stepSucceeded", false, "stepError", why, "stepHint", "look"));
  }

  private void end(String step, Map<String, Object> result) {
    LockedExternalTask task = waiting().get(0);
    assertThat(task.getVariables()).containsEntry("inPlaceStep", step);
    engine.getExternalTaskService().complete(task.getId(), WORKER, result);
    work();
  }

  /** What the step that waits knows of what people chose. */
  String chosen() {
    return wanted("inPlaceDelta");
  }

  /** What the step that waits knows by this name. */
  String wanted(String name) {
    LockedExternalTask task = waiting().get(0);
    engine.getExternalTaskService().unlock(task.getId());
    return String.valueOf(task.getVariables().get(name));
  }

  boolean worksStill() {
    return engine.getExternalTaskService().createExternalTaskQuery().count() > 0;
  }

  private List<LockedExternalTask> waiting() {
    return engine
        .getExternalTaskService()
        .fetchAndLock(1, WORKER)
        .topic("inPlaceWork", 10_000)
        .execute();
  }

  void answerSecond(Map<String, Object> answers) {
    complete(answers);
  }

  /** What the rollback around it has. */
  @Override
  protected Map<String, Object> facts() {
    return Map.of("planHash", "2".repeat(64), "way", "");
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
