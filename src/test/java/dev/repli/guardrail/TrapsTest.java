package dev.repli.guardrail;

import static dev.repli.guardrail.SurveyedPair.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.survey.Contents;
import dev.repli.database.survey.Programs;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Security;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Every measured trap of a pair of releases is seen, and nothing is seen where it is not. */
class TrapsTest {
  private static AnnotationConfigApplicationContext context;
  private SurveyedPair pair = new SurveyedPair("11.4.5-MariaDB", "11.8.6-MariaDB");

  @BeforeAll
  static void findThem() {
    context = GuardrailLab.context(reference -> "", new InMemoryJournal());
  }

  @AfterAll
  static void forgetThem() {
    context.close();
  }

  @Test
  void seesThatAReplicaInsistsOnTlsThatTheSourceDoesNotOffer() {
    trap("replica-tls", p -> p.source.node = p.source.node.withTls(Node.Tls.VERIFY_FULL), "2026");
  }

  @Test
  void seesTlsSettingsThatResetSlaveAllHasLeft() {
    trap(
        "replica-tls",
        p -> p.target.channel = Optional.of(SurveyedPair.channel(true, true, 0, "", "No", true)),
        "RESET SLAVE ALL");
  }

  @Test
  void seesThatTheClientPluginOfMySqlIsMissing() {
    mysqlToMariaDb();
    pair.source.account("repl", "caching_sha2_password", "");
    trap(
        "authentication-plugin",
        p -> p.target.channel = Optional.of(SurveyedPair.channel(false, 2059, "cannot be loaded")),
        "2059");
  }

  @Test
  void doesNotTakeAnUnconnectedReplicaForOneThatHasThePlugin() {
    mysqlToMariaDb();
    trap(
        "authentication-plugin",
        p -> {
          p.source.account("repl", "caching_sha2_password", "");
          p.target.channel = Optional.empty();
        },
        "nothing proves");
  }

  @Test
  void seesJsonColumnsOfMySql() {
    mysqlToMariaDb();
    trap(
        "json-columns",
        p -> p.source.columns.add(column("meta", "json", Optional.empty(), "")),
        "app.orders.meta");
  }

  @Test
  void seesThatTheSqlThreadStoppedWithoutAnError() {
    mysqlToMariaDb();
    trap(
        "replication-running",
        p -> p.target.channel = Optional.of(SurveyedPair.channel(true, false, 0, "", "No", false)),
        "without an error");
  }

  @Test
  void seesWhatMariaDbCannotReadInTheBinaryLogOfMySql() {
    mysqlToMariaDb();
    pair.source.history = "a-b:1-5";
    String name = "mysql-binlog-options";
    trap(name, p -> p.source.variables.put("binlog_transaction_compression", "ON"), "1594");
    pair.source.variables.clear();
    trap(name, p -> p.source.variables.put("binlog_row_value_options", "PARTIAL_JSON"), "PARTIAL");
    pair.source.variables.clear();
    trap(name, p -> p.source.history = "a-b:1-5:blue:1-3", "tagged");
  }

  @Test
  void seesFunctionalIndexesAndReferenceSystems() {
    mysqlToMariaDb();
    trap(
        "mysql-only-definitions",
        p -> {
          p.source.indexes.add(
              new Tables.Index(SurveyedPair.ORDERS, "f", false, true, List.of("(a+1)"), true));
          p.source.columns.add(column("g", "geometry", Optional.empty(), " SRID"));
        },
        "functional index f");
  }

  @Test
  void warnsThatAccountsOfMySqlStopTheReplica() {
    mysqlToMariaDb();
    assertThat(ask("mysql-account-statements").status()).isEqualTo(Status.AMBER);
    pair = new SurveyedPair("11.4.5-MariaDB", "11.8.6-MariaDB");
    assertThat(ask("mysql-account-statements").status()).isEqualTo(Status.GREEN);
  }

  @Test
  void seesGtidsBetweenDialects() {
    mysqlToMariaDb();
    trap(
        "dialect-positions",
        p ->
            p.target.channel =
                Optional.of(SurveyedPair.channel(true, true, 0, "", "Slave_Pos", false)),
        "Slave_Pos");
  }

  @Test
  void seesEverythingThatKeepsMySqlFromFollowingMariaDb() {
    pair = new SurveyedPair("11.8.6-MariaDB", "mysql 8.0.28");
    String name = "mysql-replica-of-mariadb";
    trap(name, p -> p.target.variables.put("gtid_mode", "ON"), "13117");
    pair.target.variables.clear();
    trap(name, p -> p.source.variables.put("binlog_annotate_row_events", "ON"), "parse");
    pair.source.variables.clear();
    trap(name, p -> p.source.variables.put("collation_server", "utf8mb4_uca1400_ai_ci"), "uca1400");
    pair = new SurveyedPair("11.8.6-MariaDB", "mysql 9.7.4");
    assertThat(ask(name).found()).contains("one way only");
  }

  @Test
  void doesNotAskMySqlToFollowBackWhereReplisOwnStreamDoes() {
    pair = new SurveyedPair("mysql 9.7.4", "11.8.6-MariaDB");

    assertThat(ask("mysql-replica-of-mariadb").status()).isEqualTo(Status.GREEN);
    assertThat(ask("mysql-replica-of-mariadb").found()).contains("own stream");
  }

  @Test
  void warnsOfIdempotentDefinitions() {
    assertThat(ask("idempotent-ddl").status()).isEqualTo(Status.GREEN);
    pair.target.variables.put("slave_ddl_exec_mode", "IDEMPOTENT");
    assertThat(ask("idempotent-ddl").status()).isEqualTo(Status.AMBER);
  }

  @Test
  void seesThatCharsetAloneMeansAnotherCollation() {
    trap(
        "default-collations",
        p -> p.target.variables.put("character_set_collations", "utf8mb4=utf8mb4_uca1400_ai_ci"),
        "utf8mb4_uca1400_ai_ci");
  }

  @Test
  void seesWhatTheOlderReleaseDoesNotKnow() {
    String name = "newer-features";
    trap(name, p -> p.target.columns.add(column("v", "vector", Optional.empty(), "")), "4161");
    fresh();
    trap(
        name, p -> p.target.columns.add(column("u", "uuid", Optional.of("uuid_v7()"), "")), "1901");
    fresh();
    trap(name, p -> p.target.routines.add(withDefault()), "1064");
    pair = new SurveyedPair("10.11.18-MariaDB", "11.8.6-MariaDB");
    trap(name, p -> p.target.view("select json_schema_valid(a, b)"), "1305");
  }

  private static Programs.Stored withDefault() {
    return new Programs.Stored(
        new TableName("app", "f"),
        "function",
        "app@%",
        "RETURN a",
        Optional.empty(),
        "a INT DEFAULT 1",
        true);
  }

  @Test
  void seesThatFunctionsAreAcceptedByOneNodeOnly() {
    trap(
        "function-creators",
        p -> p.target.variables.put("log_bin_trust_function_creators", "ON"),
        "target ON");
  }

  @Test
  void seesTimestampsAfter2038AndTakesAnUnfinishedLookForNone() {
    trap("late-timestamps", p -> late(p, Contents.Found.YES), "after 2038");
    fresh();
    trap("late-timestamps", p -> late(p, Contents.Found.NOT_FINISHED), "in time");
  }

  private static void late(SurveyedPair pair, Contents.Found found) {
    pair.target.late.add(new Contents.Late(SurveyedPair.ORDERS, "due", found));
  }

  @Test
  void seesWhoWillBeRefusedWithoutTls() {
    pair.source.clients.add(new Security.Client("app", "10.0.0.7", "TCP/IP", false));
    trap(
        "plain-clients-refused",
        p -> p.target.variables.put("require_secure_transport", "ON"),
        "3159");
    fresh();
    pair.source.clients.add(new Security.Client("app", "10.0.0.7", "TCP/IP", false));
    trap("plain-clients-refused", p -> p.target.account("app", "ed25519", "ANY"), "1045");
  }

  @Test
  void saysWhatEachRouteHasToSetForTls() {
    pair.source.clients.add(new Security.Client("app", "10.0.0.7", "TCP/IP", false));
    pair.route(
        new RouteSpec.ProxySql(
            "web",
            Optional.empty(),
            new Endpoint("10.0.0.5", 6032),
            pair.source.node.account(),
            10,
            20,
            Duration.ofMillis(500)),
        Optional.of(Node.Role.SOURCE),
        RouteFacts.NONE);
    pair.route(
        new RouteSpec.AppConfig(
            "jobs",
            Optional.empty(),
            Path.of("/etc/jobs.properties"),
            "db.host",
            "db.port",
            List.of("true"),
            Duration.ofSeconds(1)),
        Optional.of(Node.Role.SOURCE),
        RouteFacts.NONE);
    trap(
        "plain-clients-refused",
        p -> p.target.variables.put("require_secure_transport", "ON"),
        "3159");
    assertThat(ask("plain-clients-refused").evidence())
        .anySatisfy(line -> assertThat(line).contains("route web", "use_ssl = 1", "(10, 20)"))
        .anySatisfy(line -> assertThat(line).contains("route jobs", "/etc/jobs.properties"));
  }

  @Test
  void takesAnUnfinishedLookIntoVersionedTablesForNone() {
    pair = new SurveyedPair("10.11.18-MariaDB", "11.8.6-MariaDB");
    trap(
        "versioned-upgraded",
        p ->
            p.target.versioned.add(
                new Contents.Versioned(
                    SurveyedPair.ORDERS,
                    Contents.Found.YES,
                    Contents.Found.NOT_FINISHED,
                    Contents.Found.NO)),
        "could not be looked through in time");
  }

  @Test
  void seesThatTlsIsAskedForAndNotOffered() {
    trap("certificate", p -> p.target.account("app", "ed25519", "X509"), "offers no TLS");
  }

  @Test
  void seesACertificateThatEndsInTheWindow() {
    certificate("2027-11-21T10:00:00Z");
    assertThat(ask("certificate-dates").status()).isEqualTo(Status.GREEN);
    certificate("2026-11-22T10:00:00Z");
    assertThat(ask("certificate-dates").status()).isEqualTo(Status.RED);
  }

  private void certificate(String until) {
    pair.target.offersTls = true;
    pair.target.certificate =
        Optional.of(
            new Security.Certificate(
                "CN=db",
                List.of(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse(until),
                true));
  }

  @Test
  void takesNoComparisonAndADifferentOneForNoProof() {
    trap("rows-compared", p -> p.comparison = Reading.of(Optional.empty()), "never compared");
    fresh();
    trap(
        "rows-compared",
        p ->
            p.comparison =
                Reading.of(
                    Optional.of(
                        SurveyedPair.compared(
                            dev.repli.comparison.Verdict.DIFFERENT, SurveyedPair.NOW))),
        "rows differ");
  }

  @Test
  void seesClocksThatDiffer() {
    trap("clock-difference", p -> p.target.clockAhead = Duration.ofSeconds(3), "3000 ms");
  }

  @Test
  void seesThatANodeWritesNoBinaryLog() {
    pair.source.variables.putAll(java.util.Map.of("log_bin", "ON", "log_slave_updates", "ON"));
    pair.target.variables.putAll(java.util.Map.of("log_bin", "ON", "log_slave_updates", "ON"));
    trap("binary-logs", p -> p.target.variables.put("log_slave_updates", "OFF"), "replicates");
  }

  private void mysqlToMariaDb() {
    pair = new SurveyedPair("mysql 9.7.4", "11.8.6-MariaDB");
    pair.source.history = "a-b:1-5";
  }

  private void fresh() {
    pair = new SurveyedPair("11.4.5-MariaDB", "11.8.6-MariaDB");
  }

  /** Green before, red after, and the text says what it is. */
  private void trap(String name, Consumer<SurveyedPair> change, String says) {
    assertThat(ask(name)).extracting(GuardrailResult::status).isEqualTo(Status.GREEN);
    change.accept(pair);
    GuardrailResult after = ask(name);
    assertThat(after.status()).isEqualTo(Status.RED);
    assertThat(after.found()).contains(says);
  }

  private GuardrailResult ask(String name) {
    return context.getBeansOfType(Guardrail.class).values().stream()
        .filter(guardrail -> guardrail.about().name().equals(name))
        .map(pair::ask)
        .findFirst()
        .orElseThrow();
  }
}
