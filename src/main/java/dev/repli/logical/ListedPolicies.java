package dev.repli.logical;

import dev.repli.delta.imports.ImportLook;
import dev.repli.delta.policy.ChoosePolicies;
import dev.repli.delta.policy.TableFacts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.plan.DeltaRules.TableRule;
import dev.repli.plan.Plan;
import dev.repli.rollback.Looks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the decision table says before anybody knows which tables have changes. */
final class ListedPolicies {
  /** Stands for every table that is not named; no schema is called so. */
  static final String OTHERS = "(every other)";

  private final Looks looks;
  private final CutoverMark mark;
  private final ImportLook imports;
  private final ChoosePolicies decisions;

  ListedPolicies(Looks looks, CutoverMark mark, ImportLook imports, ChoosePolicies decisions) {
    this.looks = looks;
    this.mark = mark;
    this.imports = imports;
    this.decisions = decisions;
  }

  /**
   * By table: those that the plan names, those that an import refuses, and all others as one.
   *
   * @throws dev.repli.database.NodeException when the source cannot be asked
   */
  Map<String, String> of(Plan plan) {
    boolean written = SourceStand.isWrittenByItself(looks, plan, mark);
    Map<String, String> refused =
        imports
            .look(plan.source(), plan.delta().account().orElse(plan.source().account()))
            .tables();
    Map<String, Boolean> importable = new TreeMap<>();
    plan.delta().tables().stream()
        .map(TableRule::table)
        .forEach(table -> importable.put(table, !refused.containsKey(table)));
    refused.keySet().forEach(table -> importable.put(table, false));
    importable.put(OTHERS, true);
    List<TableFacts> facts =
        importable.entrySet().stream()
            .map(table -> new TableFacts(table.getKey(), false, table.getValue(), written))
            .toList();
    Map<String, String> said = new TreeMap<>();
    for (TablePolicy policy : decisions.of(facts, plan.delta())) {
      String why = refused.getOrDefault(policy.table(), "");
      said.put(policy.table(), CarriedCounts.what(policy) + (why.isEmpty() ? "" : ": " + why));
    }
    return said;
  }
}
