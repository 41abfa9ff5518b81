package dev.repli.watch;

import dev.repli.criteria.Breach;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.plan.CriteriaRules.Metrics;
import dev.repli.plan.CriteriaRules.Probed;
import dev.repli.plan.CriteriaRules.Prometheus;
import dev.repli.plan.CriteriaRules.Pushed;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import java.util.List;
import java.util.Set;

/**
 * Tells criteria that nobody can judge now from those that nobody ever wanted to measure: only the
 * former stand against "all is good".
 */
final class MissingNumbers {
  private MissingNumbers() {}

  /**
   * Words of the criteria that are no better than when they were seen last; empty when all that can
   * be known is known.
   *
   * @param reported criteria that held when an incident was reported: these have to be seen normal
   */
  static List<String> of(Plan plan, Judgement now, Set<String> reported) {
    Metrics metrics = plan.criteria().metrics();
    return now.readings().stream()
        .filter(reading -> stands(metrics, reading, reported.contains(reading.criterion().word())))
        .map(reading -> reading.criterion().word())
        .toList();
  }

  private static boolean stands(Metrics metrics, Reading reading, boolean reported) {
    boolean unknown = reading.state() == Reading.State.UNKNOWN;
    if (reading.breach().filter(Breach::breaching).isPresent()) {
      return unknown || reported;
    }
    // numbers that people push come with their reports, and end with them
    boolean asked = !(metrics instanceof Pushed);
    return unknown && asked && (reported || (measures(metrics, reading) && comparable(reading)));
  }

  private static boolean measures(Metrics metrics, Reading reading) {
    Metric wanted = reading.criterion().metric();
    if (metrics instanceof Prometheus prometheus) {
      return prometheus.queries().stream().anyMatch(query -> query.metric() == wanted);
    }
    return metrics instanceof Probed
        && (wanted == Metric.ERROR_RATE || wanted == Metric.LATENCY_P95_MS);
  }

  /** What was measured, but nobody recorded what is normal, can be judged by nobody anyway. */
  private static boolean comparable(Reading reading) {
    return reading.breach().filter(known -> known.threshold().isEmpty()).isEmpty();
  }
}
