package dev.repli.reversibility.process;

import dev.repli.engine.AsRepli;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.StrategyTable;
import dev.repli.reversibility.WayBack;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the engine, with Repli's own permissions: who may see the answer is decided before. */
@Component
class DecisionStrategyTable implements StrategyTable {
  private static final String DECISION = "RollbackStrategy";
  private static final String UNKNOWN = "UNKNOWN";
  private static final String FITS = "FITS";
  private static final String LATE = "LATE";

  /** Asked for when needed: the engine itself needs the beans of the models. */
  private final ObjectProvider<ProcessEngine> engine;

  DecisionStrategyTable(ObjectProvider<ProcessEngine> engine) {
    this.engine = engine;
  }

  @Override
  public List<Strategy> order(Collection<WayBack> ways, Optional<Duration> windowLeft) {
    return preferred(asRepli(inputs(ways, windowLeft))).map(Strategy::valueOf).toList();
  }

  /** What nobody knows is {@code UNKNOWN}, and a number -1. */
  static Map<String, Object> inputs(Collection<WayBack> ways, Optional<Duration> windowLeft) {
    Map<String, Object> inputs = new HashMap<>();
    for (Strategy strategy : Strategy.values()) {
      inputs.put(name(strategy), State.UNKNOWN.name());
      inputs.put(name(strategy) + "Time", UNKNOWN);
    }
    long delta = -1;
    long age = -1;
    for (WayBack way : ways) {
      inputs.put(name(way.strategy()), way.state().name());
      inputs.put(
          name(way.strategy()) + "Time",
          way.expected().map(takes -> fits(takes, windowLeft) ? FITS : LATE).orElse(UNKNOWN));
      delta = way.facts().deltaTransactions().orElse(delta);
      age = way.facts().backupAge().map(Duration::toHours).orElse(age);
    }
    inputs.put("deltaTransactions", delta);
    inputs.put("backupAgeHours", age);
    return inputs;
  }

  private static boolean fits(Duration takes, Optional<Duration> windowLeft) {
    return windowLeft.filter(left -> takes.compareTo(left) > 0).isEmpty();
  }

  /** Input of the table, for example {@code inPlace}. */
  private static String name(Strategy strategy) {
    return strategy == Strategy.IN_PLACE ? "inPlace" : strategy.name().toLowerCase(Locale.ROOT);
  }

  /** Each name once, by the sum of what its rules say: a rule may put a way behind others. */
  static Stream<String> preferred(DmnDecisionResult matches) {
    Map<String, Long> sums = new LinkedHashMap<>();
    matches
        .getResultList()
        .forEach(rule -> sums.merge(String.valueOf(rule.get("strategy")), points(rule), Long::sum));
    return sums.entrySet().stream().sorted(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** A rule without any puts its way last. */
  private static long points(Map<String, Object> rule) {
    return rule.get("preference") instanceof Number number ? number.longValue() : Integer.MAX_VALUE;
  }

  private DmnDecisionResult asRepli(Map<String, Object> inputs) {
    ProcessEngine asked = engine.getObject();
    return new AsRepli(asked.getIdentityService())
        .call(
            () ->
                asked
                    .getDecisionService()
                    .evaluateDecisionByKey(DECISION)
                    .variables(inputs)
                    .evaluate());
  }
}
