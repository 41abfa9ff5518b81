package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says in one line each what happens in the newest runs. */
final class RunWatch {
  private final Stage stage;
  private final DemoUser reader;
  private final PrintStream out;
  private final boolean clickable;
  private final int runs;
  private final Set<String> tasksSaid = new HashSet<>();
  private final Map<String, Long> lastEntries = new HashMap<>();
  private final Set<String> endsSaid = new HashSet<>();
  private final Set<String> goingOn = new LinkedHashSet<>();

  /**
   * Watches the newest run from now on.
   *
   * @param clickable says with each task where to click
   */
  RunWatch(Stage stage, PrintStream out, boolean clickable) {
    this(stage, out, clickable, 1);
  }

  private RunWatch(Stage stage, PrintStream out, boolean clickable, int runs) {
    this.runs = runs;
    this.stage = stage;
    this.clickable = clickable;
    this.reader = stage.user("admin");
    this.out = out;
  }

  /** Watches several runs at once, such as an incident and the rollback that it leads to. */
  static RunWatch ofSeveral(Stage stage, PrintStream out, boolean clickable) {
    return new RunWatch(stage, out, clickable, 5);
  }

  /** Looks once, says what is new; returns the newest run, a missing node when there is none. */
  JsonNode look() throws IOException {
    JsonNode newest = stage.api().get(reader, "/api/runs?limit=" + runs).body();
    for (String key : overtaken(newest)) {
      say(stage.api().get(reader, "/api/runs/" + key).body());
    }
    for (int i = newest.size() - 1; i >= 0; i--) {
      say(newest.get(i));
    }
    return newest.path(0);
  }

  /** A run may begin before the one that it follows was seen to end. */
  private List<String> overtaken(JsonNode newest) {
    Set<String> shown = new HashSet<>();
    newest.forEach(run -> shown.add(run.path("key").asText()));
    return goingOn.stream().filter(key -> !shown.contains(key)).toList();
  }

  private void say(JsonNode run) throws IOException {
    String key = run.path("key").asText();
    sayTimeline(key);
    sayTasks();
    if (!ended(run)) {
      goingOn.add(key);
    } else if (endsSaid.add(key)) {
      goingOn.remove(key);
      out.println("  run " + key + " ended: " + run.path("result").asText());
    }
  }

  static boolean ended(JsonNode run) {
    return run.path("state").asText().equals("ended");
  }

  private void sayTimeline(String run) throws IOException {
    for (JsonNode entry : stage.api().get(reader, "/api/runs/" + run + "/timeline").body()) {
      long seq = entry.path("seq").asLong();
      if (seq > lastEntries.getOrDefault(run, 0L)) {
        lastEntries.put(run, seq);
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
