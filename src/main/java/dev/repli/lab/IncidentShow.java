package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Makes the network behind the new writer slow, and shows what follows: the alert, the triage, what
 * people decide, the messages, the rollback, and what is written about it afterwards.
 */
record IncidentShow(Stage stage, boolean auto, PrintStream out) implements Show {
  private static final String ROLLBACK = Stage.INCIDENT + "-rollback";
  private static final String POST_MORTEM = "/api/runs/" + ROLLBACK + "/post-mortem";
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /** Until the last message is there. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(5);

  private static final Duration AUTO_LIMIT = Duration.ofMinutes(6);
  private static final Duration OPEN_LIMIT = Duration.ofHours(4);

  /** So many times slower than normal, and at least {@link #SLOW}. */
  private static final int TIMES_SLOWER = 10;

  private static final Duration SLOW = Duration.ofMillis(200);

  @Override
  public boolean play() throws IOException, SQLException, InterruptedException {
    Everyday everyday = stage.everyday().orElseThrow();
    out.println(welcome());
    Show.pause(WARM_UP);
    try (LabMonitor monitoring = LabMonitor.start(stage, everyday.latencyP95(), out)) {
      slowDown(everyday.latencyP95());
      JsonNode rollback = watched();
      Show.pause(AFTERWARDS);
      stage.traffic().close();
      boolean good = new AutoShow(stage, out).judge(rollback);
      boolean told = say(everyday, monitoring);
      if (!auto) {
        out.println("Everything stays up for you to look at. Ctrl-C ends it.");
        while (!Thread.currentThread().isInterrupted()) {
          Show.pause(WARM_UP);
        }
      }
      return good && told;
    }
  }

  private void slowDown(Duration normal) {
    Duration byNormal = normal.multipliedBy(TIMES_SLOWER);
    Duration delay = byNormal.compareTo(SLOW) > 0 ? byNormal : SLOW;
    if (!(stage.route() instanceof InProcessRoute lab)) {
      throw new IllegalStateException("only the lab route can be made slow");
    }
    lab.route().slowDown(Node.Role.TARGET, delay);
    out.println(
        "Now the network between the shop and the target gets slow: %d ms for each packet"
            .formatted(delay.toMillis()));
  }

  /** Until the rollback has ended, the triage, too, and the post-mortem is drafted. */
  private JsonNode watched() throws IOException, InterruptedException {
    RunWatch watch = RunWatch.ofSeveral(stage, out, !auto);
    People people = new People(stage, out);
    long end = System.nanoTime() + (auto ? AUTO_LIMIT : OPEN_LIMIT).toNanos();
    while (System.nanoTime() < end) {
      watch.look();
      JsonNode rollback = run(ROLLBACK);
      if (RunWatch.ended(rollback)
          && RunWatch.ended(run(Stage.INCIDENT))
          && stage.api().get(stage.user("mgr1"), POST_MORTEM).ok()) {
        watch.look();
        return rollback;
      }
      if (auto) {
        people.work();
      }
      Show.pause(LOOK_EVERY);
    }
    throw new IOException(
        "the incident has not come to its end; see " + stage.base() + "/api/runs");
  }

  private JsonNode run(String key) throws IOException {
    return stage.api().get(stage.user("admin"), "/api/runs/" + key).body();
  }

  private boolean say(Everyday everyday, LabMonitor monitoring) throws IOException {
    String draft = stage.api().get(stage.user("mgr1"), POST_MORTEM).text();
    out.println();
    out.println("The post-mortem that people now complete, as drafted:");
    draft.lines().map(line -> "  | " + line).forEach(out::println);
    out.println();
    out.println("What customers can read on " + stage.base() + "/status:");
    words(stage.api().get(stage.user("mgr1"), "/status").text())
        .forEach(line -> out.println("  | " + line));
    out.println();
    out.println(everyday.inbox().received() + " messages were sent to technical and management");
    out.println("The draft as a page, with its charts: " + stage.base() + POST_MORTEM);
    if (!monitoring.isOver()) {
      out.println("Not as it should be: orders are still slow");
    }
    if (everyday.inbox().received() == 0) {
      out.println("Not as it should be: nobody was told anything");
    }
    return monitoring.isOver() && everyday.inbox().received() > 0;
  }

  /** The text of a page without its tags. */
  private static List<String> words(String page) {
    int body = page.indexOf("<body");
    return page.substring(Math.max(0, body))
        .replaceAll("<[^>]*>", "\n")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private String welcome() {
    String password = stage.user("op1").password();
    String people =
        """

        Repli is ready. The target is writer since a cutover, and the source follows.
        The people's part is yours, in Tasklist:

          %1$s/camunda/app/tasklist/     what customers see: %1$s/status

          As op1:   Try the fix (it does not help), Validate the application
          As lead1: Approve rollback (you will see why one is enough)
          Everybody's password: %2$s  (log out in the top right corner to be somebody else)

        Ctrl-C ends everything and leaves nothing behind. What happens is said here:
        """
            .formatted(stage.base(), password);
    return auto ? "" : people;
  }
}
