package dev.repli.postmortem.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Plan;
import dev.repli.postmortem.ClosedForAWhile;
import dev.repli.postmortem.FullPostMortems;
import dev.repli.postmortem.PastRollback;
import dev.repli.postmortem.PostMortem;
import dev.repli.postmortem.PostMortems;
import dev.repli.postmortem.RemindWriters;
import dev.repli.postmortem.WritePostMortem;
import dev.repli.postmortem.jdbc.RealPostMortems;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;

/** A rollback that is over, and its post-mortem on a real engine. */
final class PostMortemWorld extends RunbookWorld {
  static final RunKey KEY = new RunKey("INC-1-rollback-post-mortem");
  final PastRollback past;
  final FullPostMortems kept = new FullPostMortems(RealPostMortems.empty());
  final ClosedForAWhile reminders;
  private final ProcessEngine engine;

  PostMortemWorld(ProcessEngine engine, Map<Object, Object> beans) {
    super(engine, KEY, "PostMortemProcess", "monitoring");
    this.engine = engine;
    FakeDatabase database = new FakeDatabase(new VirtualTime());
    Plan plan = SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
    plans.add(plan);
    past = new PastRollback(plan).happens("checkout fails");
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(Routes.class, () -> new Routes(List.of()));
    context.registerBean(Journal.class, () -> past.journal);
    context.registerBean(Clock.class, () -> past.time);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Runs.class, () -> past.runs);
    context.registerBean(PostMortems.class, () -> kept);
    context.registerBean(WritePostMortem.class, () -> past.writing(plans, kept));
    reminders = new ClosedForAWhile(past.journal);
    context.registerBean(RemindWriters.class, () -> past.reminding(reminders));
    begin(beans, "dev.repli.rollback", "dev.repli.postmortem.process");
  }

  @Override
  protected Map<String, Object> facts() {
    return Map.of(
        "rollbackRun", PastRollback.ROLLBACK.value(),
        "rollbackEndedAt", past.time.instant().toString());
  }

  /** As somebody may who knows the variables. */
  void startAnother(String key, String rollback, boolean dryRun) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("planId", SamplePlan.ID.value());
    variables.put("runKey", key);
    variables.put("incidentId", key);
    variables.put("requestedBy", "op1");
    variables.put("dryRun", dryRun);
    if (!rollback.isEmpty()) {
      variables.put("rollbackRun", rollback);
    }
    engine.getIdentityService().clearAuthentication();
    var unused =
        engine.getRuntimeService().startProcessInstanceByKey("PostMortemProcess", key, variables);
    work();
  }

  void as(String user) {
    engine.getIdentityService().setAuthenticatedUserId(user);
  }

  List<Task> tasks() {
    return engine.getTaskService().createTaskQuery().orderByTaskName().asc().list();
  }

  void completeTask(Task task, Map<String, Object> answers) {
    engine.getTaskService().complete(task.getId(), answers);
    work();
  }

  Optional<PostMortem> kept() {
    return kept.find(PastRollback.ROLLBACK);
  }

  List<String> actionStates() {
    return kept.actions(PastRollback.ROLLBACK).stream()
        .map(action -> action.state().word())
        .toList();
  }

  String text(String milestone) {
    return past.journal
        .newestMilestone(KEY, milestone)
        .map(entry -> ((Milestone) entry.evidence()).text())
        .orElse("");
  }

  @Override
  public void close() {
    engine.getIdentityService().clearAuthentication();
    super.close();
  }

  @Override
  protected Journal journal() {
    return past.journal;
  }
}
