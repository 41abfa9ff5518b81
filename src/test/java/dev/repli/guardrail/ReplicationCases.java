package dev.repli.guardrail;

import static dev.repli.guardrail.SurveyedPair.channel;
import static dev.repli.guardrail.SurveyedPair.column;

import dev.repli.database.survey.Contents;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Tables;
import dev.repli.plan.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How guardrails on replication are made to fail. */
final class ReplicationCases {
  private ReplicationCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new HashMap<>();
    channels(cases);
    settings(cases);
    histories(cases);
    dialects(cases);
    releases(cases);
    return cases;
  }

  private static void channels(Map<String, Case> cases) {
    cases.put(
        "replication-running",
        Case.of(pair -> pair.target.channel = Optional.empty(), "is not a replica"));
    cases.put(
        "caught-up",
        Case.of(pair -> pair.lag = Reading.of(Optional.empty()), "not reached within 5 s"));
    cases.put(
        "no-replication-delay",
        Case.of(
            pair -> pair.target.channel = Optional.of(channel(1, 60, Map.of())),
            "held back for 60 s"));
    cases.put(
        "replication-filters",
        Case.of(
            pair ->
                pair.target.channel =
                    Optional.of(channel(1, 0, Map.of("replicate_ignore_db", "other"))),
            "filters differ"));
    cases.put(
        "replica-tls",
        Case.of(
            pair -> pair.target.channel = Optional.of(channel(true, true, 0, "", "No", true)),
            "RESET SLAVE ALL"));
    cases.put(
        "replication-account", Case.of(pair -> pair.target.accounts.clear(), "does not exist"));
  }

  private static void settings(Map<String, Case> cases) {
    cases.put("binary-logs", Case.variable("log_bin", "OFF", "writes no binary log"));
    cases.put(
        "binlog-retention",
        Case.variable("binlog_expire_logs_seconds", "3600", "keeps binary logs for PT1H"));
    cases.put("row-format", Case.variable("binlog_format", "MIXED", "MIXED instead of ROW"));
    cases.put("strict-rows", Case.variable("slave_exec_mode", "IDEMPOTENT", "passed over"));
    cases.put("gtid-strict-mode", Case.variable("gtid_strict_mode", "OFF", "gtid_strict_mode"));
    cases.put("idempotent-ddl", Case.variable("slave_ddl_exec_mode", "IDEMPOTENT", "IDEMPOTENT"));
    cases.put(
        "function-creators",
        Case.variable("log_bin_trust_function_creators", "ON", "source OFF, target ON"));
    cases.put(
        "default-collations",
        Case.variable("character_set_collations", "utf8mb4=utf8mb4_uca1400_ai_ci", "uca1400"));
  }

  private static void histories(Map<String, Case> cases) {
    cases.put(
        "errant-transactions",
        Case.of(pair -> pair.replicaState = "0-1-5,0-2-6", "0-2-6 is not in the writer's"));
    cases.put("gtid-domains", Case.of(pair -> pair.replicaState = "0-1-5,7-2-1", "domains that"));
  }

  private static void dialects(Map<String, Case> cases) {
    cases.put(
        "dialect-positions",
        Case.ofMySql(
            pair ->
                pair.target.channel = Optional.of(channel(true, true, 0, "", "Slave_Pos", false)),
            "uses GTIDs"));
    cases.put(
        "authentication-plugin",
        Case.ofMySql(
            pair -> pair.target.channel = Optional.of(channel(false, 2059, "cannot be loaded")),
            "2059"));
    cases.put(
        "json-columns",
        Case.ofMySql(
            pair -> pair.source.columns.add(column("meta", "json", Optional.empty(), "")),
            "app.orders.meta"));
    cases.put(
        "mysql-binlog-options",
        Case.ofMySql(
            pair -> pair.source.variables.put("binlog_transaction_compression", "ON"), "1594"));
    cases.put(
        "mysql-only-definitions",
        Case.ofMySql(
            pair ->
                pair.source.indexes.add(
                    new Tables.Index(
                        SurveyedPair.ORDERS, "f", false, true, List.of("(a+1)"), true)),
            "functional index f"));
    cases.put(
        "mysql-account-statements",
        Case.of(pair -> pair.source.node = ofMySql(pair.source.node), "CREATE USER on MySQL"));
    cases.put(
        "mysql-replica-of-mariadb",
        new Case(
            () -> new SurveyedPair("11.8.6-MariaDB", "mysql 8.0.28"),
            pair -> pair.target.variables.put("gtid_mode", "ON"),
            "13117"));
  }

  private static Node ofMySql(Node node) {
    return new Node(
        node.role(),
        Node.Kind.MYSQL,
        node.address(),
        node.account(),
        node.replication(),
        node.tls(),
        node.fenceFile());
  }

  private static void releases(Map<String, Case> cases) {
    cases.put(
        "newer-features",
        Case.acrossReleases(
            pair -> pair.target.columns.add(column("v", "vector", Optional.empty(), "")), "4161"));
    cases.put(
        "late-timestamps",
        Case.acrossReleases(
            pair ->
                pair.target.late.add(
                    new Contents.Late(SurveyedPair.ORDERS, "due", Contents.Found.YES)),
            "after 2038"));
    cases.put(
        "version-pair",
        Case.of(
            pair -> pair.target = new SurveyedServer(pair.target.node, "11.8.6-MariaDB"),
            "older release"));
  }
}
