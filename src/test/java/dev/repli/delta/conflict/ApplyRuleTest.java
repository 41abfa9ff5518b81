package dev.repli.delta.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approval;
import dev.repli.approval.KeptApprovals;
import dev.repli.delta.NamedNode;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportId;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ApplyRuleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunKey RUN = new RunKey("rollback-1");
  private final FakeConflicts conflicts =
      new FakeConflicts()
          .hold(
              1,
              History.row(1, "source", 5),
              History.row(1, "before", 1),
              History.row(1, "target", 9));
  private final KeptApprovals approvals = new KeptApprovals();
  private int admitted;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final ApplyRule rules =
      new ApplyRule(
          conflicts,
          conflicts,
          new ConflictDesk(
              conflicts, conflicts, about -> admitted++, journal, Clock.fixed(NOW, ZoneOffset.UTC)),
          approvals,
          journal);

  @Test
  void doesNotOverwriteARowThatChangedSinceTheRuleLookedAtIt() {
    ConflictRule rule = approvedNewestWins();
    conflicts.beforeDecision = () -> conflicts.rows.put(1, History.row(1, "newer yet", 12));

    ApplyRule.Batch batch = rules.next(about(), rule, 0);

    assertThat(batch).isEqualTo(new ApplyRule.Batch(1, 0, 1, false));
    assertThat(conflicts.rows).containsEntry(1, History.row(1, "newer yet", 12));
    assertThat(conflicts.decisionsOnNode()).isZero();
  }

  @Test
  void takesTheNewerRowThatItLookedAt() {
    ConflictRule rule = approvedNewestWins();

    assertThat(rules.next(about(), rule, 0)).isEqualTo(new ApplyRule.Batch(1, 1, 0, false));
    assertThat(conflicts.rows).containsEntry(1, History.row(1, "target", 9));
    assertThat(admitted).as("once for all of them").isOne();
    assertThat(rules.next(about(), rule, 1)).isEqualTo(new ApplyRule.Batch(1, 0, 0, false));
    assertThat(admitted).as("nothing was left to decide").isOne();
  }

  private ConflictRule approvedNewestWins() {
    ConflictRule rule =
        new ConflictRule(
            "task-1",
            RUN,
            ConflictRule.Kind.NEWEST_WINS,
            "app.things",
            "amount",
            "op1",
            "agreed",
            NOW);
    approvals.give(
        new Approval(
            RUN,
            ApplyRule.QUESTION,
            "task-2",
            rule.id(),
            "lead1",
            NOW,
            Approval.Answer.APPROVE,
            "",
            "f"));
    return rule;
  }

  private static ConflictCase about() {
    return new ConflictCase(
        new ImportId("import-1"), RUN, NamedNode.of(Node.Role.SOURCE), NamedNode.account());
  }
}
