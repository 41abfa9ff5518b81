package dev.repli.plan.yaml;

import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CriteriaRules.Alert;
import dev.repli.plan.CriteriaRules.Baseline;
import dev.repli.plan.CriteriaRules.Decision;
import dev.repli.plan.CriteriaRules.Metrics;
import dev.repli.plan.CriteriaRules.Preset;
import dev.repli.plan.CriteriaRules.Probed;
import dev.repli.plan.CriteriaRules.Prometheus;
import dev.repli.plan.CriteriaRules.Pushed;
import dev.repli.plan.CriteriaRules.Query;
import dev.repli.plan.CriteriaRules.Threshold;
import dev.repli.plan.Criterion;
import dev.repli.plan.Metric;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of criteria and of the decision clock. */
final class CriteriaKeys {
  private static final Key<Criterion> CRITERION =
      Key.required("criterion", Texts.oneOf(Criterion.class), "Which criterion.");
  private static final Key<Double> ABOVE =
      Key.required(
          "above",
          Numbers.decimal(0, 1_000_000),
          "Level above which it is breached: errorRate as a share from 0 to 1, milliseconds, a"
              + " count, or how many times the baseline.");
  private static final Key<Duration> LASTING =
      Key.required(
          "lasting", Durations.between("0s", "24h"), "Breached for longer than this counts.");
  private static final Block<Threshold> THRESHOLD =
      Block.of(
          List.of(CRITERION, ABOVE, LASTING),
          values -> new Threshold(values.get(CRITERION), values.get(ABOVE), values.get(LASTING)));

  private static final Key<String> LABEL =
      Key.required(
          "label",
          Texts.formed("[a-zA-Z_][a-zA-Z0-9_]{0,79}", "the name of a label", name -> name),
          "Label of the alert.");
  private static final Key<String> VALUE =
      Key.required("value", Texts.line(200), "Value of that label.");
  private static final Block<Alert> ALERT =
      Block.of(
          List.of(LABEL, VALUE, CRITERION),
          values -> new Alert(values.get(LABEL), values.get(VALUE), values.get(CRITERION)));

  private static final Key<String> TYPE =
      Key.required(Variants.TYPE, Texts.line(20), "pushed, prometheus or probe.");
  private static final Block<Pushed> PUSHED = Block.of(List.of(TYPE), values -> new Pushed());
  private static final Block<Probed> PROBED = Block.of(List.of(TYPE), values -> new Probed());
  private static final Key<URI> URL =
      Key.required(
          "url",
          Texts.formed(
              "https?://[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?",
              "http:// or https://, a host and perhaps a port, without a path",
              URI::create),
          "Address of the Prometheus server.");
  private static final Key<Metric> METRIC =
      Key.required("metric", Texts.oneOf(metrics()), "What the query yields.");
  private static final Key<String> QUERY =
      Key.required("query", Texts.line(2000), "PromQL that yields one number.");
  private static final Block<Query> QUERY_BLOCK =
      Block.of(List.of(METRIC, QUERY), values -> new Query(values.get(METRIC), values.get(QUERY)));
  private static final Key<List<Query>> QUERIES =
      Key.required("queries", new Items<>(QUERY_BLOCK, 1), "One for each metric.");
  private static final Block<Prometheus> PROMETHEUS =
      Block.of(
          List.of(TYPE, URL, QUERIES),
          values -> new Prometheus(values.get(URL), values.get(QUERIES)));
  private static final Key<Metrics> METRICS =
      Key.withDefault(
          "metrics",
          Variants.<Metrics>of(sources()),
          Map.of(Variants.TYPE, "pushed"),
          "Where numbers come from: with the reports of incidents, from Prometheus, or from what"
              + " Repli sees itself.");

  private static final Key<Duration> REMIND =
      duration("remindAfter", "10s", "24h", "15m", "Deciders are reminded after this.");
  private static final Key<Duration> DEPUTIES =
      duration("deputiesAfter", "10s", "24h", "30m", "Deputies are called after this.");
  private static final Key<Duration> FIX =
      duration("fix", "10s", "24h", "30m", "A fix is tried for at most so long.");
  private static final Key<Duration> COUNTDOWN =
      duration(
          "countdown", "1s", "1h", "60s", "How long an approved rollback can still be stopped.");
  private static final Key<Duration> ESCALATE =
      duration(
          "escalateEvery", "10s", "24h", "5m", "Time between two calls for an urgent approval.");
  private static final Block<Decision> DECISION_BLOCK =
      Block.of(
              List.of(REMIND, DEPUTIES, FIX, COUNTDOWN, ESCALATE),
              values ->
                  new Decision(
                      values.get(REMIND),
                      values.get(DEPUTIES),
                      values.get(FIX),
                      values.get(COUNTDOWN),
                      values.get(ESCALATE)))
          .checked(CriteriaKeys::remindedFirst);
  private static final Key<Decision> DECISION =
      Key.withDefault("decision", DECISION_BLOCK, Map.of(), "How long people have to decide.");

  private static final Key<Preset> PRESET =
      Key.withDefault("preset", Texts.oneOf(Preset.class), "standard", "Which criteria count.");
  private static final Key<List<Threshold>> THRESHOLDS =
      Key.withDefault(
          "thresholds",
          new Items<>(THRESHOLD, 0),
          List.of(),
          "Levels and durations other than the usual ones.");
  private static final Key<Duration> STALE =
      duration("staleAfter", "5s", "1h", "2m", "A metric older than this is unknown.");
  private static final Key<Duration> EVERY =
      duration("evaluateEvery", "1s", "10m", "30s", "Time between two evaluations.");
  private static final Key<List<Alert>> ALERTS =
      Key.withDefault(
          "alerts",
          new Items<>(ALERT, 0),
          List.of(),
          "Which alert of Alertmanager means which criterion of this plan.");
  private static final Key<Optional<Integer>> LATENCY =
      Key.optional(
          "latencyP95Ms", Numbers.whole(1, 600_000), "Normal 95th percentile in milliseconds.");
  private static final Block<Baseline> BASELINE_BLOCK =
      Block.of(List.of(LATENCY), values -> new Baseline(values.get(LATENCY)));
  private static final Key<Baseline> BASELINE =
      Key.withDefault("baseline", BASELINE_BLOCK, Map.of(), "What is normal.");

  static final Block<CriteriaRules> CRITERIA =
      Block.of(
              List.of(PRESET, THRESHOLDS, METRICS, STALE, EVERY, DECISION, ALERTS, BASELINE),
              values ->
                  new CriteriaRules(
                      values.get(PRESET),
                      values.get(THRESHOLDS),
                      values.get(METRICS),
                      values.get(STALE),
                      values.get(EVERY),
                      values.get(DECISION),
                      values.get(ALERTS),
                      values.get(BASELINE)))
          .checked(CriteriaKeys::onceEach);

  private CriteriaKeys() {}

  private static Map<String, Metric> metrics() {
    Map<String, Metric> words = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      words.put(metric.word(), metric);
    }
    return words;
  }

  private static Map<String, Block<? extends Metrics>> sources() {
    Map<String, Block<? extends Metrics>> sources = new LinkedHashMap<>();
    sources.put("pushed", PUSHED);
    sources.put("prometheus", PROMETHEUS);
    sources.put("probe", PROBED);
    return sources;
  }

  private static void remindedFirst(Values values) {
    if (values.find(REMIND).isPresent()
        && values.find(DEPUTIES).isPresent()
        && values.get(REMIND).compareTo(values.get(DEPUTIES)) >= 0) {
      values.error("remindAfter", "is not before deputiesAfter", "less than deputiesAfter", "");
    }
  }

  private static void onceEach(Values values) {
    List<Threshold> thresholds = values.find(THRESHOLDS).orElse(List.of());
    Set<Criterion> seen = new HashSet<>();
    for (int index = 0; index < thresholds.size(); index++) {
      if (!seen.add(thresholds.get(index).criterion())) {
        values.error(
            "thresholds[" + index + "].criterion",
            "has a threshold above already",
            "each criterion once",
            "");
      }
    }
  }

  private static Key<Duration> duration(
      String name, String least, String most, String fallback, String description) {
    return Key.withDefault(name, Durations.between(least, most), fallback, description);
  }
}
