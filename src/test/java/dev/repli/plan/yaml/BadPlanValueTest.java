package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.plus;
import static dev.repli.plan.yaml.PlanTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and values that are refused, each with the exact words. */
class BadPlanValueTest {
  private static final String KEYS =
      "id, title, locale, source, target, active, routes, rollbackWindow, budgets, blockers, probe,"
          + " approvals, steps, cutover, checks, copy, people, guardrails, reads, delta, criteria,"
          + " communication, contacts";
  private static final String LINE = "; accepted: text of 1 to 120 characters in one line";
  private static final String ID =
      "; accepted: 1 to 41 characters a-z, 0-9 and '-', starting with a letter";
  private static final String PORT = "; accepted: a whole number from 1 to 65535";
  private static final String LEASE =
      "; accepted: a duration from 1s to 60s, such as 500ms, 10s, 5m, 24h or PT10S";
  private static final String HOST =
      "; accepted: a host name or an IPv4 address, nothing else (the port has a key of its own)";
  private static final String USER =
      "; accepted: 1 to 80 letters, digits and _ . $ -, without the host";
  private static final String PLAINTEXT =
      "is not a reference; the secret itself does not belong into a plan; accepted: env:NAME or"
          + " file:/absolute/path; put it into an environment variable or a file and name that"
          + " here";

  @TempDir Path directory;

  static Stream<Arguments> keys() {
    return Stream.of(
        bad(
            with("title", "titel"),
            "1:1: title is missing" + LINE,
            "2:1: titel is not a known key; accepted: " + KEYS + "; did you mean \"title\"?"),
        bad(plus("frobnicate: 1"), "18:1: frobnicate is not a known key; accepted: " + KEYS),
        bad(plus("<<: {id: x}"), "18:1: << is not a known key; accepted: " + KEYS),
        bad(
            plus("\"ti\\u202etle\": b"),
            "18:1: ti\\u202etle is not a known key; accepted: "
                + KEYS
                + "; did you mean \"title\"?"),
        bad(plus("id: other"), "18:1: id stands twice, first in line 1; remove one"),
        bad(with("    name: app\n", ""), "14:5: routes[0].name is missing" + ID),
        bad(with("title: Shop", "title:"), "2:7: title has no value" + LINE),
        bad(with("title: Shop", "title: ~"), "2:8: title has no value" + LINE),
        bad(with("title: Shop", "title: [a]"), "2:8: title is a list, not a single value" + LINE));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        bad(with("Shop", "no"), "2:8: title " + trap("a yes or no", "no")),
        bad(with("Shop", "1e3"), "2:8: title " + trap("a number", "1e3")),
        bad(with("Shop", "012"), "2:8: title " + trap("a number", "012")),
        bad(with("Shop", "12:30"), "2:8: title " + trap("a time", "12:30")),
        bad(with("Shop", "2026-01-01"), "2:8: title " + trap("a date", "2026-01-01")),
        bad(with("Shop", "\"\""), "2:8: title is empty" + LINE),
        bad(with("Shop", "\"  \""), "2:8: title is empty" + LINE),
        bad(with("Shop", "x".repeat(121)), "2:8: title has 121 characters" + LINE),
        bad(with("Shop", "\"a\\nb\""), "2:8: title " + invisible("a\\u000ab")),
        bad(with("Shop", "\"a\\0b\""), "2:8: title " + invisible("a\\u0000b")),
        bad(with("Shop", "\"a\\u202eb\""), "2:8: title " + invisible("a\\u202eb")),
        bad(with("id: shop", "id: Shop"), "1:5: id is \"Shop\"" + ID),
        bad(with("id: shop", "id: ../etc"), "1:5: id is \"../etc\"" + ID),
        bad(with("id: shop", "id: \"s\\u202eh\""), "1:5: id is \"s\\u202eh\"" + ID),
        bad(
            with("id: shop", "id: 12"),
            "1:5: id reads as a number to some YAML readers" + ID + "; put it in quotes: \"12\""),
        bad(plus("locale: no"), "18:9: locale is \"no\"; accepted: en, fr"),
        bad(
            with("kind: mariadb", "kind: maria"),
            "4:9: source.kind is \"maria\"; accepted: mariadb, mysql; did you mean \"mariadb\"?"),
        bad(
            with("kind: mariadb", "kind: mariadb\n  tls: verify_full"),
            "5:8: source.tls is \"verify_full\"; accepted: disabled, trust, verify-ca, verify-full;"
                + " did you mean \"verify-full\"?"));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        bad(
            port("03306"),
            "5:9: source.port is \"03306\", which some YAML readers take for octal"
                + PORT
                + "; write it without leading 0"),
        bad(port("1e3"), "5:9: source.port is \"1e3\"" + PORT),
        bad(port("0"), "5:9: source.port is \"0\"" + PORT),
        bad(port("65536"), "5:9: source.port is \"65536\"" + PORT),
        bad(port("99999999999"), "5:9: source.port is \"99999999999\"" + PORT),
        bad(
            port("\"3306\""),
            "5:9: source.port is \"3306\", which is text" + PORT + "; write it without quotes"),
        bad(
            with("probe:", "probe:\n  enabled: no"),
            "17:12: probe.enabled is \"no\"; accepted: true, false; did you mean false?"),
        bad(
            with("probe:", "probe:\n  enabled: \"true\""),
            "17:12: probe.enabled is \"true\"; accepted: true, false; did you mean true?"));
  }

  static Stream<Arguments> entrances() {
    return Stream.of(
        bad(
            endpoint("tls: require"),
            "16:42: routes[0].endpoint.tls is \"require\"; accepted: disabled, trust, verify-ca,"
                + " verify-full"),
        bad(
            endpoint("tls: verify_full"),
            "16:42: routes[0].endpoint.tls is \"verify_full\"; accepted: disabled, trust,"
                + " verify-ca, verify-full; did you mean \"verify-full\"?"),
        bad(
            endpoint("ssl: trust"),
            "16:37: routes[0].endpoint.ssl is not a known key; accepted: host, port, tls"));
  }

  private static String endpoint(String key) {
    return with("name: app", "name: app\n    endpoint: {host: p, port: 6033, " + key + "}");
  }

  static Stream<Arguments> durations() {
    return Stream.of(
        bad(
            lease("10"),
            "18:18: budgets.lease is \"10\", which has no unit" + LEASE + "; did you mean 10s?"),
        bad(lease("999ms"), "18:18: budgets.lease is \"999ms\"" + LEASE),
        bad(lease("61s"), "18:18: budgets.lease is \"61s\"" + LEASE),
        bad(lease("PT"), "18:18: budgets.lease is \"PT\", which is no duration" + LEASE),
        bad(lease("P"), "18:18: budgets.lease is \"P\", which is no duration" + LEASE),
        bad(lease("-5s"), "18:18: budgets.lease is \"-5s\", which is no duration" + LEASE),
        bad(lease("10 s"), "18:18: budgets.lease is \"10 s\", which is no duration" + LEASE),
        bad(lease("NaN"), "18:18: budgets.lease is \"NaN\", which is no duration" + LEASE),
        bad(
            plus("budgets: {lease: 2s, fenceLockWait: 2s}"),
            "18:37: budgets.fenceLockWait is not shorter than the lease; accepted: less than"
                + " lease"));
  }

  static Stream<Arguments> addresses() {
    return Stream.concat(
        Stream.of(
                "db1?allowMultiQueries=true",
                "db1/other",
                "user@db1",
                "db 1",
                "-oProxyCommand=x",
                "db1:3306",
                "[::1]",
                "::1",
                "db..x",
                "(host=db1)",
                "db1,db2",
                "db1;x")
            .map(host -> bad(host(host), "5:9: source.host is \"" + host + "\"" + HOST)),
        Stream.of(
            bad(
                host("127.1"),
                "5:9: source.host is \"127.1\", which is no dotted IPv4 address" + HOST),
            bad(
                host("0x7f000001"),
                "5:9: source.host is \"0x7f000001\", which is no dotted IPv4 address" + HOST),
            bad(
                host("010.0.0.1"),
                "5:9: source.host is \"010.0.0.1\", which is no dotted IPv4 address" + HOST),
            bad(
                host("169.254.169.254"),
                "5:9: source.host is \"169.254.169.254\", a link-local address" + HOST),
            bad(
                with("db2.example", "DB1.example."),
                "10:9: target.host is the same server as the source: db1.example:3306; accepted:"
                    + " another server"),
            bad(
                with("db2.example", "localhost").replace("db1.example", "127.0.0.1"),
                "10:9: target.host is the same server as the source: 127.0.0.1:3306; accepted:"
                    + " another server"),
            bad(
                with("user: repli", "user: \"repli@host -oProxyCommand=x\""),
                "6:19: source.account.user is \"repli@host -oProxyCommand=x\"" + USER),
            bad(
                with("user: repli", "user: \"-oProxyCommand=x\""),
                "6:19: source.account.user is \"-oProxyCommand=x\"" + USER)));
  }

  @ParameterizedTest
  @MethodSource({"keys", "texts", "numbers", "entrances", "durations", "addresses"})
  void refusesTheValue(String text, String... messages) {
    assertThat(PlanTexts.messages(directory, text)).containsExactly(messages);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hunter2", "env:", "env:not a name", "file:relative", "https://x/hunter2"})
  void neverRepeatsASecretThatIsWrittenOut(String secret) {
    assertThat(PlanTexts.messages(directory, with("env:P1", secret)))
        .containsExactly("6:36: source.account.password " + PLAINTEXT);
  }

  @Test
  void reportsEverythingThatIsWrongAtOnceInTheOrderOfTheFile() {
    String text =
        plus("blockers: kill\nbudgets: {lease: 10, gait: 3ms}")
            .replace("id: shop", "id: Shop")
            .replace("db2.example", "db2/x");

    assertThat(PlanTexts.messages(directory, text))
        .extracting(message -> message.substring(0, message.indexOf(' ', 10)))
        .containsExactly(
            "1:5: id is",
            "10:9: target.host",
            "18:11: blockers",
            "19:18: budgets.lease",
            "19:22: budgets.gait");
  }

  private static String trap(String kind, String value) {
    return "reads as "
        + kind
        + " to some YAML readers"
        + LINE
        + "; put it in quotes: \""
        + value
        + "\"";
  }

  private static String invisible(String shown) {
    return "contains a line break or an invisible character: \"" + shown + "\"" + LINE;
  }

  private static String port(String port) {
    return with("kind: mariadb", "kind: mariadb\n  port: " + port);
  }

  private static String lease(String lease) {
    return plus("budgets: {lease: " + lease + "}");
  }

  private static String host(String host) {
    return with("db1.example", "\"" + host + "\"");
  }

  private static Arguments bad(String text, String... messages) {
    return Arguments.of(text, messages);
  }
}
