package dev.repli.delta.process;

import dev.repli.delta.policy.PolicyTable;
import dev.repli.delta.policy.TableFacts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.engine.AsRepli;
import dev.repli.plan.DeltaRules.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the engine, with Repli's own permissions: who may see the answer is decided before. */
@Component
class DecisionPolicyTable implements PolicyTable {
  static final String DECISION = "DeltaPolicy";

  /** The table's answer for "a person has to say". */
  private static final String ASK = "ASK";

  /** Asked for when needed: the engine itself needs the beans of the models. */
  private final ObjectProvider<ProcessEngine> engine;

  DecisionPolicyTable(ObjectProvider<ProcessEngine> engine) {
    this.engine = engine;
  }

  @Override
  public TablePolicy decide(TableFacts facts, Optional<Policy> planned) {
    ProcessEngine asked = engine.getObject();
    DmnDecisionResult matches =
        new AsRepli(asked.getIdentityService())
            .call(
                () ->
                    asked
                        .getDecisionService()
                        .evaluateDecisionByKey(DECISION)
                        .variables(inputs(facts, planned))
                        .evaluate());
    return policy(facts.table(), matches);
  }

  static Map<String, Object> inputs(TableFacts facts, Optional<Policy> planned) {
    return Map.of(
        "planned", planned.map(Policy::name).orElse("NONE"),
        "travels", facts.travels(),
        "importable", facts.importable(),
        "writtenOnSource", facts.writtenOnSource());
  }

  /** A table that was edited into gaps or overlaps asks people, too. */
  static TablePolicy policy(String table, DmnDecisionResult matches) {
    List<Map<String, Object>> rules = matches.getResultList();
    if (rules.size() != 1) {
      return new TablePolicy.Ask(
          table, rules.size() + " rules of the table DeltaPolicy match, not one");
    }
    String policy = String.valueOf(rules.get(0).get("policy"));
    String why = String.valueOf(rules.get(0).get("because"));
    return policy.equals(ASK)
        ? new TablePolicy.Ask(table, why)
        : new TablePolicy.Decided(table, Policy.valueOf(policy), why);
  }
}
