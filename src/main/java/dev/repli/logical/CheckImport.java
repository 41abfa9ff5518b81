package dev.repli.logical;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.database.NodeException;
import dev.repli.delta.imports.ImportLook;
import dev.repli.delta.imports.TableColumns;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the import could write at all, asked while there is time to mend it. */
final class CheckImport {
  /** Name of the finding about tables; others can be imported. */
  static final String TABLES = "tables whose changes an import refuses";

  private static final int MOST_NAMED = 5;
  private final ImportLook look;
  private final TableColumns columns;

  CheckImport(ImportLook look, TableColumns columns) {
    this.look = look;
    this.columns = columns;
  }

  List<Finding> inspect(Plan plan) {
    Account account = plan.delta().account().orElse(plan.source().account());
    String what = "account " + account.user() + " imports";
    String where = plan.source().label();
    ImportLook.Seen seen;
    try {
      seen = look.look(plan.source(), account);
    } catch (NodeException refused) {
      return List.of(bad(what, where, String.valueOf(refused.getMessage())));
    }
    List<Finding> findings = new ArrayList<>();
    if (seen.refused().isEmpty()) {
      findings.add(good(what, where, "granted"));
    } else {
      findings.add(
          bad(
              what,
              where,
              String.join("; ", seen.refused())
                  + ". The plan names the account in delta.account (Repli's own otherwise)"));
    }
    Map<String, String> refused = new TreeMap<>(seen.tables());
    differing(plan, account).forEach(refused::putIfAbsent);
    findings.addAll(tables(plan, refused, where));
    return findings;
  }

  /** Tables that lack columns of the target's, or have others. */
  private Map<String, String> differing(Plan plan, Account account) {
    try {
      return ColumnsDiffer.of(
          columns.of(plan.source(), account), columns.of(plan.target(), plan.target().account()));
    } catch (NodeException unknown) {
      return Map.of(); // says nothing against any table; the import itself will look
    }
  }

  /** Whether one of them has changes is known only when the delta is read. */
  private static List<Finding> tables(Plan plan, Map<String, String> refused, String where) {
    List<String> tables =
        refused.entrySet().stream()
            .filter(one -> plan.delta().of(one.getKey()).filter(Policy.ABANDON::equals).isEmpty())
            .map(one -> one.getKey() + " (" + one.getValue() + ")")
            .toList();
    if (tables.isEmpty()) {
      return List.of();
    }
    String more =
        tables.size() > MOST_NAMED ? " and " + (tables.size() - MOST_NAMED) + " more" : "";
    return List.of(
        note(
            TABLES,
            where,
            tables.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")) + more));
  }
}
