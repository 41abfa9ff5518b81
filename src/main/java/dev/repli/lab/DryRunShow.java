package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/**
 * Shows what a runbook would send, in order, and that nothing was changed.
 *
 * @param runbook as in its REST path
 */
record DryRunShow(Stage stage, String runbook, PrintStream out) implements Show {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public boolean play() throws IOException, InterruptedException {
    DemoUser operator = stage.user("op1");
    RepliApi.Answer started =
        stage
            .api()
            .post(operator, "/api/plans/" + LabPlan.ID + "/" + runbook + "?dryRun=true", Map.of());
    if (!started.ok()) {
      out.println("The dry run was refused: " + started.text());
      return false;
    }
    String key = started.body().path("key").asText();
    JsonNode run = untilEnded(key);
    out.println();
    out.println("A " + runbook + " would do this, in this order:");
    int acts = 0;
    for (JsonNode entry : stage.api().get(operator, "/api/runs/" + key + "/timeline").body()) {
      acts += show(entry);
    }
    out.println();
    out.println("Ended: " + run.path("result").asText() + "; nothing was changed.");
    return acts > 0 && run.path("result").asText().equals("Dry run finished");
  }

  private int show(JsonNode entry) {
    JsonNode evidence = entry.path("evidence");
    switch (entry.path("kind").asText()) {
      case "StatementRun" ->
          out.printf("  %-8s %s%n", evidence.path("node").asText(), evidence.path("sql").asText());
      case "CommandRun" ->
          out.printf(
              "  %-8s %s%n", evidence.path("where").asText(), evidence.path("command").asText());
      default -> {
        return 0;
      }
    }
    return 1;
  }

  private JsonNode untilEnded(String key) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      JsonNode run = stage.api().get(stage.user("op1"), "/api/runs/" + key).body();
      if (RunWatch.ended(run)) {
        return run;
      }
      Show.pause(Duration.ofMillis(200));
    }
    throw new IOException("the dry run has not ended within " + LIMIT.toMinutes() + " minutes");
  }
}
