package dev.repli.certificate;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import java.time.Duration;
import java.util.List;

/** The account of Repli's own stream may write the applications' rows on a fenced MySQL. */
final class ImportGrants {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String ROWS = "('SELECT', 'INSERT', 'UPDATE', 'DELETE')";
  private final String user;

  ImportGrants(Plan plan) {
    this.user = plan.delta().account().orElse(plan.source().account()).user();
  }

  List<Finding> inspect(NodeSession source) {
    String where = source.node().label();
    try {
      return List.of(pastTheFence(source, where), rows(source, where));
    } catch (NodeException e) {
      return List.of(bad("account " + user + " imports", where, String.valueOf(e.getMessage())));
    }
  }

  private Finding pastTheFence(NodeSession source, String where) {
    boolean granted =
        source
            .queryText(
                "SELECT COUNT(*) FROM information_schema.user_privileges WHERE privilege_type IN"
                    + " ('CONNECTION_ADMIN', 'SUPER') AND "
                    + grantee(),
                LIMIT)
            .filter(count -> !count.equals("0"))
            .isPresent();
    return expect(
        granted,
        "account " + user + " writes behind read_only",
        where,
        granted ? "granted" : "has no CONNECTION_ADMIN: GRANT CONNECTION_ADMIN ON *.*");
  }

  private Finding rows(NodeSession source, String where) {
    String missing = source.queryText(schemasWithout(), LIMIT).orElse("");
    return expect(
        missing.isEmpty(),
        "account " + user + " writes the applications' rows",
        where,
        missing.isEmpty()
            ? "granted"
            : "no SELECT, INSERT, UPDATE, DELETE on " + missing + ": GRANT them, and TRIGGER");
  }

  /** Whoever has rights on single tables of a schema is believed to have them on all. */
  private String schemasWithout() {
    return "SELECT COALESCE(GROUP_CONCAT(s.schema_name ORDER BY 1), '') FROM"
        + " information_schema.schemata s WHERE s.schema_name NOT IN ('mysql', 'sys',"
        + " 'information_schema', 'performance_schema', 'repli_probe') AND (SELECT COUNT(*) FROM"
        + " information_schema.user_privileges WHERE privilege_type IN "
        + ROWS
        + " AND "
        + grantee()
        + ") < 4 AND (SELECT COUNT(*) FROM information_schema.schema_privileges WHERE"
        + " table_schema = s.schema_name AND privilege_type IN "
        + ROWS
        + " AND "
        + grantee()
        + ") < 4 AND NOT EXISTS (SELECT 1 FROM information_schema.table_privileges WHERE"
        + " table_schema = s.schema_name AND "
        + grantee()
        + ")";
  }

  /** The name stands in the plan, which allows no quotes in names of accounts. */
  private String grantee() {
    return "grantee LIKE '''" + user.replace("'", "").replace("\\", "") + "''@%'";
  }
}
