package dev.repli.criteria;

import dev.repli.plan.Criterion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one criterion of one plan.
 *
 * @param value newest value; meaningless while {@code asserted}
 * @param threshold that the value was compared with, in the metric's unit; empty without a baseline
 * @param since first breaching sample; empty while it is not breached
 * @param held how long it was seen breached
 * @param asserted an alert says that it holds, whatever the value
 * @param sampleAt when the newest sample was measured; older ones are ignored
 * @param seenAt when it arrived, by the clock of this machine
 */
public record Breach(
    Criterion criterion,
    double value,
    Optional<Double> threshold,
    Optional<Instant> since,
    Duration held,
    boolean asserted,
    Instant sampleAt,
    Instant seenAt) {

  public boolean breaching() {
    return asserted || since.isPresent();
  }
}
