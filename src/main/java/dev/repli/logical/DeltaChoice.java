package dev.repli.logical;

import dev.repli.delta.imports.ImportId;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.run.RunKey;
import java.util.HashMap;
import java.util.Map;

/** What people can choose for the delta of a run as a whole. */
public enum DeltaChoice {
  /** As the decision table and people say for each table, the others imported. */
  IMPORT(Policy.EXPORT_IMPORT),
  /** As plan and people say, the others imported as tables that both sides have written. */
  RECONCILE(Policy.RECONCILE),
  /** Nothing is imported; the files stay readable. */
  ABANDON(Policy.ABANDON);

  /** Repli's own proof that nothing was lost travels whatever happens to the rest. */
  private static final String PROBE = "repli_probe.probe_write";

  private final Policy others;

  DeltaChoice(Policy others) {
    this.others = others;
  }

  /** For every table that {@link #policies} does not name. */
  Policy others() {
    return others;
  }

  /**
   * By table.
   *
   * @param plan what was decided beforehand
   * @param decided what the decision table said before people chose
   */
  Map<String, Policy> policies(DeltaRules plan, Map<String, Policy> decided) {
    Map<String, Policy> policies = new HashMap<>();
    if (this != ABANDON) {
      plan.tables().stream()
          // nothing travels by replication during an import: people have chosen knowing that
          .filter(rule -> rule.policy() != Policy.REVERSE_REPLICATION)
          .forEach(rule -> policies.put(rule.table(), rule.policy()));
    }
    if (this == IMPORT) {
      policies.putAll(decided);
    }
    policies.put(PROBE, Policy.EXPORT_IMPORT);
    return policies;
  }

  /** Nobody is asked about it. */
  static boolean isProof(String table) {
    return table.equals(PROBE);
  }

  /** One import for one run. */
  static ImportId importOf(RunKey run) {
    return new ImportId(run.value());
  }
}
