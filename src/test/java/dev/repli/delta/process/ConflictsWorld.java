package dev.repli.delta.process;

import dev.repli.approval.Approval;
import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.delta.conflict.CaseBook;
import dev.repli.delta.conflict.ConflictCase;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.conflict.Proposal;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.runbook.RunbookEngine;
import dev.repli.runbook.RunbookWorld;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.RegexPatternTypeFilter;

/** Conflicts of one import in memory, decided in a run of their model. */
final class ConflictsWorld extends RunbookWorld {
  private static final RunKey KEY = new RunKey("rollback-1");
  final FakeConflicts conflicts;
  final KeptApprovals approvals = new KeptApprovals();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final Plan plan =
      SamplePlan.of(
          new FakeDatabase(new VirtualTime()),
          List.of(),
          new Checks(List.of(), List.of(), List.of()));
  private final RunbookEngine runbook;

  ConflictsWorld(RunbookEngine runbook, FakeConflicts conflicts) {
    super(runbook.engine, KEY, "DeltaConflictsProcess", "boss");
    this.runbook = runbook;
    this.conflicts = conflicts;
    plans.add(plan);
    context.registerBean("conflicts", FakeConflicts.class, () -> conflicts);
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Approvals.class, () -> approvals);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(64)));
    ClassPathBeanDefinitionScanner decisions = new ClassPathBeanDefinitionScanner(context, false);
    decisions.addIncludeFilter(
        new RegexPatternTypeFilter(Pattern.compile(".*\\.DecisionListener")));
    decisions.scan("dev.repli.rollback.process");
    ClassPathBeanDefinitionScanner own = new ClassPathBeanDefinitionScanner(context);
    own.addExcludeFilter(
        new RegexPatternTypeFilter(Pattern.compile(".*\\.jdbc\\..*|.*DecisionPolicyTable")));
    own.scan("dev.repli.delta.conflict");
    begin(runbook.beans, new String[] {"dev.repli.delta.process"});
    runbook.engine.getIdentityService().setAuthenticatedUserId("op1");
  }

  @Override
  protected Journal journal() {
    return journal;
  }

  @Override
  protected Map<String, Object> facts() {
    return Map.of("planHash", plan.contentHash(), "importId", "import-1");
  }

  void lookAgain() {
    answer("Resolve conflicts", Map.of("conflictsAnswer", "LOOK_AGAIN"));
  }

  void propose(String kind, String table, String column) {
    answer(
        "Resolve conflicts",
        Map.of(
            "conflictsAnswer", "PROPOSE_RULE",
            "conflictsReason", "as agreed",
            "conflictRuleKind", kind,
            "conflictRuleTable", table,
            "conflictRuleColumn", column));
  }

  /** As the approval's own rule keeps it when the task is answered. */
  void approve(Approval.Answer answer) {
    Approval first = approvals.newest(KEY, "conflictProposal").orElseThrow();
    approvals.give(
        new Approval(
            KEY,
            "conflictRule",
            task().getId(),
            first.decision(),
            "lead1",
            Instant.EPOCH,
            answer,
            "",
            first.fingerprint()));
    answer("Approve rule for conflicts", Map.of("conflictRuleAnswer", answer.word()));
  }

  /** On the page, by a person. */
  void decide(long group, Proposal proposal) {
    ConflictCase about = context.getBean(CaseBook.class).of(KEY).orElseThrow();
    ConflictDesk desk = context.getBean(ConflictDesk.class);
    desk.decide(about, group, proposal, desk.one(about, group).orElseThrow().seen(), "op1", "");
  }

  @Override
  public void close() {
    runbook.engine.getIdentityService().clearAuthentication();
    super.close();
  }
}
