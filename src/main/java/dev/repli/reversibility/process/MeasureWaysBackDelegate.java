package dev.repli.reversibility.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.engine.RunPlan;
import dev.repli.reversibility.Reversibility;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.reversibility.WaysTable;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Shows the deciders every way back as it is at this moment. */
@Component
class MeasureWaysBackDelegate implements JavaDelegate {
  /** Markdown, foreign text escaped. */
  private static final ProcessVariable<String> WAYS_BACK = ProcessVariable.text("waysBack");

  private static final ProcessVariable<Strategy> STRATEGY =
      ProcessVariable.choice("strategy", Strategy.class);
  private static final ProcessVariable<String> STRATEGY_TEXT = ProcessVariable.text("strategyText");
  private static final ProcessVariable<String> STRATEGY_RISK = ProcessVariable.text("strategyRisk");
  private static final ProcessVariable<String> STRATEGY_TAKES =
      ProcessVariable.text("strategyTakes");
  private static final ProcessVariable<String> STRATEGY_LOSES =
      ProcessVariable.text("strategyLoses");

  private final ReversibilityMeter meter;
  private final RunPlan plans;

  MeasureWaysBackDelegate(ReversibilityMeter meter, RunPlan plans) {
    this.meter = meter;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Reversibility found = meter.measure(plans.of(execution));
    WAYS_BACK.write(execution, WaysTable.of(found));
    Strategy proposed = found.preferred().orElse(Strategy.REPLICATION);
    STRATEGY.write(execution, proposed);
    STRATEGY_TEXT.write(execution, words(proposed));
    STRATEGY_RISK.write(execution, risk(found, proposed));
    STRATEGY_TAKES.write(execution, words(found, proposed, WayBack::takes));
    STRATEGY_LOSES.write(execution, words(found, proposed, WayBack::loses));
  }

  private static String words(Strategy strategy) {
    return switch (strategy) {
      case REPLICATION -> "replication (the source takes over from the target)";
      case LOGICAL ->
          "logical (the target's changes are imported into the source, which takes over)";
      case IN_PLACE -> "in place (the backup from before the migration is restored)";
    };
  }

  private static String words(
      Reversibility found, Strategy strategy, Function<WayBack, String> words) {
    return found.ways().stream()
        .filter(way -> way.strategy() == strategy)
        .map(words)
        .findFirst()
        .orElse("");
  }

  private static String risk(Reversibility found, Strategy strategy) {
    return found.ways().stream()
        .filter(way -> way.strategy() == strategy && way.state() == State.LOSES)
        .map(WayBack::why)
        .findFirst()
        .orElse("");
  }
}
