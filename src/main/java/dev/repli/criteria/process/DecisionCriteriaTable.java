package dev.repli.criteria.process;

import dev.repli.criteria.CriteriaTable;
import dev.repli.criteria.Ruling;
import dev.repli.engine.AsRepli;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the engine, with Repli's own permissions: who may see the answer is decided before. */
@Component
class DecisionCriteriaTable implements CriteriaTable {
  static final String DECISION = "RollbackCriteria";

  /** Asked for when needed: the engine itself needs the beans of the models. */
  private final ObjectProvider<ProcessEngine> engine;

  DecisionCriteriaTable(ObjectProvider<ProcessEngine> engine) {
    this.engine = engine;
  }

  @Override
  public List<Ruling> judge(String preset, String criterion, String state) {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("preset", preset);
    inputs.put("criterion", criterion);
    inputs.put("state", state);
    return rulings(asRepli(inputs));
  }

  static List<Ruling> rulings(DmnDecisionResult matches) {
    return matches.getResultList().stream().map(DecisionCriteriaTable::ruling).toList();
  }

  /** A rule that was edited into something that cannot be read asks a person. */
  private static Ruling ruling(Map<String, Object> rule) {
    if (!(rule.get("graceMinutes") instanceof Number minutes)) {
      return Ruling.ASK;
    }
    try {
      return new Ruling(
          Ruling.Outcome.valueOf(String.valueOf(rule.get("verdict"))),
          Ruling.Severity.valueOf(String.valueOf(rule.get("severity"))),
          Duration.ofMinutes(minutes.longValue()));
    } catch (IllegalArgumentException e) {
      return Ruling.ASK;
    }
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
