package dev.repli.logical;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.imports.ImportSession.Readiness;
import dev.repli.delta.policy.ChoosePolicies;
import dev.repli.delta.policy.TableFacts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.delta.policy.TablePolicy.Ask;
import dev.repli.delta.policy.TablePolicy.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Plan;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the team's decision table says of each table of a delta, from what is true on the source.
 * The last word before people chose stands in the journal, where import and switch find it.
 */
final class TablePolicies {
  private static final String PROPOSED = "DELTA_POLICIES";

  private final Looks looks;
  private final CutoverMark mark;
  private final Imports imports;
  private final ChoosePolicies decisions;
  private final Journal journal;

  TablePolicies(
      Looks looks, CutoverMark mark, Imports imports, ChoosePolicies decisions, Journal journal) {
    this.looks = looks;
    this.mark = mark;
    this.imports = imports;
    this.decisions = decisions;
    this.journal = journal;
  }

  /**
   * By table. Replication and streams have ended by the time of an import: nothing travels.
   *
   * @param changes of each table, which people are told of those that they decide
   */
  Map<String, TablePolicy> propose(
      RunKey run,
      Plan plan,
      Collection<DeltaTable> tables,
      Map<String, DeltaCounts.Table> changes) {
    boolean written = SourceStand.isWrittenByItself(looks, plan, mark);
    Map<String, Readiness> readiness = imports.readiness(plan, tables);
    List<TableFacts> facts =
        readiness.entrySet().stream()
            .map(
                table ->
                    new TableFacts(
                        table.getKey(),
                        false,
                        table.getValue() instanceof Readiness.Ready,
                        written))
            .toList();
    Map<String, TablePolicy> proposed = new TreeMap<>();
    decisions.of(facts, plan.delta()).forEach(policy -> proposed.put(policy.table(), policy));
    readiness.forEach((table, ready) -> proposed.computeIfPresent(table, (t, p) -> why(p, ready)));
    keep(run, proposed.values(), changes);
    return proposed;
  }

  /** What stands in the way of an import is what people have to mend. */
  private static TablePolicy why(TablePolicy policy, Readiness readiness) {
    if (DeltaChoice.isProof(policy.table())) {
      return new Decided(policy.table(), Policy.EXPORT_IMPORT, "Repli's own proof always travels");
    }
    return policy instanceof Ask ask && readiness instanceof Readiness.NotReady not
        ? new Ask(ask.table(), ask.why() + ": " + String.join("; ", not.reasons()))
        : policy;
  }

  private void keep(
      RunKey run, Collection<TablePolicy> proposed, Map<String, DeltaCounts.Table> changes) {
    Map<String, String> facts = new TreeMap<>();
    for (TablePolicy policy : proposed) {
      if (policy instanceof Decided decided) {
        facts.put(decided.table(), decided.policy().name());
      }
    }
    Milestone said =
        new Milestone(
            PROPOSED,
            "The decision table says what happens to %d of %d tables"
                .formatted(facts.size(), proposed.size()),
            facts);
    journal.appendAll(run, List.of(said, asked(proposed, changes).milestone()));
  }

  /** What is left to people. */
  static AskedTables asked(
      Collection<TablePolicy> proposed, Map<String, DeltaCounts.Table> changes) {
    Map<String, String> asked = new TreeMap<>();
    for (TablePolicy policy : proposed) {
      if (policy instanceof Ask ask) {
        asked.put(
            ask.table(),
            Optional.ofNullable(changes.get(ask.table()))
                .map(rows -> CarriedCounts.words(rows) + ": " + ask.why())
                .orElse(ask.why()));
      }
    }
    return new AskedTables(asked);
  }

  /** By table; what was asked is not in it. */
  static Map<String, Policy> decided(Journal journal, RunKey run) {
    Map<String, Policy> policies = new HashMap<>();
    journal.read(run).stream()
        .map(entry -> entry.evidence())
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .filter(milestone -> milestone.name().equals(PROPOSED))
        .reduce((earlier, later) -> later)
        .ifPresent(
            milestone ->
                milestone
                    .facts()
                    .forEach((table, policy) -> policies.put(table, Policy.valueOf(policy))));
    return policies;
  }
}
