package dev.repli.delta.conflict;

import dev.repli.approval.Approval;
import dev.repli.approval.Approvals;
import dev.repli.delta.conflict.HeldGroups.State;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides conflicts by an approved rule, some hundred at a time. Can be called again anywhere. */
public final class ApplyRule {
  /** Question of the approval; the proposal of the rule is the first of the two answers. */
  public static final String QUESTION = "conflictRule";

  private static final int AT_ONCE = 200;
  private final HeldGroups held;
  private final ConflictNode node;
  private final ConflictDesk desk;
  private final Approvals approvals;
  private final Journal journal;

  public ApplyRule(
      HeldGroups held, ConflictNode node, ConflictDesk desk, Approvals approvals, Journal journal) {
    this.held = held;
    this.node = node;
    this.desk = desk;
    this.approvals = approvals;
    this.journal = journal;
  }

  /**
   * Some conflicts were gone through.
   *
   * @param cursor where the next batch begins
   * @param decided by the rule
   * @param left for people, since the rule does not say who wins or the node refuses the row
   */
  public record Batch(long cursor, int decided, int left, boolean more) {}

  /**
   * Goes on after the cursor.
   *
   * @throws IllegalStateException when nobody has approved the rule
   */
  public Batch next(ConflictCase about, ConflictRule rule, long cursor) {
    requireApproval(rule);
    Optional<String> table = rule.table().isEmpty() ? Optional.empty() : Optional.of(rule.table());
    try (ConflictSession session = node.open(about.into(), about.account())) {
      LookAtConflicts look = new LookAtConflicts(held, session, about.id());
      List<HeldGroup> groups =
          held.page(about.id(), State.OPEN, table, cursor, look.committed(), AT_ONCE);
      if (!groups.isEmpty()) {
        desk.admit(about);
      }
      int decided = 0;
      long reached = cursor;
      for (HeldGroup group : groups) {
        DecisionOutcome outcome = desk.decide(session, look, about, group, rule);
        decided += outcome instanceof DecisionOutcome.Done ? 1 : 0;
        reached = group.group();
      }
      Batch batch = new Batch(reached, decided, groups.size() - decided, groups.size() == AT_ONCE);
      if (!groups.isEmpty()) {
        note(about, rule, batch);
      }
      return batch;
    }
  }

  private void note(ConflictCase about, ConflictRule rule, Batch batch) {
    journal.append(
        about.run(),
        new Milestone(
            "CONFLICT_RULE_APPLIED",
            "%s: %d conflicts decided, %d left to people"
                .formatted(rule.words(), batch.decided(), batch.left()),
            Map.of(
                "rule", rule.id(),
                "decided", Integer.toString(batch.decided()),
                "left", Integer.toString(batch.left()),
                "through", Long.toString(batch.cursor()))));
  }

  private void requireApproval(ConflictRule rule) {
    boolean given =
        approvals.of(rule.run()).stream()
            .filter(approval -> approval.question().equals(QUESTION))
            .filter(approval -> approval.decision().equals(rule.id()))
            .anyMatch(Approval::approves);
    if (!given) {
      throw new IllegalStateException(
          "rule %s (%s) has no approval, so nothing was decided by it"
              .formatted(rule.id(), rule.words()));
    }
  }
}
