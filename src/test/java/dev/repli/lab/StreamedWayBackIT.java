package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.RepliApplication;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.plan.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * MySQL 9.7 to MariaDB 11.8 by the cutover, back by the rollback with Repli's own stream, and
 * forward again, through the whole of Repli and under load.
 */
@Timeout(10 * 60)
class StreamedWayBackIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String ORDERS =
      "SELECT CONCAT(COUNT(*), ' ', BIT_XOR(CRC32(CONCAT_WS('/', seq, order_id, item))))"
          + " FROM app.orders";

  private final String password = DemoUser.randomPassword();
  private final List<DemoUser> users = DemoUser.all(password);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

  @Test
  void cutsOverRollsBackByRepliesOwnStreamAndGoesForwardAgain(@TempDir Path folder)
      throws IOException, SQLException {
    assumeThat(MySqlToMariaDb.isThere()).as(MySqlToMariaDb.MISSING).isTrue();
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    int port = Ports.free();
    RepliApi api = new RepliApi(URI.create("http://127.0.0.1:" + port));
    People people = new People(api, users, out);
    try (MySqlTopology lab = MySqlTopology.start(folder);
        ConfigurableApplicationContext repli = repli(lab, port)) {
      assertThat(repli.isRunning()).isTrue();
      moreTraffic(lab);
      String first = start(api, "cutover");
      watched(api, people, first);
      moreTraffic(lab);

      String back = start(api, "rollback");
      ended(api, people, back, "Rolled back to source");
      assertThat(timeline(api, back)).contains("reverse stream of Repli runs");
      ended(api, people, first, "Rolled back");
      moreTraffic(lab);

      watched(api, people, start(api, "cutover"));
      moreTraffic(lab);
      TrafficVerdict verdict = lab.verdict(Node.Role.TARGET);
      assertThat(verdict.acknowledged()).isGreaterThan(500);
      assertThat(verdict.lost()).isZero();
      assertThat(verdict.duplicated()).isZero();
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(lab.text(Node.Role.SOURCE, ORDERS))
                      .isEqualTo(lab.text(Node.Role.TARGET, ORDERS)));
    } catch (AssertionError | RuntimeException | IOException e) {
      throw new AssertionError(e.getMessage() + "\n" + said.toString(StandardCharsets.UTF_8), e);
    }
  }

  private ConfigurableApplicationContext repli(MySqlTopology lab, int port) {
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    Path directory = lab.directory();
    return application.run(
        "--server.address=127.0.0.1",
        "--server.port=" + port,
        "--repli.plans-dir=" + lab.plans(),
        "--repli.data-dir=" + directory.resolve("data"),
        "--repli.demo.users=true",
        "--repli.demo.password=" + password,
        "--repli.monitor.enabled=false",
        "--server.tomcat.basedir=" + directory.resolve("tomcat"),
        "--spring.main.banner-mode=off",
        "--logging.threshold.console=off",
        "--logging.file.name=" + directory.resolve("repli.log"));
  }

  private String start(RepliApi api, String runbook) throws IOException {
    RepliApi.Answer answer =
        api.postText(
            DemoUser.named("op1", users), "/api/plans/" + LabPlan.ID + "/" + runbook, "{}");
    assertThat(answer.ok()).as(answer.text()).isTrue();
    return answer.body().path("key").asText();
  }

  private static void moreTraffic(MySqlTopology lab) {
    int before = lab.acknowledged();
    await().atMost(LONG).until(() -> lab.acknowledged() > before + 200);
  }

  /** The writer has moved, everything was read back, and the cutover is only watched. */
  private void watched(RepliApi api, People people, String run) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              work(api, people, run);
              assertThat(run(api, run).path("waitingFor").toString())
                  .as(() -> timeline(api, run))
                  .contains("Next look");
              assertThat(timeline(api, run)).contains("Step watch begun");
            });
  }

  private void ended(RepliApi api, People people, String run, String result) throws IOException {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              work(api, people, run);
              JsonNode now = run(api, run);
              assertThat(RunWatch.ended(now)).as(() -> timeline(api, run)).isTrue();
            });
    assertThat(run(api, run).path("result").asText())
        .as(() -> timeline(api, run))
        .isEqualTo(result);
  }

  /** What nobody of the demo can answer ends the test: nothing is in the way here. */
  private void work(RepliApi api, People people, String run) {
    try {
      people.work();
    } catch (IOException inTheWay) {
      String why = String.valueOf(inTheWay.getMessage());
      out.println(why);
      if (why.contains("needs a person")) {
        throw new IllegalStateException(why + timeline(api, run));
      }
    }
  }

  private JsonNode run(RepliApi api, String key) throws IOException {
    return api.get(DemoUser.named("admin", users), "/api/runs/" + key).body();
  }

  private String stream(RepliApi api) throws IOException {
    return api.get(DemoUser.named("admin", users), "/api/plans/" + LabPlan.ID + "/stream").text();
  }

  private String timeline(RepliApi api, String key) {
    try {
      StringBuilder text = new StringBuilder();
      for (JsonNode entry :
          api.get(DemoUser.named("admin", users), "/api/runs/" + key + "/timeline").body()) {
        text.append(entry.path("evidence")).append('\n');
      }
      return text.append(stream(api)).toString();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
