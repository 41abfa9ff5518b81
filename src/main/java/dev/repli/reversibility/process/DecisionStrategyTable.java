package dev.repli.reversibility.process;

import dev.repli.engine.AsRepli;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.StrategyTable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the engine, with Repli's own permissions: who may see the answer is decided before. */
@Component
class DecisionStrategyTable implements StrategyTable {
  private static final String DECISION = "RollbackStrategy";

  /** Asked for when needed: the engine itself needs the beans of the models. */
  private final ObjectProvider<ProcessEngine> engine;

  DecisionStrategyTable(ObjectProvider<ProcessEngine> engine) {
    this.engine = engine;
  }

  @Override
  public List<Strategy> order(Map<Strategy, State> states) {
    Map<String, Object> inputs = new HashMap<>();
    for (Strategy strategy : Strategy.values()) {
      inputs.put(name(strategy), states.getOrDefault(strategy, State.UNKNOWN).name());
    }
    return preferred(asRepli(inputs)).map(Strategy::valueOf).toList();
  }

  /** Input of the table, for example {@code inPlace}. */
  private static String name(Strategy strategy) {
    return strategy == Strategy.IN_PLACE ? "inPlace" : strategy.name().toLowerCase(Locale.ROOT);
  }

  /** Each name once, where it is preferred most. */
  static Stream<String> preferred(DmnDecisionResult matches) {
    return matches.getResultList().stream()
        .sorted(Comparator.comparingInt(DecisionStrategyTable::preference))
        .map(rule -> String.valueOf(rule.get("strategy")))
        .distinct();
  }

  /** A rule without one comes last. */
  private static int preference(Map<String, Object> rule) {
    return rule.get("preference") instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
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
