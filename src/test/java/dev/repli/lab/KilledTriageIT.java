package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application is killed with {@code kill -9} while it works on six incidents at once,
 * each of them somewhere else: it takes one in, it waits for a fix, for a decision, for the end of
 * a countdown, for the communication team.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledTriageIT {
  private static final String COUNTDOWN = "Event_CountdownOver";
  private static final String DEPUTIES = "DEPUTIES_CALLED";
  private static final Map<String, Object> FINE =
      Map.of("errorRate", 0.0, "latencyP95Ms", 90, "missingRows", 0);
  private static final Map<String, Object> LOSES = Map.of("missingRows", 3);
  private static final Map<String, Object> SOME_ERRORS =
      Map.of("errorRate", 0.01, "latencyP95Ms", 90, "missingRows", 0);
  private static final Map<String, Object> NOBODY_KNOWS = Map.of();

  @TempDir Path directory;
  private final Resources resources = new Resources();
  private SwitchTopology topology;
  private OwnDatabaseLinks database;
  private TeamInbox inbox;
  private TriagePlans plans;

  @BeforeEach
  void start() throws IOException {
    assumeThat(LabHaproxy.program()).as("scripts/install-test-tools").isPresent();
    topology = lab("lab");
    SwitchTopology other = lab("other");
    database = resources.add(new OwnDatabaseLinks(directory.resolve("own")));
    inbox = resources.add(new TeamInbox());
    plans = new TriagePlans(directory, LabPlan.secret(directory, "inbox", inbox.url()));
    plans.write("out", topology);
    for (String id : List.of("stop", "fix", "ask", "new", "lost")) {
      plans.write(id, other);
    }
    topology.write(20);
    other.write(20);
  }

  private SwitchTopology lab(String name) {
    return resources.add(
        SwitchTopology.startBeforeCutover(
            directory.resolve(name), ServerInstallation.fromMaven(), "  gateWait: 20s\n"));
  }

  @AfterEach
  void stop() {
    resources.close();
  }

  @Test
  void nothingIsLostOrDoneTwiceWhereverRepliIsKilled() throws IOException {
    Map<String, String> clocks;
    try (ServedRepli repli = serve()) {
      cutOver(repli);
      clocks = everythingWaits(repli);
      accepted(repli, "new", FINE, "STARTED");
      // the request stands in the journal, and the run does not come
      database.killAt(repli, TriagePlans.ONLY_OF_LOST);
      assertThat(isAnswered(repli)).as("killed before it could answer").isFalse();
      awaitDeath(repli);
    }
    dieWhenItReminds();
    try (ServedRepli repli = serve()) {
      accepted(repli, "new", FINE, "REPEATED");
      accepted(repli, "lost", FINE, "STARTED");
      soon().untilAsserted(() -> assertThat(TriageJudge.clocks(repli)).isEqualTo(clocks));
      inbox.killAt(TriageJudge.LONGER, repli::kill);
      answer(repli, "admin", "Approve the message INC-ask", Map.of("messageAnswer", "SEND"));
      awaitDeath(repli);
    }
    try (ServedRepli repli = serve()) {
      // the rollback is there, and the triage does not come to say so
      database.killAt(repli, "Rollback INC-out-rollback started");
      hurryCountdown(repli);
      awaitDeath(repli);
      assertThat(database.firstCame()).as("killed by that").isTrue();
    }
    try (ServedRepli repli = serve()) {
      answer(
          repli,
          "lead1",
          "Stop the automatic rollback INC-stop",
          Map.of("stopAnswer", "STOP", "stopReason", "the rows were found"));
      answer(
          repli,
          "op1",
          "Validate the application INC-out",
          Map.of("validationAnswer", "WORKS", "journeysConfirmed", true));
      soon().untilAsserted(() -> taken(repli, plans.resolved("fix", FINE)));
      new TriageJudge(repli, inbox).judge();
    }
    SwitchTopology.Verdict clients = topology.verdict(Node.Role.SOURCE);
    assertThat(clients.lost()).isZero();
    assertThat(clients.duplicated()).isZero();
  }

  /** Both labs at once; who approves a cutover approves its rollback with it. */
  private static void cutOver(ServedRepli repli) throws IOException {
    List<String> runs = List.of(begun(repli, "out"), begun(repli, "stop"));
    soon()
        .untilAsserted(
            () -> {
              String said = ServedCutovers.workOrSay(repli);
              for (String run : runs) {
                assertThat(ServedCutovers.timeline(repli, run))
                    .as(said)
                    .contains("Step watch begun");
              }
            });
  }

  private static String begun(ServedRepli repli, String plan) throws IOException {
    RepliApi.Answer answer = repli.post("op1", "/api/plans/" + plan + "/cutover", Map.of());
    assertThat(answer.ok()).as(answer.text()).isTrue();
    return answer.body().path("key").asText();
  }

  /** Each of them waits for somebody or something; the clocks of those that have one. */
  private Map<String, String> everythingWaits(ServedRepli repli) throws IOException {
    accepted(repli, "fix", SOME_ERRORS, "STARTED");
    accepted(repli, "ask", NOBODY_KNOWS, "STARTED");
    accepted(repli, "out", LOSES, "STARTED");
    accepted(repli, "stop", LOSES, "STARTED");
    soon()
        .untilAsserted(
            () ->
                assertThat(ServedCutovers.tasks(repli))
                    .contains(
                        "Try the fix INC-fix",
                        "Assess the incident INC-ask",
                        "Approve the message INC-ask",
                        "Stop the automatic rollback INC-out",
                        "Stop the automatic rollback INC-stop"));
    return soon()
        .until(() -> TriageJudge.clocks(repli), found -> found.size() == TriageJudge.CLOCKS);
  }

  private boolean isAnswered(ServedRepli repli) {
    try {
      accepted(repli, "lost", FINE, "STARTED");
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private void accepted(ServedRepli repli, String plan, Map<String, Object> metrics, String effect)
      throws IOException {
    assertThat(taken(repli, plans.incident(plan, metrics))).isEqualTo(effect);
  }

  /** What came of a report. */
  private static String taken(ServedRepli repli, Map<String, Object> report) throws IOException {
    RepliApi.Answer answer = repli.post("monitor1", "/api/incidents", report);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.body().path("effect").asText();
  }

  /** Killed when it writes down that the deciders were reminded, else their deputies called. */
  private void dieWhenItReminds() throws IOException {
    try (ServedRepli repli = launch("No decision on incident INC-ask after")) {
      // a starved machine may have come to both before
      soon().until(() -> !repli.isAlive() || repli.milestones("INC-ask", DEPUTIES) > 0);
    }
  }

  /** The timer falls due now. Whoever is killed by what follows may not say so any more. */
  private static void hurryCountdown(ServedRepli repli) throws IOException {
    String id = TriageJudge.timer(repli, COUNTDOWN, "INC-out").path("id").asText();
    soon()
        .until(
            () ->
                !repli.isAlive()
                    || TriageJudge.timer(repli, COUNTDOWN, "INC-out").isMissingNode()
                    || repli.post("admin", "/engine-rest/job/" + id + "/execute", Map.of()).ok());
  }

  /** Whoever is killed by what follows an answer may not say that it was taken. */
  private static void answer(ServedRepli repli, String who, String task, Map<String, ?> answers) {
    soon().until(() -> !repli.isAlive() || !repli.task(task).isEmpty());
    soon()
        .untilAsserted(
            () -> {
              if (repli.isAlive() && !repli.task(task).isEmpty()) {
                RepliApi.Answer answer = repli.answer(who, task, answers);
                assertThat(answer.ok()).as(answer.text()).isTrue();
              }
            });
  }

  private ServedRepli launch(String... deadly) throws IOException {
    return database.launch(plans.plans(), directory.resolve("data"), plans.settings(), deadly);
  }

  private ServedRepli serve() throws IOException {
    ServedRepli repli = launch();
    try {
      repli.awaitAnswer();
      return repli;
    } catch (RuntimeException failure) {
      repli.close();
      throw failure;
    }
  }

  private static void awaitDeath(ServedRepli repli) {
    soon().until(() -> !repli.isAlive());
  }

  /** On a busy machine a call may take longer than its client waits. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(8)).ignoreExceptionsInstanceOf(IOException.class);
  }
}
