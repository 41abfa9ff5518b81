package dev.repli.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The demo's monitoring: measures what the application's clients see and reports it to Repli while
 * it is bad, and once more when it is over.
 */
final class LabMonitor implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final double BAD = 5;
  private static final double GOOD = 2;

  /** Looks in a row that have to be bad before anybody is disturbed. */
  private static final int LOOKS = 3;

  private final RepliApi api;
  private final DemoUser user;
  private final Pulse pulse;
  private final Duration normal;
  private final PrintStream out;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private @Nullable Instant since;
  private int bad;
  private volatile boolean over;

  private LabMonitor(RepliApi api, DemoUser user, Pulse pulse, Duration normal, PrintStream out) {
    this.api = api;
    this.user = user;
    this.pulse = pulse;
    this.normal = normal;
    this.out = out;
  }

  /**
   * Looks every two seconds from now on.
   *
   * @param normal what 95 of 100 orders take when all is well
   */
  static LabMonitor start(Stage stage, Duration normal, PrintStream out) {
    LabMonitor monitor =
        new LabMonitor(stage.api(), stage.user("monitor1"), stage.traffic().pulse(), normal, out);
    var unused =
        monitor.timer.scheduleWithFixedDelay(
            monitor::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return monitor;
  }

  private void look() {
    Pulse.Rate rate = pulse.rate(System.nanoTime());
    double times = (double) rate.latencyP95().toNanos() / normal.toNanos();
    Instant began = since;
    if (over || rate.writes() == 0) {
      return;
    }
    bad = times > BAD ? bad + 1 : 0;
    if (began == null && bad >= LOOKS) {
      began = Instant.now().minus(EVERY.multipliedBy(LOOKS)).truncatedTo(ChronoUnit.SECONDS);
      since = began;
      out.println(
          "  monitoring: 95 of 100 orders take up to %d ms, %.0f times what is normal; reported as %s"
              .formatted(rate.latencyP95().toMillis(), times, Stage.INCIDENT));
    }
    if (began != null) {
      over = times < GOOD;
      report(began, rate, over ? "resolved" : "firing");
    }
  }

  private void report(Instant began, Pulse.Rate rate, String status) {
    try {
      RepliApi.Answer answer =
          api.post(
              user,
              "/api/incidents",
              Map.of(
                  "planId",
                  LabPlan.ID,
                  "incidentId",
                  Stage.INCIDENT,
                  "source",
                  "demo",
                  "summary",
                  "Orders are slow since the cutover",
                  "startedAt",
                  began.toString(),
                  "metrics",
                  Map.of(
                      "latencyP95Ms",
                      rate.latencyP95().toNanos() / 1e6,
                      "errorRate",
                      rate.errorRate()),
                  "status",
                  status));
      if (over) {
        out.println(
            "  monitoring: normal again (%d ms), reported as resolved: %s"
                .formatted(rate.latencyP95().toMillis(), answer.status()));
      } else if (!answer.ok()) {
        out.println("  monitoring: the report was refused: " + answer.text());
      }
    } catch (IOException e) {
      out.println("  monitoring: Repli did not answer (" + e.getMessage() + "); reporting again");
      over = false;
    }
  }

  /** It was bad, and is normal again. */
  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
