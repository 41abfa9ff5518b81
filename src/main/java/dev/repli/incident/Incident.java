package dev.repli.incident;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One report about one incident.
 *
 * @param id key of the run that it leads to
 * @param source which monitoring says so
 * @param metrics finite numbers by name, in the unit that the name tells
 */
public record Incident(
    RunKey id,
    PlanId plan,
    String source,
    Optional<Severity> severity,
    String summary,
    Instant startedAt,
    SortedMap<String, Double> metrics,
    Status status) {
  public Incident {
    metrics = new TreeMap<>(metrics);
  }

  /** How bad the reporter thinks it is. */
  public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it goes on. */
  public enum Status {
    FIRING,
    RESOLVED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public String severityWord() {
    return severity.map(Severity::word).orElse("unstated");
  }

  /** For people: {@code errorRate = 0.61, latencyP95Ms = 840}. */
  public String metricsText() {
    return metrics.entrySet().stream()
        .map(metric -> metric.getKey() + " = " + plain(metric.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String plain(double value) {
    return Math.abs(value) < 1e12
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /** Part of the hash, which must stay the same when words for people change. */
  private String hashedMetrics() {
    return metrics.entrySet().stream()
        .map(metric -> metric.getKey() + "=" + metric.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The same report under another key. */
  Incident as(RunKey other) {
    return new Incident(other, plan, source, severity, summary, startedAt, metrics, status);
  }

  /** What a runbook starts with. */
  Map<String, String> facts() {
    return Map.of(
        "incidentId", id.value(),
        "source", source,
        "severity", severityWord(),
        "summary", summary,
        "incidentStartedAt", startedAt.toString(),
        "metrics", metricsText(),
        "reportHash", hash());
  }

  /** SHA-256 (hex) of the content; equal reports have equal hashes however they were spelt. */
  String hash() {
    String content =
        String.join(
            "\n",
            id.value(),
            plan.value(),
            source,
            severityWord(),
            summary,
            startedAt.toString(),
            hashedMetrics(),
            status.word());
    return sha256(content);
  }

  static String sha256(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
