package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether six incidents of a Repli that was killed again and again came to what they should. */
record TriageJudge(ServedRepli repli, TeamInbox inbox) {
  /** In the message to users that it takes longer. */
  static final String LONGER = "It takes us longer than expected";

  /** The end of a grace period, of the try of a fix, and of two countdowns. */
  static final int CLOCKS = 4;

  private static final Duration LONG = Duration.ofMinutes(4);

  void judge() throws IOException {
    eachIncidentIsThereOnce();
    oneRollbackStartedByItselfAndTheOtherWasStopped();
    theGracePeriodEndedOnce();
    theDecidersWereCalledOnce();
    everybodyWasAskedOnce();
    everythingWasToldOnce();
  }

  private void eachIncidentIsThereOnce() throws IOException {
    for (String id : List.of("out", "stop", "fix", "ask", "new", "lost")) {
      assertThat(instances("IncidentTriageProcess", "INC-" + id)).as(id).isEqualTo(1);
      assertThat(repli.milestones("INC-" + id, "INCIDENT_RECORDED")).as(id).isEqualTo(1);
    }
    assertThat(repli.milestones("INC-new", "RUN_REQUESTED")).isEqualTo(1);
  }

  private int instances(String process, String key) throws IOException {
    return repli
        .get(
            "/engine-rest/history/process-instance/count?processDefinitionKey="
                + process
                + "&processInstanceBusinessKey="
                + key)
        .path("count")
        .asInt();
  }

  private void oneRollbackStartedByItselfAndTheOtherWasStopped() throws IOException {
    eventually(
        () ->
            assertThat(repli.result("INC-out"))
                .as(() -> ServedCutovers.timeline(repli, "INC-out"))
                .isEqualTo("Rolled back to source"));
    assertThat(repli.result("INC-out-rollback")).isEqualTo("Rolled back to source");
    assertThat(instances("RollbackProcess", "INC-out-rollback")).isEqualTo(1);
    assertThat(instances("RollbackProcess", "INC-out-rollback2")).isZero();
    assertThat(repli.milestones("INC-out", "ROLLBACK_STARTED")).isEqualTo(1);
    assertThat(repli.milestones("INC-out-rollback", "POINT_OF_NO_RETURN")).isEqualTo(1);
    eventually(() -> assertThat(repli.task("Assess the incident INC-stop")).isNotEmpty());
    assertThat(instances("RollbackProcess", "INC-stop-rollback")).isZero();
    for (String id : List.of("INC-out", "INC-stop")) {
      assertThat(repli.milestones(id, "COUNTDOWN_BEGUN")).as(id).isEqualTo(1);
    }
  }

  private void theGracePeriodEndedOnce() {
    eventually(() -> assertThat(repli.result("INC-fix")).isEqualTo("Normal operation"));
  }

  private void theDecidersWereCalledOnce() {
    eventually(() -> assertThat(repli.milestones("INC-ask", "DEPUTIES_CALLED")).isEqualTo(1));
    eventually(
        () -> {
          assertThat(after("INC-ask", "DECIDERS_REMINDED")).hasSize(1).allMatch(at -> at >= 45);
          assertThat(after("INC-ask", "DEPUTIES_CALLED")).hasSize(1).allMatch(at -> at >= 75);
        });
  }

  /** Seconds from the request of a run to each of these. */
  private List<Long> after(String run, String name) throws IOException {
    List<Long> found = new ArrayList<>();
    Instant asked = Instant.MAX;
    for (JsonNode entry : repli.get("/api/runs/" + run + "/timeline")) {
      String said = entry.path("evidence").path("name").asText();
      Instant at = Instant.parse(entry.path("at").asText());
      if (said.equals("RUN_REQUESTED")) {
        asked = at;
      } else if (said.equals(name)) {
        found.add(Duration.between(asked, at).toSeconds());
      }
    }
    return found;
  }

  private void everybodyWasAskedOnce() throws IOException {
    List<String> tasks = ServedCutovers.tasks(repli);
    for (String once :
        List.of(
            "Try the fix INC-fix",
            "Assess the incident INC-ask",
            "Assess the incident INC-stop",
            "Approve the message INC-ask",
            "Stop the automatic rollback INC-out",
            "Stop the automatic rollback INC-stop",
            "Validate the application INC-out")) {
      assertThat(tasks).filteredOn(name -> name.startsWith(once)).as(once).hasSize(1);
    }
    assertThat(tasks).noneMatch(name -> name.startsWith("Decide on failed step INC"));
  }

  private void everythingWasToldOnce() throws IOException {
    eventually(
        () -> {
          for (String id : List.of("out", "stop", "fix", "ask", "new", "lost")) {
            assertThat(told("INC-" + id)).as(id).contains("team incident sent");
          }
          assertThat(told("INC-ask")).contains("customers takes-longer sent");
        });
    for (String id : List.of("out", "stop", "fix", "ask", "new", "lost")) {
      assertThat(told("INC-" + id)).as(id).containsOnlyOnce("team incident sent");
    }
    assertThat(told("INC-ask")).containsOnlyOnce("customers takes-longer sent");
    assertThat(told("INC-ask").stream().filter("team answer-needed sent"::equals))
        .as("the reminder, and the call of the deputies")
        .hasSize(2);
    assertThat(inbox.saying(LONGER)).hasSize(1);
    assertThat(repli.milestones("INC-ask", "MESSAGE_APPROVED")).isEqualTo(1);
    assertThat(inbox.received().values())
        .as("under each key one text: another one would be news that nobody hears")
        .allMatch(texts -> texts.size() == 1);
  }

  /** Channel, moment and state of what a run tells. */
  private List<String> told(String run) throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode message : repli.get("/api/runs/" + run + "/messages")) {
      lines.add(
          "%s %s %s"
              .formatted(
                  message.path("channel").asText(),
                  message.path("moment").asText(),
                  message.path("state").asText()));
    }
    return lines;
  }

  /** When what waits is due, by what it is. */
  static Map<String, String> clocks(ServedRepli repli) throws IOException {
    Map<String, String> clocks = new TreeMap<>();
    for (String id : List.of("INC-out", "INC-stop")) {
      clocks.put("countdown of " + id, due(timer(repli, "Event_CountdownOver", id)));
    }
    clocks.put("fix", due(timer(repli, "Event_FixOverdue", "INC-fix")));
    for (JsonNode grace : repli.get("/engine-rest/variable-instance?variableName=graceEnds")) {
      if (!grace.path("value").isNull()) {
        clocks.put("grace", grace.path("value").asText());
      }
    }
    clocks.values().removeIf(String::isEmpty);
    return clocks;
  }

  private static String due(JsonNode timer) {
    return timer.path("dueDate").asText();
  }

  /** The timer of a triage; missing when there is none. */
  static JsonNode timer(ServedRepli repli, String event, String key) throws IOException {
    for (JsonNode timer : repli.get("/engine-rest/job?timers=true&activityId=" + event)) {
      String instance = timer.path("processInstanceId").asText();
      JsonNode of = repli.get("/engine-rest/history/process-instance/" + instance);
      if (of.path("businessKey").asText().equals(key)) {
        return timer;
      }
    }
    return MissingNode.getInstance();
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable holds) {
    await().atMost(LONG).ignoreExceptionsInstanceOf(IOException.class).untilAsserted(holds);
  }
}
