package dev.repli.plan;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a plan's migration is in trouble, and how fast people decide then.
 *
 * @param preset which criteria count
 * @param thresholds levels and durations other than the usual ones, each criterion at most once
 * @param metrics where numbers come from
 * @param staleAfter a metric older than this is unknown (default 2 min); also the most that the
 *     time between two samples counts as breached
 * @param evaluateEvery time between two evaluations during a grace period (default 30 s)
 * @param decision how long people have
 * @param alerts which alert of a monitoring system means which criterion
 */
public record CriteriaRules(
    Preset preset,
    List<Threshold> thresholds,
    Metrics metrics,
    Duration staleAfter,
    Duration evaluateEvery,
    Decision decision,
    List<Alert> alerts,
    Baseline baseline) {
  /** What a plan that says nothing means. */
  public static final CriteriaRules USUAL =
      new CriteriaRules(
          Preset.STANDARD,
          List.of(),
          new Pushed(),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Decision.USUAL,
          List.of(),
          Baseline.UNKNOWN);

  private static final Set<Criterion> OF_SHOPS =
      Set.of(Criterion.SHOP_ERRORS, Criterion.SHOP_LATENCY, Criterion.SHOP_FAILED_TRANSACTIONS);
  private static final Set<Criterion> OF_RELEASES =
      Set.of(
          Criterion.SLOW_RESPONSE,
          Criterion.SECURITY_FLAW,
          Criterion.MIGRATION_IRREVERSIBLE,
          Criterion.INCOMPATIBLE);

  public CriteriaRules {
    thresholds = List.copyOf(thresholds);
    alerts = List.copyOf(alerts);
  }

  /** Which criteria count beside those that always do. */
  public enum Preset {
    STANDARD,
    E_COMMERCE,
    APPLICATION;

    /** Whether the criterion is this preset's, or everybody's. */
    public boolean has(Criterion criterion) {
      boolean shops = OF_SHOPS.contains(criterion);
      boolean releases = OF_RELEASES.contains(criterion);
      return switch (this) {
        case STANDARD -> !shops && !releases;
        case E_COMMERCE -> !releases;
        case APPLICATION -> !shops;
      };
    }
  }

  /**
   * Another level or duration.
   *
   * @param above in the unit of the criterion
   * @param lasting breached for longer than this counts
   */
  public record Threshold(Criterion criterion, double above, Duration lasting) {}

  /** Where numbers come from. */
  public sealed interface Metrics permits Pushed, Prometheus, Probed {}

  /** What Repli sees itself when it reads through each route, once a second. */
  public record Probed() implements Metrics {}

  /** With the reports of incidents. */
  public record Pushed() implements Metrics {}

  /**
   * Asked for at each evaluation.
   *
   * @param url of the Prometheus server, without a path
   */
  public record Prometheus(URI url, List<Query> queries) implements Metrics {
    public Prometheus {
      queries = List.copyOf(queries);
    }
  }

  /**
   * @param query PromQL that yields one number in the metric's unit
   */
  public record Query(Metric metric, String query) {}

  /**
   * How long people have, counted from the start of the triage.
   *
   * @param remindAfter deciders are reminded (default 15 min)
   * @param deputiesAfter deputies are called (default 30 min)
   * @param fix longest try of a fix (default 30 min)
   * @param countdown how long deciders can stop a rollback that was approved before (default 60 s)
   * @param escalateEvery time between two calls while an urgent approval is open (default 5 min)
   */
  public record Decision(
      Duration remindAfter,
      Duration deputiesAfter,
      Duration fix,
      Duration countdown,
      Duration escalateEvery) {
    public static final Decision USUAL =
        new Decision(
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5));
  }

  /**
   * An alert with this label says that the criterion is breached for long enough.
   *
   * @param label name of a label, for example {@code alertname}
   */
  public record Alert(String label, String value, Criterion criterion) {}

  /**
   * What is normal, unless a cutover recorded it.
   *
   * @param latencyP95Ms in milliseconds
   */
  public record Baseline(Optional<Integer> latencyP95Ms) {
    public static final Baseline UNKNOWN = new Baseline(Optional.empty());
  }

  /** Level and duration that count in this plan. */
  public Threshold threshold(Criterion criterion) {
    return thresholds.stream()
        .filter(threshold -> threshold.criterion() == criterion)
        .findFirst()
        .orElseGet(() -> new Threshold(criterion, criterion.level(), criterion.lasting()));
  }
}
