package dev.repli.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens on the way back to rows that were written on the target meanwhile.
 *
 * @param account writes into the applications' tables of the node that an import goes to; empty
 *     when Repli's own account may
 * @param tables decisions taken beforehand; the others come from the decision table
 */
public record DeltaRules(Optional<Account> account, List<TableRule> tables) {
  public static final DeltaRules USUAL = new DeltaRules(Optional.empty(), List.of());

  public DeltaRules {
    tables = List.copyOf(tables);
  }

  /** What happens to the changes of a table. */
  public enum Policy {
    /** They stay readable in the archive, and nowhere else. */
    ABANDON,
    /** They are imported; a row that is not as it was before is decided by people. */
    EXPORT_IMPORT,
    /** They travel by replication. */
    REVERSE_REPLICATION,
    /** As an import, of a table that both sides have written: rules for many rows are offered. */
    RECONCILE
  }

  /**
   * A decision about one table.
   *
   * @param table {@code schema.table}
   * @param timeColumn by which its rows are found where no binary log tells; empty to choose
   */
  public record TableRule(String table, Policy policy, Optional<String> timeColumn) {
    public TableRule(String table, Policy policy) {
      this(table, policy, Optional.empty());
    }
  }

  /** Time columns that the plan names, by table. */
  public Map<String, String> timeColumns() {
    Map<String, String> columns = new HashMap<>();
    tables.forEach(
        rule -> rule.timeColumn().ifPresent(column -> columns.put(rule.table(), column)));
    return columns;
  }

  public Optional<Policy> of(String table) {
    return tables.stream()
        .filter(rule -> rule.table().equals(table))
        .map(TableRule::policy)
        .findFirst();
  }
}
