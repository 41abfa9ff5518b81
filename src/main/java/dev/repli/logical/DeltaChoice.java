package dev.repli.logical;

import dev.repli.delta.imports.ImportId;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.run.RunKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What people chose for the delta of a run. Stands in the journal, where the switch finds it. */
public enum DeltaChoice {
  /** As the decision table says for each table, the others imported. */
  IMPORT(Policy.EXPORT_IMPORT),
  /** As the plan says, the others imported as tables that both sides have written. */
  RECONCILE(Policy.RECONCILE),
  /** Nothing is imported; the files stay readable. */
  ABANDON(Policy.ABANDON);

  static final String CHOSEN = "DELTA_CHOSEN";
  private static final String CHOICE = "choice";

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

  /** One import for one run. */
  static ImportId importOf(RunKey run) {
    return new ImportId(run.value());
  }

  /** From now on the run's changes are treated so. */
  public void choose(Journal journal, RunKey run) {
    journal.append(
        run,
        new Milestone(
            CHOSEN,
            "Changes since the cutover: " + name().toLowerCase(java.util.Locale.ROOT),
            Map.of(CHOICE, name())));
  }

  /** Empty before anybody chose. */
  static Optional<DeltaChoice> of(Journal journal, RunKey run) {
    return journal.read(run).stream()
        .map(entry -> entry.evidence())
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .filter(milestone -> milestone.name().equals(CHOSEN))
        .reduce((earlier, later) -> later)
        .map(milestone -> valueOf(milestone.facts().getOrDefault(CHOICE, "")));
  }
}
