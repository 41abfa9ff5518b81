package dev.repli.plan;

import java.time.Duration;
import java.util.Locale;

/**
 * Conditions on metrics that call for a decision. What each one leads to stands in the decision
 * table {@code RollbackCriteria}; a plan can override level and duration.
 *
 * <p>Levels are in the metric's unit: {@code errorRate} is a share from 0 to 1, latencies are
 * milliseconds, the others count; or they are multiples of the baseline.
 */
public enum Criterion {
  CHECKSUM_ERRORS(Metric.CHECKSUM_ERRORS, Kind.ABSOLUTE, 0, Duration.ZERO),
  DATA_MISSING(Metric.MISSING_ROWS, Kind.ABSOLUTE, 0, Duration.ZERO),
  COMMITS_NOT_VISIBLE(Metric.INVISIBLE_TRANSACTIONS, Kind.ABSOLUTE, 0, Duration.ZERO),
  ERRORS_CRITICAL(Metric.ERROR_RATE, Kind.ABSOLUTE, 0.5, Duration.ofMinutes(5)),
  LATENCY_HIGH(Metric.LATENCY_P95_MS, Kind.TIMES_BASELINE, 5, Duration.ofMinutes(10)),
  ERRORS_HIGH(Metric.ERROR_RATE, Kind.ABSOLUTE, 0.05, Duration.ofMinutes(10)),
  FUNCTION_DOWN(Metric.CRITICAL_FUNCTIONS_DOWN, Kind.ABSOLUTE, 0, Duration.ZERO),
  LATENCY_MEDIUM(Metric.LATENCY_P95_MS, Kind.TIMES_BASELINE, 2, Duration.ofMinutes(30)),
  BATCH_FAILED(Metric.BATCH_FAILURES, Kind.ABSOLUTE, 2, Duration.ZERO),
  LATENCY_LOW(Metric.LATENCY_P95_MS, Kind.TIMES_BASELINE, 1.2, Duration.ofMinutes(15)),
  ERRORS_LOW(Metric.ERROR_RATE, Kind.ABSOLUTE, 0.001, Duration.ZERO),
  /** Of the preset for shops. */
  SHOP_ERRORS(Metric.ERROR_RATE, Kind.ABSOLUTE, 0.01, Duration.ZERO),
  SHOP_LATENCY(Metric.LATENCY_P95_MS, Kind.ABSOLUTE, 500, Duration.ZERO),
  SHOP_FAILED_TRANSACTIONS(Metric.FAILED_TRANSACTIONS_PER_MINUTE, Kind.ABSOLUTE, 10, Duration.ZERO),
  /** Of the preset for releases of an application. */
  SLOW_RESPONSE(Metric.RESPONSE_TIME_MS, Kind.ABSOLUTE, 10_000, Duration.ZERO),
  SECURITY_FLAW(Metric.SECURITY_FLAWS, Kind.ABSOLUTE, 0, Duration.ZERO),
  MIGRATION_IRREVERSIBLE(Metric.IRREVERSIBLE_MIGRATION_ERRORS, Kind.ABSOLUTE, 0, Duration.ZERO),
  INCOMPATIBLE(Metric.INCOMPATIBILITIES, Kind.ABSOLUTE, 0, Duration.ZERO);

  private final Metric metric;
  private final Kind kind;
  private final double level;
  private final Duration lasting;

  Criterion(Metric metric, Kind kind, double level, Duration lasting) {
    this.metric = metric;
    this.kind = kind;
    this.level = level;
    this.lasting = lasting;
  }

  /** What a level is measured in. */
  public enum Kind {
    ABSOLUTE,
    TIMES_BASELINE
  }

  public Metric metric() {
    return metric;
  }

  public Kind kind() {
    return kind;
  }

  /** Above this it is breached, unless the plan says otherwise. */
  public double level() {
    return level;
  }

  /** It counts when it is breached for longer than this, unless the plan says otherwise. */
  public Duration lasting() {
    return lasting;
  }

  /** As in a plan: {@code errors-high}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
