package dev.repli.plan;

import java.util.Arrays;
import java.util.Optional;

/** Numbers that criteria are about, by the names under which they are reported. */
public enum Metric {
  /** Share of failing requests, 0 to 1. */
  ERROR_RATE("errorRate", false, 1),
  /** 95th percentile, in milliseconds. */
  LATENCY_P95_MS("latencyP95Ms", false, Double.MAX_VALUE),
  /** Slowest response that users see, in milliseconds. */
  RESPONSE_TIME_MS("responseTimeMs", false, Double.MAX_VALUE),
  FAILED_TRANSACTIONS_PER_MINUTE("failedTransactionsPerMinute", false, Double.MAX_VALUE),
  /** Tables or chunks whose checksum differs. */
  CHECKSUM_ERRORS("checksumErrors", true, Double.MAX_VALUE),
  MISSING_ROWS("missingRows", true, Double.MAX_VALUE),
  INVISIBLE_TRANSACTIONS("invisibleTransactions", true, Double.MAX_VALUE),
  CRITICAL_FUNCTIONS_DOWN("criticalFunctionsDown", true, Double.MAX_VALUE),
  BATCH_FAILURES("batchFailures", true, Double.MAX_VALUE),
  SECURITY_FLAWS("securityFlaws", true, Double.MAX_VALUE),
  IRREVERSIBLE_MIGRATION_ERRORS("irreversibleMigrationErrors", true, Double.MAX_VALUE),
  INCOMPATIBILITIES("incompatibilities", true, Double.MAX_VALUE);

  private final String word;
  private final boolean standing;
  private final double most;

  Metric(String word, boolean standing, double most) {
    this.word = word;
    this.standing = standing;
    this.most = most;
  }

  /** As in reports: {@code errorRate}. */
  public String word() {
    return word;
  }

  /**
   * A count that somebody reports: it stays as it is until it is reported otherwise, and is 0 until
   * it is reported at all. The others are measured again and again, and grow stale.
   */
  public boolean standing() {
    return standing;
  }

  /** Whether this can be a value of it at all; what cannot be is as good as no value. */
  public boolean possible(double value) {
    return value >= 0 && value <= most;
  }

  public static Optional<Metric> named(String word) {
    return Arrays.stream(values()).filter(metric -> metric.word.equals(word)).findFirst();
  }
}
