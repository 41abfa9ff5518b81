package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** Posts the demo's incident and does the people's part until its rollback has ended. */
record PlayedIncident(Stage stage, PrintStream out) {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** The run of the rollback; empty when the incident was refused, which is said. */
  Optional<JsonNode> untilEnded() throws IOException, InterruptedException {
    RepliApi.Answer posted =
        stage.api().postText(stage.user("monitor1"), "/api/incidents", stage.incident());
    if (!posted.ok()) {
      out.println("The incident was refused: " + posted.text());
      return Optional.empty();
    }
    out.println(
        "Incident INC-1001 reported; run " + posted.body().path("run").path("key").asText());
    return Optional.of(worked());
  }

  private JsonNode worked() throws IOException, InterruptedException {
    RunWatch watch = new RunWatch(stage, out, false);
    People people = new People(stage, out);
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      watch.look();
      // by its key: what follows it may be the newest run before its end was seen
      JsonNode run =
          stage.api().get(stage.user("admin"), "/api/runs/" + Stage.INCIDENT + "-rollback").body();
      if (RunWatch.ended(run)) {
        watch.look();
        return run;
      }
      people.work();
      Show.pause(Duration.ofMillis(200));
    }
    throw new IOException("the run has not ended within " + LIMIT.toMinutes() + " minutes");
  }
}
