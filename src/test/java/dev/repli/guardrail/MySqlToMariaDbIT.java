package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.ServerPair;
import dev.repli.database.mysql.MySqlServer;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveys;
import dev.repli.database.survey.Tables;
import dev.repli.journal.InMemoryJournal;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * MySQL 9.7 with a replica of MariaDB 11.8, by file and offset; skipped where MySQL is not there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlToMariaDbIT {
  private static final Path SERVERS =
      Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
          .resolve("servers")
          .toAbsolutePath();
  private static final Path CLIENT_PLUGINS =
      SERVERS.resolve("mariadb-11.8/usr/lib/x86_64-linux-gnu/libmariadb3/plugin");
  private final LabAccounts accounts = LabAccounts.random();
  private final Secrets secrets =
      reference ->
          Objects.requireNonNull(
              Map.of(
                      "env:REPLI", accounts.repli(),
                      "env:REPL", accounts.replication(),
                      "env:REPLI_PROBE", accounts.probe())
                  .get(reference.value()));
  private MySqlServer source;
  private MariaDbServer target;
  private AnnotationConfigApplicationContext context;
  private Plan plan;

  @SuppressWarnings("NullAway.Init") // servers are started before the first test
  MySqlToMariaDbIT() {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path mysql = SERVERS.resolve("mysql-9.7");
    assumeTrue(
        Files.exists(mysql.resolve(".complete")),
        "MySQL 9.7 is not unpacked; run: scripts/fetch-servers mysql");
    source = MySqlServer.start(mysql, folder.resolve("my"), 1, accountSql());
    target =
        MariaDbServer.start(
            ServerInstallation.unpacked("mariadb-11.8"),
            ServerSettings.of(2).with("plugin-dir", CLIENT_PLUGINS.toString()),
            accounts,
            folder.resolve("maria"));
    context = GuardrailLab.context(secrets, new InMemoryJournal());
    plan =
        GuardrailLab.plan(
            node(Node.Role.SOURCE, Node.Kind.MYSQL, source.port()),
            node(Node.Role.TARGET, Node.Kind.MARIADB, target.port()),
            List.of());
    follow();
    source.run("CREATE DATABASE app", "CREATE TABLE app.t (id BIGINT PRIMARY KEY)");
  }

  @AfterAll
  void stop() throws Exception {
    if (context != null) {
      context.close();
    }
    if (target != null) {
      target.close();
    }
    if (source != null) {
      source.close();
    }
  }

  @Test
  void readsEverySectionOfMySqlAndWhatMariaDbCannotTake() throws Exception {
    source.run(
        "SET sql_log_bin = 0",
        "CREATE TABLE app.special (id BIGINT AUTO_INCREMENT PRIMARY KEY, meta JSON,"
            + " place GEOMETRY NOT NULL SRID 4326, name VARCHAR(20), KEY f ((UPPER(name))))");
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      NodeSurvey survey = context.getBean(Surveys.class).survey(plan.source(), threads);

      assertThat(unreadable(survey)).isEmpty();
      Tables tables = survey.tables().get();
      assertThat(tables.hidden()).isEmpty();
      assertThat(tables.indexes().stream().anyMatch(Tables.Index::functional)).isTrue();
      assertThat(survey.accounts().get().of("repl"))
          .anyMatch(account -> account.mayOnAll("REPLICATION SLAVE"));
      assertThat(survey.security().get().offered()).isTrue();
      GuardrailReport report = check();
      assertThat(report.results())
          .filteredOn(result -> result.found().startsWith("could not be checked"))
          .isEmpty();
      assertThat(found(report, "json-columns")).contains("RED", "app.special.meta");
      assertThat(found(report, "mysql-only-definitions"))
          .contains("RED", "functional index f", "SRID");
      assertThat(found(report, "mysql-replica-of-mariadb")).contains("RED", "one way only");
    } finally {
      threads.shutdownNow();
      source.run("SET sql_log_bin = 0", "DROP TABLE app.special");
    }
  }

  @Test
  void knowsByFileAndOffsetHowFarTheReplicaIs() {
    GuardrailReport following =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(this::check, report -> found(report, "caught-up").contains("GREEN"));

    assertThat(found(following, "dialect-positions")).contains("GREEN", "by file and offset");
    assertThat(found(following, "authentication-plugin")).contains("GREEN", "is connected");
    assertThat(found(following, "replication-running")).contains("GREEN");
    assertThat(found(following, "replicates-directly")).contains("GREEN");

    target.run(true, "STOP SLAVE SQL_THREAD");
    source.run("INSERT INTO app.t VALUES (1)");
    GuardrailReport behind = check();
    assertThat(found(behind, "caught-up")).contains("RED", "not reached");
    assertThat(found(behind, "replication-running")).contains("RED", "SQL thread");

    target.run(true, "START SLAVE SQL_THREAD");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> found(check(), "caught-up").contains("GREEN"));
  }

  private GuardrailReport check() {
    return context.getBean(Guardrails.class).check(plan, Node.Role.SOURCE, Moment.BEFORE);
  }

  private static String found(GuardrailReport report, String name) {
    GuardrailResult result = GuardrailLab.result(report, name);
    return result + " " + result.evidence();
  }

  private static List<String> unreadable(NodeSurvey survey) {
    List<Reading<?>> sections =
        List.of(
            survey.server(),
            survey.channels(),
            survey.history(),
            survey.work(),
            survey.tables(),
            survey.programs(),
            survey.accounts(),
            survey.locks(),
            survey.security(),
            survey.contents());
    List<String> why = new ArrayList<>();
    for (Reading<?> section : sections) {
      if (section instanceof Reading.Unreadable<?> unreadable) {
        why.add(unreadable.why());
      }
    }
    return why;
  }

  private void follow() throws SQLException {
    try (Connection admin = source.admin();
        Statement statement = admin.createStatement();
        ResultSet end = statement.executeQuery("SHOW BINARY LOG STATUS")) {
      end.next();
      target.run(
          true,
          "SET GLOBAL read_only = 1",
          "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=%d, MASTER_USER='repl',"
                  .formatted(source.port())
              + " MASTER_PASSWORD='%s', MASTER_USE_GTID=no,".formatted(accounts.replication())
              + " MASTER_LOG_FILE='%s', MASTER_LOG_POS=%d,"
                  .formatted(end.getString(1), end.getLong(2))
              + " MASTER_SSL=1, MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_CONNECT_RETRY=1",
          "START SLAVE");
    }
  }

  private List<String> accountSql() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/accounts/mysql.sql")) {
      List<String> sql =
          new ArrayList<>(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                  .replace("${repli}", accounts.repli())
                  .replace("${repl}", accounts.replication())
                  .replace("${probe}", accounts.probe())
                  .lines()
                  .filter(line -> !line.startsWith("--"))
                  .toList());
      sql.add("GRANT SELECT, SHOW VIEW, TRIGGER ON app.* TO 'repli'@'%';");
      return sql;
    }
  }

  private static Node node(Node.Role role, Node.Kind kind, int port) {
    return new Node(
        role,
        kind,
        new Endpoint("127.0.0.1", port),
        ServerPair.account("repli"),
        ServerPair.account("repl"),
        Node.Tls.DISABLED,
        Optional.empty());
  }
}
