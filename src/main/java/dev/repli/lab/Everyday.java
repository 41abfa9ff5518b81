package dev.repli.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * What is normal in the demo's shop, and who is told when it is not.
 *
 * @param latencyP95 what 95 of 100 orders take at most, measured
 * @param inbox where the messages arrive
 */
record Everyday(Duration latencyP95, LabInbox inbox) {
  private static final List<String> AUDIENCES = List.of("technical", "management");

  /** On this machine everything is so near that a hiccup is many times what is normal. */
  private static final Duration LEAST = Duration.ofMillis(10);

  /** Measures, and writes what it found and the channels into the demo's plan. */
  static Everyday measure(
      Traffic traffic, Path directory, Path plans, Resources resources, PrintStream out)
      throws IOException, InterruptedException {
    Show.pause(Pulse.WINDOW);
    Duration latency = traffic.pulse().rate(System.nanoTime()).latencyP95();
    long millis = Math.max(LEAST.toMillis(), latency.toMillis());
    out.println(
        "Normal here: 95 of 100 orders take at most %.1f ms; up to %d ms counts as normal"
            .formatted(latency.toNanos() / 1e6, millis));
    LabInbox inbox = resources.add(LabInbox.start(out));
    StringBuilder channels = new StringBuilder();
    for (String audience : AUDIENCES) {
      String url =
          LabPlan.secret(directory, "inbox-" + audience, inbox.address(audience).toString());
      channels.append(
          "    - {type: webhook, name: %1$s, audience: %1$s, url: \"%2$s\"}\n"
              .formatted(audience, url));
    }
    Files.writeString(
        plans.resolve(LabPlan.ID + ".yaml"),
        """
        criteria:
          baseline: {latencyP95Ms: %d}
          evaluateEvery: 5s
          thresholds:
            # the demo's monitoring has waited itself before it reports
            - {criterion: latency-high, above: 5, lasting: 0s}
        communication:
          service: Demo shop
          contact: help@demo-shop.example
          channels:
        """
                .formatted(millis)
            + channels,
        StandardOpenOption.APPEND);
    return new Everyday(Duration.ofMillis(millis), inbox);
  }
}
