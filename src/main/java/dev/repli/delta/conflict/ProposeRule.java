package dev.repli.delta.conflict;

import dev.repli.approval.Approval;
import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.conflict.ConflictRule.Kind;
import dev.repli.delta.conflict.HeldGroups.State;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.ImportId;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/** Takes a rule in, as the first of two answers: the second has to come from another person. */
public final class ProposeRule {
  /** The first answer; {@link ApplyRule#QUESTION} is the second. */
  public static final String QUESTION = "conflictProposal";

  private final HeldGroups held;
  private final ConflictCases cases;
  private final ConflictRules rules;
  private final Approvals approvals;
  private final Fingerprints fingerprints;

  public ProposeRule(
      HeldGroups held,
      ConflictCases cases,
      ConflictRules rules,
      Approvals approvals,
      Fingerprints fingerprints) {
    this.held = held;
    this.cases = cases;
    this.rules = rules;
    this.approvals = approvals;
    this.fingerprints = fingerprints;
  }

  /** Why it cannot be proposed; empty when it can. */
  public Optional<String> refusal(RunKey run, String kind, String table, String column) {
    Optional<Kind> known =
        List.of(Kind.values()).stream().filter(one -> one.name().equals(kind)).findFirst();
    if (known.isEmpty()) {
      return Optional.of("choose a rule");
    }
    Optional<ImportId> id = cases.of(run).map(ConflictCases.Known::id);
    if (id.isEmpty()) {
      return Optional.of("this run has nothing to decide about");
    }
    if (table.isEmpty()) {
      return known.get() == Kind.DEAD_LETTER
          ? Optional.empty()
          : Optional.of("name the table as schema.table");
    }
    List<HeldGroup> open =
        held.page(id.get(), State.OPEN, Optional.of(table), 0, Long.MAX_VALUE, 1);
    if (open.isEmpty()) {
      return Optional.of("nothing of table " + table + " waits for a decision");
    }
    return known.get() == Kind.NEWEST_WINS
        ? columnRefusal(id.get(), open.get(0), column)
        : Optional.empty();
  }

  private Optional<String> columnRefusal(ImportId id, HeldGroup group, String name) {
    List<HeldChange> first = held.changes(id, group, 0, 1);
    Optional<DeltaColumn> column =
        first.stream()
            .flatMap(change -> change.change().table().columns().stream())
            .filter(one -> one.name().equals(name))
            .findFirst();
    if (column.isEmpty()) {
      return Optional.of("table %s has no column %s".formatted(group.table(), name));
    }
    return RuleVerdict.orders(column.get().kind())
        ? Optional.empty()
        : Optional.of("column %s is neither a whole number nor a time".formatted(name));
  }

  /** Keeps it in the transaction of the caller. */
  public void propose(ConflictRule rule, Plan plan) {
    rules.propose(rule);
    approvals.give(
        new Approval(
            rule.run(),
            QUESTION,
            rule.id(),
            rule.id(),
            rule.proposedBy(),
            rule.at(),
            Approval.Answer.APPROVE,
            rule.reason(),
            fingerprints.of(plan).value()));
  }
}
