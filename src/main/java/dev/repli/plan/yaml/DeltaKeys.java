package dev.repli.plan.yaml;

import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.DeltaRules.TableRule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys of the delta. */
final class DeltaKeys {
  private static final Key<String> TABLE =
      Key.required(
          "table",
          Texts.formed(
              "[A-Za-z0-9_$-]{1,64}\\.[A-Za-z0-9_$-]{1,64}", "schema.table", table -> table),
          "The table, with its schema.");
  private static final Key<Policy> POLICY =
      Key.required(
          "policy", Texts.oneOf(Policy.class), "What happens to the changes of this table.");
  private static final Key<Optional<String>> TIME_COLUMN =
      Key.optional(
          "timeColumn",
          Texts.formed(
              "[A-Za-z_$][A-Za-z0-9_$]{0,63}",
              "a column's name: letters, digits, _ and $, up to 64",
              column -> column),
          "TIMESTAMP or DATETIME column that each write of a row sets; by it rows are found where"
              + " the binary logs are gone.");
  private static final Block<TableRule> RULE =
      Block.of(
          List.of(TABLE, POLICY, TIME_COLUMN),
          values -> new TableRule(values.get(TABLE), values.get(POLICY), values.get(TIME_COLUMN)));

  private static final Key<Optional<Account>> ACCOUNT =
      Key.optional(
          "account",
          NodeKeys.ACCOUNT,
          "Account that may write the applications' tables of the node that an import goes to;"
              + " Repli's own when left out.");
  private static final Key<List<TableRule>> TABLES =
      Key.withDefault(
          "tables", new Items<>(RULE, 0), List.of(), "Decisions taken beforehand, by table.");

  static final Block<DeltaRules> DELTA =
      Block.of(
              List.of(ACCOUNT, TABLES),
              values -> new DeltaRules(values.get(ACCOUNT), values.get(TABLES)))
          .checked(DeltaKeys::eachTableOnce);

  private DeltaKeys() {}

  private static void eachTableOnce(Values values) {
    List<TableRule> rules = values.find(TABLES).orElse(List.of());
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < rules.size(); index++) {
      String table = rules.get(index).table();
      if (!seen.add(table)) {
        values.error(
            "tables[" + index + "].table",
            "stands twice: " + Shown.quoted(table),
            "each table once",
            "");
      }
    }
  }
}
