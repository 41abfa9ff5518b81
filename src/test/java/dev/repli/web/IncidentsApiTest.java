package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.web.RawHttp.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a report of an incident starts and answers. */
class IncidentsApiTest extends ServedApi {
  @Test
  void startsARunForAnIncidentAndSaysWhereItIs() throws Exception {
    Answer answer = http.post("/api/incidents", TestIncident.json(id));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/api/runs/" + id);
    JsonNode run = body(answer).get("run");
    assertThat(run.get("requestedBy").textValue()).isEqualTo("op1");
    assertThat(run.get("state").textValue()).isEqualTo("active");
    assertThat(run.get("waitingFor").get(0).textValue()).isEqualTo("Approve rollback " + id);
    assertThat(body(http.get("/api/runs/" + id))).isEqualTo(run);
    assertThat(http.get("/api/runs").body()).contains(id);
  }

  @Test
  void makesOneRunOfManyEqualIncidentsAtOnce() throws Exception {
    String json = TestIncident.json(id);
    List<Answer> answers = atOnce(101, () -> http.post("/api/incidents", json));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).filteredOn(a -> a.body().contains("\"STARTED\"")).hasSize(1);
    assertThat(answers).filteredOn(a -> a.body().contains("\"REPEATED\"")).hasSize(100);
    assertThat(runs.newest(500)).filteredOn(run -> run.key().value().equals(id)).hasSize(1);
  }

  @Test
  void notesOtherFactsOfAKnownIncidentInItsTimeline() {
    http.post("/api/incidents", TestIncident.json(id));
    String other = TestIncident.with(id, "summary", "\"80 % fail\"");

    assertThat(http.post("/api/incidents", other).body()).contains("\"UPDATED\"");
    assertThat(http.get("/api/runs/" + id + "/timeline").body())
        .contains("RUN_REQUESTED", "INCIDENT_UPDATED", "80 % fail");
  }

  @Test
  void takesTheEndOfAnIncidentInAndRefusesItsResurrection() {
    http.post("/api/incidents", TestIncident.json(id));
    String resolved = TestIncident.with(id, "status", "\"resolved\"");

    assertThat(http.post("/api/incidents", resolved).body()).contains("\"RESOLVED\"");
    assertThat(http.post("/api/incidents", TestIncident.json(id)).status()).isEqualTo(409);
  }

  @Test
  void namesTheRunThatThePlanIsBusyWith() {
    http.post("/api/incidents", TestIncident.json(id));

    Answer rollback = http.post("/api/plans/shop/rollback", "{}");

    assertThat(rollback.status()).isEqualTo(409);
    assertThat(rollback.body()).contains("plan-busy", id);
  }

  @Test
  void takesTheWebhookOfAlertmanagerAndCountsWhatNoPlanKnows() {
    String alert =
        """
        {"version":"4","status":"firing","receiver":"repli","truncatedAlerts":0,"alerts":[
          {"status":"firing","labels":{"alertname":"Watchdog"},"annotations":{"summary":"${7*7}"},
           "startsAt":"2026-03-01T12:00:00.123Z","endsAt":"0001-01-01T00:00:00Z",
           "generatorURL":"http://prometheus/","fingerprint":"0123456789abcdef"}]}""";

    Answer answer = http.post("/api/webhooks/alertmanager", alert);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).contains("\"alerts\":1", "\"matched\":0", "\"runs\":[]");
    for (String wrong :
        List.of(
            "{}",
            "{\"alerts\":{}}",
            alert.replace("\"status\":\"firing\",\"labels", "\"status\":\"x\",\"labels"),
            alert.replace("\"Watchdog\"", "7"),
            alert.replace("2026-03-01T12:00:00.123Z", "noon"))) {
      assertThat(http.post("/api/webhooks/alertmanager", wrong).status()).as(wrong).isEqualTo(422);
    }
  }

  @Test
  void foldsAnotherIncidentOfThePlanIntoItsTriage() {
    http.post("/api/incidents", TestIncident.json(id));

    Answer other = http.post("/api/incidents", TestIncident.json(id + "-other"));

    assertThat(other.status()).isEqualTo(202);
    assertThat(other.header("Location")).isEqualTo("/api/runs/" + id);
    assertThat(other.body()).contains("\"JOINED\"");
  }

  @Test
  void takesTemplateAndMarkupTextsLiterally() {
    String hostile = "${7*7} #{1} {{2}} <script>alert(1)</script>";
    http.post("/api/incidents", TestIncident.with(id, "summary", "\"" + hostile + "\""));

    assertThat(http.get("/api/runs/" + id + "/timeline").body()).contains(hostile);
  }

  private static List<Answer> atOnce(int times, Callable<Answer> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer :
          threads.invokeAll(Stream.generate(() -> call).limit(times).toList())) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
