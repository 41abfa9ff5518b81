package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** Says in one line each what happens in the newest run. */
final class RunWatch {
  private final Stage stage;
  private final DemoUser reader;
  private final PrintStream out;
  private final boolean clickable;
  private final Set<String> tasksSaid = new HashSet<>();
  private String run = "";
  private long lastEntry;
  private boolean endSaid;

  /**
   * Watches from now on.
   *
   * @param clickable says with each task where to click
   */
  RunWatch(Stage stage, PrintStream out, boolean clickable) {
    this.stage = stage;
    this.clickable = clickable;
    this.reader = stage.user("admin");
    this.out = out;
  }

  /** Looks once, says what is new; returns the newest run, a missing node when there is none. */
  JsonNode look() throws IOException {
    JsonNode newest = stage.api().get(reader, "/api/runs?limit=1").body().path(0);
    if (newest.isMissingNode()) {
      return newest;
    }
    if (!newest.path("key").asText().equals(run)) {
      run = newest.path("key").asText();
      lastEntry = 0;
      endSaid = false;
    }
    sayTimeline();
    sayTasks();
    if (ended(newest) && !endSaid) {
      endSaid = true;
      out.println("  run " + run + " ended: " + newest.path("result").asText());
    }
    return newest;
  }

  static boolean ended(JsonNode run) {
    return run.path("state").asText().equals("ended");
  }

  private void sayTimeline() throws IOException {
    for (JsonNode entry : stage.api().get(reader, "/api/runs/" + run + "/timeline").body()) {
      if (entry.path("seq").asLong() > lastEntry) {
        lastEntry = entry.path("seq").asLong();
        if (entry.path("kind").asText().equals("Milestone") && !green(entry.path("evidence"))) {
          out.println("  " + time(entry) + " " + entry.path("evidence").path("text").asText());
        }
      }
    }
  }

  /** Dozens of guardrails have nothing to say; their sum is a milestone of its own. */
  private static boolean green(JsonNode milestone) {
    return milestone.path("name").asText().equals("GUARDRAIL")
        && milestone.path("facts").path("status").asText().equals("GREEN");
  }

  private static String time(JsonNode entry) {
    String instant = entry.path("at").asText();
    return instant.length() < 19 ? instant : instant.substring(11, 19);
  }

  private void sayTasks() throws IOException {
    for (JsonNode task : stage.api().get(reader, "/engine-rest/task").body()) {
      String id = task.path("id").asText();
      if (tasksSaid.add(id)) {
        JsonNode links =
            stage.api().get(reader, "/engine-rest/task/" + id + "/identity-links").body();
        String who = DemoUser.forGroup(links.path(0).path("groupId").asText(), stage.users());
        out.println("  task \"" + task.path("name").asText() + "\" waits for " + who);
        if (clickable) {
          out.println("    " + stage.base() + "/camunda/app/tasklist/default/#/?task=" + id);
        }
      }
    }
  }
}
