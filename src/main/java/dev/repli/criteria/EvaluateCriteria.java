package dev.repli.criteria;

import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.Ruling.Severity;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the metrics, runs the clocks, asks the table, and takes the worst of what it says. */
public final class EvaluateCriteria {
  private static final Comparator<Finding> WORSE =
      Comparator.<Finding, Outcome>comparing(found -> found.ruling().outcome())
          .thenComparing(found -> found.ruling().severity())
          .thenComparing(found -> found.ruling().grace(), Comparator.reverseOrder());

  private final List<MetricSource> sources;
  private final BreachClocks clocks;
  private final CriteriaTable table;
  private final Baselines baselines;

  public EvaluateCriteria(
      List<MetricSource> sources, BreachClocks clocks, CriteriaTable table, Baselines baselines) {
    this.sources = List.copyOf(sources);
    this.clocks = clocks;
    this.table = table;
    this.baselines = baselines;
  }

  /** One matching rule and what it is about. */
  private record Finding(Ruling ruling, String rule, String value, String threshold) {}

  /** Takes a sample in that somebody sent. */
  public void take(Plan plan, Sample sample) {
    clocks.take(plan.id(), plan.criteria(), baselines.latency(plan), sample);
  }

  /**
   * @param reported what the report calls it, for example {@code HIGH}; empty when it counts no
   *     more
   */
  public Judgement evaluate(Plan plan, Optional<String> reported) {
    CriteriaRules rules = plan.criteria();
    sources.stream()
        .filter(source -> source.reads(rules.metrics()))
        .findFirst()
        .flatMap(source -> source.read(plan, rules.metrics()))
        .ifPresent(sample -> take(plan, sample));
    Optional<Instant> moved = baselines.writerMoved(plan);
    List<Reading> readings =
        clocks.read(plan.id(), rules).stream()
            .map(reading -> moved.map(reading::after).orElse(reading))
            .toList();
    String preset = rules.preset().name();
    Stream<Finding> measured = readings.stream().flatMap(reading -> of(preset, reading));
    Stream<Finding> said =
        reported.stream().flatMap(severity -> said(preset, "REPORTED_" + severity));
    return Stream.concat(measured, said)
        .max(WORSE)
        .filter(worst -> worst.ruling().outcome() != Outcome.CONTINUE)
        .map(worst -> judgement(worst, readings))
        .orElseGet(
            () ->
                new Judgement(
                    Outcome.CONTINUE, Severity.NONE, Duration.ZERO, "", "", "", readings));
  }

  private Stream<Finding> of(String preset, Reading reading) {
    return asked(preset, reading.criterion().name(), reading.state().name())
        .map(
            ruling ->
                new Finding(ruling, reading.criterion().word(), reading.value(), reading.limit()));
  }

  private Stream<Finding> said(String preset, String criterion) {
    return asked(preset, criterion, Reading.State.HELD.name())
        .map(ruling -> new Finding(ruling, "the report itself", criterion, "a person judges it"));
  }

  private Stream<Ruling> asked(String preset, String criterion, String state) {
    List<Ruling> rulings = table.judge(preset, criterion, state);
    return rulings.isEmpty() ? Stream.of(Ruling.ASK) : rulings.stream();
  }

  private static Judgement judgement(Finding worst, List<Reading> readings) {
    return new Judgement(
        worst.ruling().outcome(),
        worst.ruling().severity(),
        worst.ruling().grace(),
        worst.rule(),
        worst.value(),
        worst.threshold(),
        readings);
  }
}
