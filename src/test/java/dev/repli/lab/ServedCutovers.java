package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whole cutovers by the packaged application, whose people always say yes. */
final class ServedCutovers {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** Starts one and works until it has ended; how it ended is checked. */
  static String completed(ServedRepli repli) throws IOException {
    String run = repli.begin("cutover");
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              String said = workOrSay(repli);
              assertThat(repli.result(run)).as(said).isNotEmpty();
            });
    assertThat(repli.result(run)).as(() -> timeline(repli, run)).isEqualTo("Cutover completed");
    return run;
  }

  /**
   * Starts one and works until the writer has moved, everything is read back, and it is watched.
   */
  static void watched(ServedRepli repli) throws IOException {
    String run = repli.begin("cutover");
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              String said = workOrSay(repli);
              assertThat(timeline(repli, run)).as(said).contains("Step watch begun");
            });
  }

  /** Works until the run waits at that task or has ended. */
  static void until(ServedRepli repli, String run, String task) {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              boolean there = !repli.result(run).isEmpty() || !repli.task(task).isEmpty();
              String said = there ? "" : workOrSay(repli);
              assertThat(there).as(said + timeline(repli, run)).isTrue();
            });
  }

  /** What is in the way of the people, if anything is; while it starts or dies nobody can work. */
  static String workOrSay(ServedRepli repli) {
    try {
      repli.work();
      return "at work";
    } catch (IOException notNow) {
      return String.valueOf(notNow.getMessage());
    }
  }

  /** What a run wrote into the journal, a line each. */
  static String timeline(ServedRepli repli, String run) {
    try {
      StringBuilder text = new StringBuilder();
      for (JsonNode entry : repli.get("/api/runs/" + run + "/timeline")) {
        text.append(entry.path("evidence")).append('\n');
      }
      return text.toString();
    } catch (IOException gone) {
      return String.valueOf(gone.getMessage());
    }
  }

  /** Names of all tasks there ever were. */
  static List<String> tasks(ServedRepli repli) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode task : repli.get("/engine-rest/history/task")) {
      names.add(task.path("name").asText());
    }
    return names;
  }

  private ServedCutovers() {}
}
