package dev.repli.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/** The reader posts the incident and does the people's part in Tasklist. Lasts until Ctrl-C. */
record OpenShow(Stage stage, PrintStream out) implements Show {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final String AFTER_CUTOVER =
      "The target is writer, orders come in, and the source follows.";
  private static final String UPGRADED =
      "The server was upgraded in place, orders come in, and a proved backup of before is there.";

  private static final String APPROVE =
      """
      Then approve the rollback
         as lead1 (you will see why one is enough), and confirm as op1 that the shop works.\
      """;

  private static final String CONFIRM =
      """
      Then approve the rollback
         as lead1. As op1 confirm the in-place rollback: type the node, and let what came since the
         upgrade be written again. That needs two people, lead1 and pm1. At the end confirm as op1
         that the shop works.\
      """;

  @Override
  public boolean play() throws InterruptedException {
    out.println(welcome());
    RunWatch watch = new RunWatch(stage, out, true);
    while (!Thread.currentThread().isInterrupted()) {
      look(watch);
      Show.pause(LOOK_EVERY);
    }
    return true;
  }

  private void look(RunWatch watch) {
    try {
      watch.look();
    } catch (IOException e) {
      out.println("  (Repli did not answer a look: " + e.getMessage() + "; looking again)");
    }
  }

  private String welcome() {
    String people =
        stage.users().stream()
            .map(user -> "    %-9s %s".formatted(user.name(), user.part()))
            .reduce("", (all, line) -> all + line + System.lineSeparator());
    DemoUser monitor = stage.user("monitor1");
    boolean inPlace = stage.servers() instanceof LabUpgrade;
    return """

        Repli is ready. %6$s

          Tasklist  %1$s/camunda/app/tasklist/
          Cockpit   %1$s/camunda/app/cockpit/
          Runs      %1$s/api/runs

          Everybody's password: %2$s
        %3$s
        1. Report the incident (paste this in another terminal):

        curl -u %4$s:%2$s -H 'Content-Type: application/json' %1$s/api/incidents -d '%5$s'

        2. In Tasklist assess the incident as op1: nobody recorded what is normal here, so the
           criteria ask a person. Answer that it has to be rolled back. %7$s
        3. Read what it cost:  curl -u mgr1:%2$s %1$s/api/runs/INC-1001-rollback/report

        Ctrl-C ends everything and leaves nothing behind. What happens is said here:
        """
        .formatted(
            stage.base(),
            monitor.password(),
            people,
            monitor.name(),
            stage.incident(),
            inPlace ? UPGRADED : AFTER_CUTOVER,
            inPlace ? CONFIRM : APPROVE);
  }
}
