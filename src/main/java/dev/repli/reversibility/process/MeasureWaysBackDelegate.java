package dev.repli.reversibility.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.engine.RunPlan;
import dev.repli.journal.Journal;
import dev.repli.reversibility.Reversibility;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.reversibility.WaysTable;
import dev.repli.run.RunKey;
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

  /** What people chose on the form; empty when nobody did. */
  private static final ProcessVariable<String> CHOSEN = ProcessVariable.text("chosenWay");

  /** The ways that people may choose instead, as the form offers them. */
  private static final ProcessVariable<String> OPEN_WAYS = ProcessVariable.text("openWays");

  /** What became of the last choice: Markdown, foreign text escaped; empty without one. */
  private static final ProcessVariable<String> CHOICE_TEXT = ProcessVariable.text("choiceText");

  private static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);

  private final ReversibilityMeter meter;
  private final RunPlan plans;
  private final Journal journal;

  MeasureWaysBackDelegate(ReversibilityMeter meter, RunPlan plans, Journal journal) {
    this.meter = meter;
    this.plans = plans;
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Reversibility found = meter.measure(plans.of(execution));
    WAYS_BACK.write(execution, WaysTable.of(found));
    WayChoice choice = WayChoice.of(found, CHOSEN.readOr(execution, ""));
    // it counts for this look only: whoever mends something gets a proposal again
    CHOSEN.write(execution, "");
    choice.evidence().ifPresent(said -> journal.append(RUN_KEY.read(execution), said));
    Strategy way = choice.way();
    STRATEGY.write(execution, way);
    STRATEGY_TEXT.write(execution, WayChoice.words(way));
    STRATEGY_RISK.write(execution, risk(found, way));
    STRATEGY_TAKES.write(execution, words(found, way, WayBack::takes));
    STRATEGY_LOSES.write(execution, words(found, way, WayBack::loses));
    CHOICE_TEXT.write(execution, choice.text());
    OPEN_WAYS.write(execution, choice.others(found));
  }

  private static String words(
      Reversibility found, Strategy strategy, Function<WayBack, String> words) {
    return found.way(strategy).map(words).orElse("");
  }

  private static String risk(Reversibility found, Strategy strategy) {
    return found
        .way(strategy)
        .filter(way -> way.state() == State.LOSES)
        .map(WayBack::why)
        .orElse("");
  }
}
