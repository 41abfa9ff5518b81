package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server-sent events as a browser reads them. */
@Timeout(120)
class RunEventsApiTest extends ServedApi {
  private HttpResponse<Stream<String>> listen(String... headers)
      throws IOException, InterruptedException {
    String who = "op1:" + WebTestApplication.PASSWORD;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/runs/" + id + "/events"))
            .timeout(Duration.ofMinutes(1))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(who.getBytes(StandardCharsets.UTF_8)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
  }

  /** Lines through the first one that holds the text. */
  private static List<String> until(Iterator<String> lines, String text) {
    List<String> read = new ArrayList<>();
    while (lines.hasNext()) {
      read.add(lines.next());
      if (read.get(read.size() - 1).contains(text)) {
        return read;
      }
    }
    throw new AssertionError("the stream ended without " + text + ": " + read);
  }

  private void happens(String what) {
    journal.append(new RunKey(id), new Milestone(what, "so it says", Map.of()));
  }

  @Test
  void tellsWhatHappensAndWhoIsWantedUntilTheEnd() throws Exception {
    http.post("/api/incidents", TestIncident.json(id));
    happens("BEFORE_ANYBODY_LISTENED");
    HttpResponse<Stream<String>> answer = listen();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    Iterator<String> lines = answer.body().iterator();

    assertThat(String.join("\n", until(lines, "approvers")))
        .contains("event:entry", "BEFORE_ANYBODY_LISTENED", "event:state", "Approve rollback");
    happens("WHILE_SOMEBODY_LISTENS");
    until(lines, "WHILE_SOMEBODY_LISTENS");
    http.post("/api/runs/" + id + "/abort", "{\"reason\":\"false alarm\"}");
    assertThat(String.join("\n", until(lines, "event:end"))).contains("Rollback aborted");
    lines.forEachRemaining(rest -> assertThat(rest).doesNotContain("event:"));
  }

  @Test
  void goesOnBehindTheEntryThatTheListenerHas() throws Exception {
    http.post("/api/incidents", TestIncident.json(id));
    happens("KNOWN");
    long known = journal.read(new RunKey(id)).size();
    happens("NEW");

    List<String> read =
        until(listen("Last-Event-ID", Long.toString(known)).body().iterator(), "event:state");

    assertThat(String.join("\n", read)).contains("\"NEW\"").doesNotContain("\"KNOWN\"");
  }

  @Test
  void refusesWhatIsNoRunAndNoNumber() {
    assertThat(http.get("/api/runs/no-such-run/events").status()).isEqualTo(404);
    http.post("/api/incidents", TestIncident.json(id));
    RawHttp.Answer refused = http.get("/api/runs/" + id + "/events", "Last-Event-ID: newest");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.isProblem()).isTrue();
    assertThat(refused.body()).contains("number of an entry");
  }
}
