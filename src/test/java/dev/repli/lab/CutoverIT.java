package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.RepliApplication;
import dev.repli.writerswitch.Phase;
import dev.repli.writerswitch.SwitchObserver;
import dev.repli.writerswitch.SwitchRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Cutovers between real servers under load, through the whole of Repli: every failure before the
 * point of no return leaves production writable, and a cutover, a rollback in its window and a
 * second cutover that goes back from its own watch lose nothing.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CutoverIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** What a test does at a phase of the next switch. */
  private static final class Saboteur implements SwitchObserver {
    private final AtomicReference<Phase> at = new AtomicReference<>();
    private volatile Runnable what = () -> {};

    void at(Phase phase, Runnable deed) {
      what = deed;
      at.set(phase);
    }

    @Override
    public void before(SwitchRequest request, Phase phase) {
      if (at.compareAndSet(phase, null)) {
        what.run();
      }
    }
  }

  private final Saboteur saboteur = new Saboteur();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private @Nullable ConfigurableApplicationContext repli;

  @Test
  void undoesEveryFailureThenCutsOverRollsBackAndCutsOverAgain()
      throws IOException, SQLException, InterruptedException {
    PrintStream out = new PrintStream(said, true, java.nio.charset.StandardCharsets.UTF_8);
    try (Resources resources = new Resources()) {
      Stage stage = Stage.set(DemoOptions.of(List.of("--port=18480")), resources, this::repli, out);
      People people = new People(stage, out);
      ended(stage, people, start(stage, "rollback"), "Rolled back to source");

      stage
          .nodes()
          .source()
          .run(false, "CREATE TABLE app.late (id INT AUTO_INCREMENT PRIMARY KEY)");
      moreTraffic(stage);
      undone(stage, people, Phase.PREPARE, () -> leaveTheTargetBehind(stage));
      undoneByTheJournal(stage, people, Phase.ARM, "SWITCH_ARMED");
      undone(stage, people, Phase.HOLD, () -> leaveTheTargetBehind(stage));
      undone(stage, people, Phase.FENCE, () -> leaveTheTargetBehind(stage));
      undone(stage, people, Phase.MARK, () -> endSessionsOfRepli(stage.nodes().source()));
      undone(stage, people, Phase.CATCH_UP, () -> leaveTheTargetBehind(stage));
      undone(
          stage, people, Phase.SEAL, () -> run(stage.nodes().source(), "SET GLOBAL read_only=0"));
      undoneByALock(stage, people);
      undoneByTheJournal(stage, people, Phase.POINT_OF_NO_RETURN, "POINT_OF_NO_RETURN");

      for (int round = 1; round <= 2; round++) {
        String cutover = start(stage, "cutover");
        watched(stage, people, cutover);
        if (round == 1) {
          ended(stage, people, start(stage, "rollback"), "Rolled back to source");
          ended(stage, people, cutover, "Rolled back");
        } else {
          moreTraffic(stage);
          GoesBackFromWatch back = new GoesBackFromWatch(stage);
          back.choose();
          ended(stage, people, cutover, "Returned to source");
          back.isFollowed(cutover);
          back.isTold(cutover);
        }
      }
      moreTraffic(stage);
      stage.traffic().close();
      try (Connection writer = stage.nodes().source().admin()) {
        TrafficVerdict verdict =
            TrafficVerdict.of(stage.traffic().log().snapshot(), writer, LabNodes.SOURCE_ID);
        assertThat(verdict.acknowledged()).isGreaterThan(1000);
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.duplicated()).isZero();
      }
    } catch (AssertionError | RuntimeException | IOException e) {
      String log = said.toString(java.nio.charset.StandardCharsets.UTF_8);
      throw new AssertionError(e.getMessage() + "\n" + log, e);
    }
  }

  private ConfigurableApplicationContext repli(String[] arguments) {
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("saboteur", saboteur));
    repli = application.run(arguments);
    return repli;
  }

  private static String start(Stage stage, String runbook) throws IOException {
    RepliApi.Answer answer =
        stage.api().postText(stage.user("op1"), "/api/plans/demo-shop/" + runbook, "{}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.body().path("key").asText();
  }

  /** The switch fails at this phase because of that deed; afterwards the source writes on. */
  private void undone(Stage stage, People people, Phase phase, Runnable deed) throws IOException {
    saboteur.at(phase, deed);
    ended(stage, people, start(stage, "cutover"), "Cutover undone");
    run(stage.nodes().target(), "START SLAVE SQL_THREAD");
    moreTraffic(stage);
  }

  /** Traffic may just pause: without a change of our own the target may be at the end already. */
  private static void leaveTheTargetBehind(Stage stage) {
    run(stage.nodes().target(), "STOP SLAVE SQL_THREAD");
    stage.nodes().source().run(false, "INSERT INTO app.late VALUES ()");
  }

  /** The database of the journal refuses this milestone from that phase on. */
  private void undoneByTheJournal(Stage stage, People people, Phase phase, String milestone)
      throws IOException {
    undone(
        stage,
        people,
        phase,
        () ->
            inJournal(
                "ALTER TABLE journal_entry ADD CONSTRAINT refused"
                    + " CHECK (milestone IS NULL OR milestone <> '%s') NOCHECK"
                        .formatted(milestone)));
    inJournal("ALTER TABLE journal_entry DROP CONSTRAINT refused");
  }

  private void inJournal(String sql) {
    DataSource database = Objects.requireNonNull(repli, "Repli runs").getBean(DataSource.class);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All but the dead-man's switch, which has to work just then. */
  private static void endSessionsOfRepli(MariaDbServer node) {
    try (Connection admin = node.admin();
        Statement look = admin.createStatement();
        Statement kill = admin.createStatement();
        ResultSet sessions =
            look.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE user = 'repli'"
                    + " AND COALESCE(info, '') NOT LIKE '%SLEEP%'")) {
      while (sessions.next()) {
        kill.execute("KILL " + sessions.getLong(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An application keeps a table locked when the fence has to close. */
  private void undoneByALock(Stage stage, People people) throws IOException, SQLException {
    AtomicReference<Connection> locker = new AtomicReference<>();
    saboteur.at(Phase.FENCE, () -> locker.set(lockOrders(stage)));
    ended(stage, people, start(stage, "cutover"), "Cutover undone");
    Objects.requireNonNull(locker.get(), "the fence was not reached").close();
    moreTraffic(stage);
  }

  private static Connection lockOrders(Stage stage) {
    MariaDbServer source = stage.nodes().source();
    try {
      Connection application =
          DriverManager.getConnection(
              "jdbc:mariadb://127.0.0.1:" + source.port() + "/app?sslMode=trust",
              "app",
              source.accounts().application());
      try (Statement statement = application.createStatement()) {
        statement.execute("LOCK TABLES app.orders WRITE");
      }
      return application;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ended(Stage stage, People people, String run, String result) throws IOException {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              people.work();
              JsonNode now = run(stage, run);
              assertThat(RunWatch.ended(now)).as(now.toString()).isTrue();
            });
    JsonNode now = run(stage, run);
    assertThat(now.path("result").asText()).as(() -> timeline(stage, run)).isEqualTo(result);
  }

  /** The writer has moved, everything was read back, and the cutover is only watched. */
  private static void watched(Stage stage, People people, String run) throws IOException {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              people.work();
              assertThat(run(stage, run).path("waitingFor").toString())
                  .as(timeline(stage, run))
                  .contains("Next look");
              assertThat(timeline(stage, run)).contains("Step watch begun");
            });
  }

  private static JsonNode run(Stage stage, String key) throws IOException {
    return stage.api().get(stage.user("admin"), "/api/runs/" + key).body();
  }

  private static String timeline(Stage stage, String key) {
    try {
      StringBuilder text = new StringBuilder();
      for (JsonNode entry :
          stage.api().get(stage.user("admin"), "/api/runs/" + key + "/timeline").body()) {
        text.append(entry.path("evidence")).append('\n');
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void moreTraffic(Stage stage) {
    int before = stage.traffic().log().acknowledgedCount();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.traffic().log().acknowledgedCount() > before + 100);
  }

  private static void run(MariaDbServer node, String statement) {
    node.run(true, statement);
  }
}
