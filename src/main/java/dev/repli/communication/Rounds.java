package dev.repli.communication;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same for one plan or run after the other. What fails for one keeps no other one waiting:
 * it is counted each time, and logged when it begins to fail.
 */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private final String name;
  private final MeterRegistry meters;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /**
   * @param name of what is done, for the metric and the log
   */
  Rounds(String name, MeterRegistry meters) {
    this.name = name;
    this.meters = meters;
  }

  /**
   * @param subject plan or run
   */
  void attempt(String subject, Runnable work) {
    try {
      work.run();
      failing.remove(subject);
    } catch (RuntimeException e) {
      meters.counter("repli.message.rounds.failed", "round", name).increment();
      if (failing.add(subject)) {
        LOG.error("{} of {} failed; it is tried again in each round", name, subject, e);
      }
    }
  }
}
