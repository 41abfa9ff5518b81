package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveys;
import dev.repli.database.survey.Tables;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
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
  private MySqlToMariaDb servers;
  private AnnotationConfigApplicationContext context;
  private Plan plan;

  @SuppressWarnings("NullAway.Init") // servers are started before the first test
  MySqlToMariaDbIT() {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    servers = new MySqlToMariaDb(folder);
    context = GuardrailLab.context(servers.secrets(), new InMemoryJournal());
    plan = GuardrailLab.plan(servers.sourceNode(), servers.targetNode(), List.of());
    servers.source().run("CREATE TABLE app.t (id BIGINT PRIMARY KEY)");
  }

  @AfterAll
  void stop() {
    if (servers != null) {
      context.close();
      servers.close();
    }
  }

  @Test
  void readsEverySectionOfMySqlAndWhatMariaDbCannotTake() throws Exception {
    servers
        .source()
        .run(
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
      assertThat(found(report, "mysql-replica-of-mariadb")).contains("GREEN", "own stream");
    } finally {
      threads.shutdownNow();
      servers.source().run("SET sql_log_bin = 0", "DROP TABLE app.special");
    }
  }

  /** InnoDB spells them otherwise than SQL does. */
  @Test
  void namesWhatTheAccountMayNotSeeWhateverItsLetters() {
    List<String> hidden = List.of("a/b#c", "a@b", "größe", "été", "таблица", "表");
    String[] make =
        Stream.concat(
                Stream.of(
                    "SET sql_log_bin = 0",
                    "CREATE DATABASE `мой склад`",
                    "CREATE TABLE `мой склад`.`übersicht` (id INT PRIMARY KEY)"
                        + " PARTITION BY HASH (id) PARTITIONS 2",
                    "CREATE TABLE app.`öffentlich` (id INT PRIMARY KEY, t TEXT, FULLTEXT KEY (t))"),
                hidden.stream()
                    .map(name -> "CREATE TABLE `мой склад`.`" + name + "` (id INT PRIMARY KEY)"))
            .toArray(String[]::new);
    servers.source().run(make);
    servers.target().run(true, make);
    try {
      String seen = found(check(), "all-visible");

      assertThat(seen).contains("RED").doesNotContain("@00", "öffentlich", "app.");
      for (Node node : List.of(plan.source(), plan.target())) {
        assertThat(seen).contains(node.label() + ": not visible is мой склад.übersicht");
        hidden.forEach(name -> assertThat(seen).contains(": not visible is мой склад." + name));
      }
    } finally {
      String[] drop = {
        "SET sql_log_bin = 0", "DROP DATABASE `мой склад`", "DROP TABLE app.`öffentlich`"
      };
      servers.source().run(drop);
      servers.target().run(true, drop);
    }
    assertThat(found(check(), "all-visible")).contains("GREEN");
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

    servers.target().run(true, "STOP SLAVE SQL_THREAD");
    servers.source().run("INSERT INTO app.t VALUES (1)");
    GuardrailReport behind = check();
    assertThat(found(behind, "caught-up")).contains("RED", "not reached");
    assertThat(found(behind, "replication-running")).contains("RED", "SQL thread");

    servers.target().run(true, "START SLAVE SQL_THREAD");
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
            survey.contents(),
            survey.disks());
    List<String> why = new ArrayList<>();
    for (Reading<?> section : sections) {
      if (section instanceof Reading.Unreadable<?> unreadable) {
        why.add(unreadable.why());
      }
    }
    return why;
  }
}
