package dev.repli.guardrail;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How guardrails on work in flight are made to fail. */
final class WorkCases {
  private static final String APP = "10.0.0.7:4711";

  private WorkCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new HashMap<>();
    sessions(cases);
    cases.put(
        "long-transactions",
        Case.of(pair -> pair.source.transaction(Duration.ofSeconds(11), 3), "open for 11 s"));
    cases.put(
        "nobody-writes-on-next",
        Case.of(pair -> pair.target.transaction(Duration.ofSeconds(1), 3), "changed 3 rows"));
    cases.put("prepared-xa", Case.of(pair -> pair.source.xa.add("'x'"), "prepared is 'x'"));
    cases.put(
        "global-locks",
        Case.of(pair -> pair.source.lock("BACKUP", "BACKUP_START"), "BACKUP_START"));
    cases.put(
        "user-locks",
        Case.of(pair -> pair.source.lock("USER LEVEL LOCK", "EXCLUSIVE"), "USER LEVEL LOCK"));
    cases.put("batch-events", Case.of(pair -> pair.source.event("ENABLED"), "app.nightly"));
    cases.put(
        "pinned-sessions",
        Case.of(pair -> pair.source.status.put("prepared_stmt_count", "4"), "prepared statements"));
    cases.put(
        "online-schema-change",
        Case.of(pair -> pair.source.table("_orders_gho", "InnoDB", ""), "_orders_gho"));
    return cases;
  }

  private static void sessions(Map<String, Case> cases) {
    cases.put(
        "running-ddl",
        Case.of(
            pair -> pair.target.session("app", APP, "Query", "", "ALTER TABLE orders ADD n INT"),
            "runs for 60 s"));
    cases.put(
        "lock-waits",
        Case.of(
            pair ->
                pair.source.session("app", APP, "Query", "Waiting for table metadata lock", "DO 1"),
            "metadata lock"));
    cases.put(
        "privileged-applications",
        Case.of(
            pair -> {
              pair.source.account("app", "ed25519", "", false, Set.of("READ ONLY ADMIN"));
              pair.source.session("app", APP, "Sleep", "", "");
            },
            "is connected"));
  }
}
