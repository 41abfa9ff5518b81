package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Moves the writer to the target under load, back, and there again, three times round. Every
 * cutover is started only when the one before is over, and proves its own way back.
 */
final class CutoverShow implements Show {
  static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** For one run when nobody has to click. */
  private static final Duration AUTO_LIMIT = Duration.ofMinutes(4);

  /** For one run when a reader does: long enough for a lunch. */
  private static final Duration OPEN_LIMIT = Duration.ofHours(4);

  private final Stage stage;
  private final boolean auto;
  private final PrintStream out;
  private final People people;
  private final PlayedSwitches played;
  private final RunWatch watch;

  CutoverShow(Stage stage, boolean auto, PrintStream out) {
    this.stage = stage;
    this.auto = auto;
    this.out = out;
    this.people = new People(stage, out);
    this.played = new PlayedSwitches(stage);
    this.watch = new RunWatch(stage, out, !auto);
  }

  @Override
  public boolean play() throws IOException, SQLException, InterruptedException {
    Show.pause(WARM_UP);
    out.println(auto ? "" : welcome());
    boolean good = rounds();
    Show.pause(AFTERWARDS);
    stage.traffic().close();
    SwitchReport report = played.report();
    out.println(report.inWords());
    report.wrong().ifPresent(why -> out.println("Not as it should be: " + why));
    if (!auto) {
      out.println(
          "Everything stays up for you to look at. Ctrl-C ends it and leaves nothing behind.");
      while (!Thread.currentThread().isInterrupted()) {
        Show.pause(WARM_UP);
      }
    }
    return good && report.wrong().isEmpty();
  }

  private boolean rounds() throws IOException, InterruptedException {
    for (int round = 1; round <= ROUNDS; round++) {
      out.println();
      out.println("Round " + round + " of " + ROUNDS);
      String cutover = start("cutover", Node.Role.TARGET);
      if (!watched(cutover)
          || !ended(start("rollback", Node.Role.SOURCE), "Rolled back to source")) {
        return false;
      }
      if (!ended(cutover, "Rolled back")) {
        return false;
      }
    }
    out.println();
    out.println("And to the target again, to stay");
    return watched(start("cutover", Node.Role.TARGET));
  }

  private String start(String runbook, Node.Role to) throws IOException {
    played.begin(to);
    RepliApi.Answer answer =
        stage.api().postText(stage.user("op1"), "/api/plans/" + LabPlan.ID + "/" + runbook, "{}");
    if (!answer.ok()) {
      throw new IOException("the " + runbook + " was refused: " + answer.text());
    }
    String key = answer.body().path("key").asText();
    played.named(runbook, key);
    out.println("  op1 starts a " + runbook + ": run " + key);
    return key;
  }

  /** Waits until everything was read back and the cutover is only watched. */
  private boolean watched(String run) throws IOException, InterruptedException {
    await(run, state -> RunWatch.ended(state) || isWatched(run, state));
    JsonNode state = state(run);
    if (RunWatch.ended(state)) {
      return expected(run, state, "being watched");
    }
    out.println("  the cutover is done and is watched; the way back is open");
    return true;
  }

  private boolean isWatched(String run, JsonNode state) throws IOException {
    return state.path("waitingFor").toString().contains("Next look") && watchBegun(run);
  }

  private boolean watchBegun(String run) throws IOException {
    for (JsonNode entry : stage.api().get(reader(), "/api/runs/" + run + "/timeline").body()) {
      JsonNode milestone = entry.path("evidence");
      if (milestone.path("name").asText().equals("STEP_BEGUN")
          && milestone.path("facts").path("step").asText().equals("watch")) {
        return true;
      }
    }
    return false;
  }

  private boolean ended(String run, String result) throws IOException, InterruptedException {
    await(run, RunWatch::ended);
    return expected(run, state(run), result);
  }

  private boolean expected(String run, JsonNode state, String wanted) {
    String result = state.path("result").asText();
    if (result.equals(wanted)) {
      return true;
    }
    out.println("  run " + run + " ended as \"" + result + "\", not " + wanted + "; the show ends");
    return false;
  }

  /** What a run has to come to. */
  private interface Until {
    boolean holds(JsonNode state) throws IOException;
  }

  private void await(String run, Until until) throws IOException, InterruptedException {
    Duration limit = auto ? AUTO_LIMIT : OPEN_LIMIT;
    long end = System.nanoTime() + limit.toNanos();
    while (!until.holds(state(run))) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "run " + run + " did not go on within " + limit.toMinutes() + " minutes");
      }
      watch.look();
      if (auto) {
        people.work();
      }
      Show.pause(LOOK_EVERY);
    }
    watch.look();
  }

  private JsonNode state(String run) throws IOException {
    return stage.api().get(reader(), "/api/runs/" + run).body();
  }

  private DemoUser reader() {
    return stage.user("admin");
  }

  private String welcome() {
    String password = stage.user("op1").password();
    return """

        Repli is ready. The source is writer, orders come in, and the target follows.
        The demo starts each run; the people's part is yours, in Tasklist:

          %s/camunda/app/tasklist/

          As lead1: Approve cutover (the proof stands above the question); tick the rollback, too,
                    else you are asked again when it comes
          As op1:   Assess the rollback, Validate the application
          Everybody's password: %s  (log out in the top right corner to be somebody else)

        Ctrl-C ends everything and leaves nothing behind. What happens is said here:"""
        .formatted(stage.base(), password);
  }
}
