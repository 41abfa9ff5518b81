package dev.repli.guardrail;

import dev.repli.database.survey.Security;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How guardrails on settings and TLS are made to fail. */
final class SettingCases {
  private SettingCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new HashMap<>();
    settings(cases);
    certificates(cases);
    clients(cases);
    return cases;
  }

  private static void settings(Map<String, Case> cases) {
    cases.put("sql-mode", Case.unequal("sql_mode"));
    cases.put("time-zone", Case.unequal("time_zone"));
    cases.put("character-sets", Case.unequal("collation_server"));
    cases.put("isolation", Case.unequal("tx_isolation"));
    cases.put("limits", Case.unequal("wait_timeout"));
    cases.put("binlog-settings", Case.unequal("binlog_checksum"));
    cases.put("durability", Case.variable("sync_binlog", "0", "sync_binlog is 1 on the writer"));
    cases.put("packet-size", Case.variable("max_allowed_packet", "1024", "max_allowed_packet"));
    cases.put("connection-capacity", Case.variable("max_connections", "100", "the next takes 100"));
    cases.put("memory-capacity", Case.variable("innodb_buffer_pool_size", "67108864", "64 MB"));
    cases.put(
        "warm-cache",
        Case.of(
            pair -> pair.target.status.put("innodb_buffer_pool_pages_data", "100"),
            "1000 pages on the writer, 100 on the next"));
  }

  private static void certificates(Map<String, Case> cases) {
    cases.put(
        "certificate",
        Case.of(pair -> pair.target.account("app", "ed25519", "X509"), "offers no TLS"));
    cases.put(
        "certificate-dates",
        new Case(
            () -> certified(SurveyedPair.mariaDb(), "2027-11-21T10:00:00Z", "127.0.0.1"),
            pair -> certified(pair, "2026-11-22T10:00:00Z", "127.0.0.1"),
            "ends 2026-11-22"));
    cases.put(
        "certificate-names",
        new Case(
            () -> certified(SurveyedPair.mariaDb(), "2027-11-21T10:00:00Z", "127.0.0.1"),
            pair -> certified(pair, "2027-11-21T10:00:00Z", "db.example"),
            "not made out to 127.0.0.1"));
  }

  private static SurveyedPair certified(SurveyedPair pair, String until, String name) {
    pair.target.offersTls = true;
    pair.target.certificate =
        Optional.of(
            new Security.Certificate(
                "CN=db",
                List.of(name),
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse(until),
                true));
    return pair;
  }

  private static void clients(Map<String, Case> cases) {
    cases.put(
        "plain-clients",
        Case.of(
            pair -> pair.source.clients.add(plain()), "app from 10.0.0.7: 1 sessions without TLS"));
    cases.put(
        "plain-clients-refused",
        new Case(
            () -> {
              SurveyedPair pair = SurveyedPair.mariaDb();
              pair.source.clients.add(plain());
              return pair;
            },
            pair -> pair.target.variables.put("require_secure_transport", "ON"),
            "3159"));
    cases.put(
        "passwordless-accounts",
        Case.of(pair -> pair.source.account("nobody", "", "", true, Set.of("USAGE")), "nobody@%"));
  }

  private static Security.Client plain() {
    return new Security.Client("app", "10.0.0.7", "TCP/IP", false);
  }
}
