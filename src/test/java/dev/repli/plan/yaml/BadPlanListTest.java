package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.plus;
import static dev.repli.plan.yaml.PlanTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes, approvals, steps and checks that are refused, each with the exact words. */
class BadPlanListTest {
  private static final String LIST =
      "; accepted: a list of 1 to 100 items, each starting with '- '";
  private static final String TYPES = "proxysql, haproxy, app-config, app-file, lab";
  private static final String NO_SECRET =
      " looks as if a secret stands in it; accepted: the part of the line with the address, without"
          + " password";
  private static final String LINK =
      "is not a link that can be used; accepted: a link such as https://shop.example/health,"
          + " without user and password";

  @TempDir Path directory;

  static Stream<Arguments> routes() {
    return Stream.of(
        bad(
            with("type: lab", "type: proxisql"),
            "14:11: routes[0].type is \"proxisql\", which is not a known type; accepted: "
                + TYPES
                + "; did you mean \"proxysql\"?"),
        bad(with("type: lab", "kind: lab"), "14:5: routes[0].type is missing; accepted: " + TYPES),
        bad(
            with("- type: lab\n    name: app", "- lab"),
            "14:5: routes[0] is a single value; accepted: a block with the key type: " + TYPES),
        bad(
            with("routes:\n  - type: lab\n    name: app", "routes: []"),
            "13:9: routes has 0 items" + LIST),
        bad(
            with("routes:\n  - type: lab\n    name: app", "routes: {type: lab}"),
            "13:9: routes is a block of keys, not a list" + LIST),
        bad(
            first("{type: lab, name: app}"),
            "16:11: routes[1].name is the same as that of another route: \"app\"; accepted: a name"
                + " of its own"),
        bad(
            first(
                "{type: proxysql, name: px, admin: {host: p}, adminAccount: {user: a, password:"
                    + " \"env:A\"}, writerHostgroup: 1, readerHostgroup: 1}"),
            "14:131: routes[0].readerHostgroup is the same as writerHostgroup; accepted: two"
                + " different values"),
        bad(
            first(
                "{type: haproxy, name: px, runtimeApi: /run/x, backend: 'a b', sourceServer: s,"
                    + " targetServer: s}"),
            "14:43: routes[0].runtimeApi is \"/run/x\"; accepted: unix:/path/to.sock or host:port",
            "14:60: routes[0].backend is \"a b\"; accepted: the name of a backend: letters, digits"
                + " and _ . -, up to 64",
            "14:98: routes[0].targetServer is the same as sourceServer; accepted: two different"
                + " values"),
        bad(
            first(
                "{type: haproxy, name: px, runtimeApi: 'h:1', backend: b, readBackend: b,"
                    + " sourceServer: s, targetServer: t}"),
            "14:75: routes[0].readBackend is the same as backend; accepted: two different values"),
        bad(
            first(
                "{type: app-config, name: px, file: ../x, hostKey: h, portKey: p, reload: \"a b\"}"),
            "14:40: routes[0].file is \"../x\"; accepted: an absolute path",
            "14:78: routes[0].reload is a single value, not a list" + LIST),
        bad(
            first(
                "{type: app-file, name: px, access: {type: local}, file: /x, source: db1, target:"
                    + " db1.example, reload: [systemctl, reload, x]}"),
            "14:86: routes[0].target is a part of source or has it as a part; accepted: two texts"
                + " that differ, such as DB_HOST=db1.example and DB_HOST=db2.example",
            "14:107: routes[0].reload names the program \"systemctl\" without its folder;"
                + " accepted: an absolute path first"),
        bad(
            first(
                "{type: app-file, name: px, access: {type: telnet}, file: ../x, owner: shop,"
                    + " source: 'u://a:b@db1/', target: 'DB_PASSWORD=x db2', reloadTimeout: 1m}"),
            "14:47: routes[0].access.type is \"telnet\", which is not a known type; accepted:"
                + " local, ssh",
            "14:62: routes[0].file is \"../x\"; accepted: an absolute path",
            "14:75: routes[0].owner is \"shop\"; accepted: a user and a group such as shop:shop",
            "14:89: routes[0].source" + NO_SECRET,
            "14:113: routes[0].target" + NO_SECRET,
            "14:149: routes[0].reloadTimeout is \"1m\"; accepted: a duration from 100ms to 5s, such"
                + " as 500ms, 10s, 5m, 24h or PT10S"));
  }

  static Stream<Arguments> delta() {
    String table = "delta: {tables: [{table: %s, policy: %s}]}";
    return Stream.of(
        bad(
            plus(table.formatted("orders", "abandon")),
            "18:26: delta.tables[0].table is \"orders\"; accepted: schema.table"),
        bad(
            plus("delta: {tables: [{table: app.a, policy: abandon, timeColumn: 'a b'}]}"),
            "18:62: delta.tables[0].timeColumn is \"a b\"; accepted: a column's name: letters,"
                + " digits, _ and $, up to 64"),
        bad(
            plus(table.formatted("app.orders", "forget")),
            "18:46: delta.tables[0].policy is \"forget\"; accepted: abandon, export-import,"
                + " reverse-replication, reconcile"),
        bad(
            plus(
                "delta:\n  tables:\n    - {table: app.a, policy: abandon}\n"
                    + "    - {table: app.a, policy: reconcile}"),
            "21:15: delta.tables[1].table stands twice: \"app.a\"; accepted: each table once"));
  }

  static Stream<Arguments> guardrails() {
    String warns =
        "; accepted: the name of a guardrail that warns: "
            + String.join(", ", GuardrailNames.warning());
    return Stream.of(
        bad(
            accept("version-pare", "2026-12-31"),
            "18:33: guardrails.accept[0].warning is \"version-pare\", which is no guardrail"
                + warns
                + "; did you mean \"version-pair\"?"),
        bad(
            accept("frobnicate", "2026-12-31"),
            "18:33: guardrails.accept[0].warning is \"frobnicate\", which is no guardrail" + warns),
        bad(
            accept("primary-keys", "2026-12-31"),
            "18:33: guardrails.accept[0].warning is \"primary-keys\", a guardrail that no plan can"
                + " override"
                + warns
                + "; mend what it finds"),
        bad(
            accept("version-pair", "31.12.2026"),
            "18:73: guardrails.accept[0].until is \"31.12.2026\", which is no day; accepted: a day"
                + " such as 2027-01-31"),
        bad(
            plus("guardrails: {accept: [{warning: version-pair, until: 2026-12-31}]}"),
            "18:23: guardrails.accept[0].reason is missing; accepted: text of 1 to 500 characters"
                + " in one line"),
        bad(
            plus(
                "guardrails:\n  accept:\n    - {warning: version-pair, reason: r, until:"
                    + " 2026-12-31}\n    - {warning: version-pair, reason: s, until: 2026-12-31}"),
            "21:17: guardrails.accept[1].warning is accepted above already: \"version-pair\";"
                + " accepted: each warning once"),
        bad(
            plus("guardrails: {freeDisk: 10%}"),
            "18:24: guardrails.freeDisk is \"10%\"; accepted: a whole number from 1 to 90"),
        bad(
            plus("people: [{role: technical-laed, user: ada, deputy: grace}]"),
            "18:17: people[0].role is \"technical-laed\"; accepted: technical-lead,"
                + " project-manager, system-administrator, senior-on-call, approvers; did you mean"
                + " \"technical-lead\"?"),
        bad(
            plus("people: [{role: technical-lead, user: ada, deputy: ada}]"),
            "18:52: people[0].deputy is the same person as user; accepted: somebody else"));
  }

  private static String accept(String warning, String until) {
    return plus(
        "guardrails: {accept: [{warning: %s, reason: rehearsed, until: %s}]}"
            .formatted(warning, until));
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        bad(
            plus("reads: {steps: [5, 50, 25]}"),
            "18:8: reads.steps[2] is not above the step before; accepted: ascending shares"),
        bad(
            plus("reads: {steps: [0]}"),
            "18:17: reads.steps[0] is \"0\"; accepted: a whole number from 1 to 100"),
        bad(
            plus("reads: {hold: 5m, lookEvery: 10m}"),
            "18:8: reads.probe.window is longer than hold; accepted: at most hold",
            "18:30: reads.lookEvery is longer than hold; accepted: at most hold"),
        bad(
            plus("reads: {probe: {interval: 10ms, window: 1h}}"),
            "18:41: reads.probe.window holds more than 100000 reads; accepted: a shorter window or"
                + " a longer interval"),
        bad(
            plus("reads: {limits: {leastReads: 200}}"),
            "18:30: reads.limits.leastReads is more than the 150 reads that the target gets within"
                + " probe.window in the first step; accepted: at most 150, or a longer window, or a"
                + " shorter interval"),
        bad(
            plus("reads: {whenBad: back}"),
            "18:18: reads.whenBad is \"back\"; accepted: step-back, zero"),
        bad(
            plus("reads: {probe: {query: DELETE FROM t}}"),
            "18:24: reads.probe.query is \"DELETE FROM t\"; accepted: one SELECT statement without"
                + " ';'"));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        bad(
            plus("approvals: {roles: [technical-laed]}"),
            "18:21: approvals.roles[0] is \"technical-laed\"; accepted: technical-lead,"
                + " project-manager, system-administrator, senior-on-call, approvers; did you mean"
                + " \"technical-lead\"?"),
        bad(plus("approvals: {roles: []}"), "18:20: approvals.roles has 0 items" + LIST),
        bad(
            plus("steps: {skippable: [verfication]}"),
            "18:21: steps.skippable[0] is \"verfication\"; accepted: assessment, announcement,"
                + " execution, verification, validation, closing; did you mean \"verification\"?"),
        bad(
            plus("checks: {queries: [{name: a, sql: DELETE FROM t, expected: 1}]}"),
            "18:35: checks.queries[0].sql is not one statement that reads; accepted: one SELECT or"
                + " SHOW statement",
            "18:60: checks.queries[0].expected reads as a number to some YAML readers; accepted:"
                + " text of 1 to 1000 characters in one line; put it in quotes: \"1\""),
        bad(
            plus("checks: {queries: [{name: a, sql: SELECT 1; DROP TABLE t, expected: x}]}"),
            "18:35: checks.queries[0].sql is not one statement that reads; accepted: one SELECT or"
                + " SHOW statement"),
        bad(link("https://u:hunter2@shop/"), "18:32: checks.http[0].url " + LINK),
        bad(link("file:///etc/passwd"), "18:32: checks.http[0].url " + LINK),
        bad(link("http://169.254.169.254/latest"), "18:32: checks.http[0].url " + LINK),
        bad(link("http://0x7f000001/"), "18:32: checks.http[0].url " + LINK));
  }

  @ParameterizedTest
  @MethodSource({"routes", "guardrails", "reads", "delta", "others"})
  void refusesTheItem(String text, String... messages) {
    assertThat(PlanTexts.messages(directory, text)).containsExactly(messages);
  }

  private static String first(String route) {
    return with("- type: lab", "- " + route + "\n  - type: lab");
  }

  private static String link(String link) {
    return plus("checks: {http: [{name: a, url: '" + link + "'}]}");
  }

  private static Arguments bad(String text, String... messages) {
    return Arguments.of(text, messages);
  }
}
