package dev.repli.delta.policy;

import dev.repli.plan.DeltaRules;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says of every table with changes what happens to them. */
@Component
public final class ChoosePolicies {
  private final PolicyTable table;

  public ChoosePolicies(PolicyTable table) {
    this.table = table;
  }

  /** One answer for each, those that people have to decide first. */
  public List<TablePolicy> of(Collection<TableFacts> tables, DeltaRules rules) {
    return tables.stream()
        .map(facts -> table.decide(facts, rules.of(facts.table())))
        .sorted(
            Comparator.comparing((TablePolicy policy) -> policy instanceof TablePolicy.Decided)
                .thenComparing(TablePolicy::table))
        .toList();
  }
}
