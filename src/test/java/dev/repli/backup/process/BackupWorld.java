package dev.repli.backup.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Node;
import dev.repli.rollback.SamplePlan;
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
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/** The proof of a backup, whose work is answered by the test. */
final class BackupWorld extends RunbookWorld {
  private static final RunKey KEY = new RunKey("shop-backup-1");
  private static final String WORKER = "test";
  private final ProcessEngine engine;
  private final Journal journal = new InMemoryJournal();

  /**
   * @param backups whether the plan names backups
   */
  BackupWorld(ProcessEngine engine, Map<Object, Object> beans, boolean backups) {
    super(engine, KEY, "BackupRehearsalProcess", "op1");
    this.engine = engine;
    VirtualTime time = new VirtualTime();
    FakeDatabase database = new FakeDatabase(time);
    database.writerIs(Node.Role.TARGET);
    plans.add(
        backups
            ? UpgradedPlan.of(database)
            : SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of())));
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(
        Routes.class, () -> new Routes(List.of(FakeRoute.cutting(Node.Role.TARGET))));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Runs.class, FixedRuns::new);
    context.registerBean("backupProofRequestedListener", BackupProofRequestedListener.class);
    context.registerBean("lookAtProofDelegate", LookAtProofDelegate.class);
    context.registerBean(
        ProcessEngine.class, () -> engine, definition -> definition.setDestroyMethodName(""));
    begin(beans, "dev.repli.rollback");
  }

  /** The work is done, and has written this milestone. */
  void ends(String part, String milestone) {
    if (!milestone.isEmpty()) {
      journal.append(KEY, new Milestone(milestone, "seen", Map.of()));
    }
    end(part, Map.of("stepSucceeded", true, "stepError", "", "stepHint", "look"));
  }

  void fails(String part, String why) {
    end(part, Map.of("stepSucceeded", false, "stepError", why, "stepHint", "look at the machine"));
  }

  private void end(String part, Map<String, Object> result) {
    List<LockedExternalTask> tasks =
        engine
            .getExternalTaskService()
            .fetchAndLock(2, WORKER)
            .topic("backupProofWork", 10_000)
            .execute();
    assertThat(tasks).hasSize(1);
    assertThat(tasks.get(0).getVariables()).containsEntry("backupPart", part);
    engine.getExternalTaskService().complete(tasks.get(0).getId(), WORKER, result);
    work();
  }

  void decide(Map<String, Object> answers) {
    assertThat(task().getName()).isEqualTo("Decide on failed step " + KEY + ", proof of a backup");
    complete(answers);
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
