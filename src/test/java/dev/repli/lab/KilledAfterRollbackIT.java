package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application is killed with {@code kill -9} while it does what follows a rollback:
 * before it writes something down, and between that and the engine's commit.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledAfterRollbackIT {
  private static final String ROLLBACK = "INC-77";
  private static final String NEXT_LOOK = "Event_NextLook";

  /** The round is not in the journal yet; it is, and the engine has not gone on. */
  private final Deque<String> inTheFirstRound =
      new ArrayDeque<>(List.of("Looked around", "watchState"));

  /** The draft is made and nobody says so yet; it is said, and the engine has not gone on. */
  private final Deque<String> inTheDraft =
      new ArrayDeque<>(List.of("Draft made of", "measuredTimes"));

  @TempDir Path directory;
  private final Resources resources = new Resources();
  private SwitchTopology topology;
  private OwnDatabaseLinks database;
  private TeamInbox inbox;

  @BeforeEach
  void start() throws IOException {
    assumeThat(LabHaproxy.program()).as("scripts/install-test-tools").isPresent();
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology =
        resources.add(
            SwitchTopology.start(directory.resolve("lab"), maria, maria, "  gateWait: 20s\n"));
    database = resources.add(new OwnDatabaseLinks(directory.resolve("own")));
    inbox = resources.add(new TeamInbox());
    Files.writeString(
        topology.plans().resolve(topology.planId() + ".yaml"),
        """
        communication:
          channels:
            - {type: webhook, name: team, audience: technical, url: "%s"}
        """
            .formatted(LabPlan.secret(directory, "inbox", inbox.url())),
        StandardOpenOption.APPEND);
    topology.write(20);
  }

  @AfterEach
  void stop() {
    resources.close();
  }

  @Test
  void everythingIsThereOnceWhereverRepliIsKilled() throws IOException {
    rollBackAndDieInTheFirstRoundOrInTheDraft();
    while (!inTheFirstRound.isEmpty() || !inTheDraft.isEmpty()) {
      try (ServedRepli repli = launch(nextOfEach())) {
        awaitDeath(repli);
        takeThoseThatCame();
      }
    }
    try (ServedRepli repli = serve()) {
      hurry(repli, NEXT_LOOK);
      // both are there only when the engine has committed what is before them
      soon()
          .until(() -> timers(repli, NEXT_LOOK).size() == 1 && isAsked(repli, "Write the post-m"));
      database.killAt(repli, "post-mortem-due");
      hurry(repli, "Event_FirstReminderDue");
      awaitDeath(repli);
    }
    dieWhenItSends("POST_MORTEM_DUE");
    try (ServedRepli repli = launch()) {
      inbox.killAt(AfterRollbackJudge.DUE, repli::kill);
      awaitDeath(repli);
    }
    try (ServedRepli repli = serve()) {
      soon().until(() -> AfterRollbackJudge.told(repli).contains("post-mortem-due sent"));
      database.killAt(repli, "post-mortem-published");
      writeAndAccept(repli);
      awaitDeath(repli);
    }
    dieWhenItSends("actionCount");
    try (ServedRepli repli = serve()) {
      soon().until(() -> isAsked(repli, "Action") && timers(repli, NEXT_LOOK).size() == 1);
      new AfterRollbackJudge(repli, inbox).judge();
    }
  }

  private void rollBackAndDieInTheFirstRoundOrInTheDraft() throws IOException {
    try (ServedRepli repli = serve()) {
      database.killAt(repli, nextOfEach());
      repli.report(ROLLBACK);
      soon().until(() -> !repli.isAlive() || worked(repli));
      takeThoseThatCame();
    }
  }

  /** Always false: it goes on until Repli dies. */
  private static boolean worked(ServedRepli repli) throws IOException {
    // a starved machine may be too slow for one of the limits; that is no matter here
    if (ServedCutovers.workOrSay(repli).contains("Decide on failed step")) {
      repli.tryFailedStepAgain();
    }
    return false;
  }

  private String[] nextOfEach() {
    return Stream.of(inTheFirstRound, inTheDraft)
        .map(deadly -> Objects.requireNonNullElse(deadly.peek(), "nothing says this"))
        .toArray(String[]::new);
  }

  private void takeThoseThatCame() {
    boolean round = database.firstCame();
    boolean draft = database.secondCame();
    assertThat(round || draft).as("killed by one of them").isTrue();
    if (round) {
      inTheFirstRound.poll();
    }
    if (draft) {
      inTheDraft.poll();
    }
  }

  private ServedRepli launch(String... deadly) throws IOException {
    return database.launch(topology.plans(), directory.resolve("data"), deadly);
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

  /** What was left undone goes on before it answers its first call. */
  private void dieWhenItSends(String statement) throws IOException {
    try (ServedRepli repli = launch(statement)) {
      awaitDeath(repli);
      assertThat(database.firstCame()).as(statement).isTrue();
    }
  }

  private static void awaitDeath(ServedRepli repli) {
    soon().until(() -> !repli.isAlive());
  }

  /** On a busy machine a call may take longer than its client waits. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(8)).ignoreExceptionsInstanceOf(IOException.class);
  }

  private static JsonNode timers(ServedRepli repli, String event) throws IOException {
    return repli.get("/engine-rest/job?timers=true&activityId=" + event);
  }

  /** The timer falls due now. Whoever is killed by what follows may not say so any more. */
  private static void hurry(ServedRepli repli, String event) {
    soon().until(() -> timers(repli, event).size() == 1);
    soon()
        .until(
            () -> {
              if (!repli.isAlive() || timers(repli, event).isEmpty()) {
                return true;
              }
              String id = timers(repli, event).path(0).path("id").asText();
              return repli.post("admin", "/engine-rest/job/" + id + "/execute", Map.of()).ok();
            });
  }

  private static boolean isAsked(ServedRepli repli, String task) throws IOException {
    return !repli.task(task).isEmpty();
  }

  private static void writeAndAccept(ServedRepli repli) {
    String day = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();
    String actions = "com1 | %s | tell the customers\nop1 | %s | an alert".formatted(day, day);
    answered(
        repli,
        "op1",
        "Write the post-mortem",
        Map.of("why1", "A full disk.", "actionLines", actions, "postMortemAnswer", "READY"));
    answered(repli, "pm1", "Accept the post-mortem", Map.of("acceptanceAnswer", "ACCEPT"));
  }

  private static void answered(
      ServedRepli repli, String who, String task, Map<String, String> answers) {
    soon().until(() -> isAsked(repli, task));
    soon()
        .untilAsserted(
            () -> {
              if (repli.isAlive() && isAsked(repli, task)) {
                RepliApi.Answer answer = repli.answer(who, task, answers);
                assertThat(answer.ok()).as(answer.text()).isTrue();
              }
            });
  }
}
