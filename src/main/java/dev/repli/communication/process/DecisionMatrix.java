package dev.repli.communication.process;

import dev.repli.communication.Matrix;
import dev.repli.communication.Moment.Phase;
import dev.repli.communication.Moment.Weight;
import dev.repli.engine.AsRepli;
import dev.repli.plan.CommunicationRules.Audience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the engine once for each question; the table only changes with the program. */
@Component
class DecisionMatrix implements Matrix {
  static final String DECISION = "CommunicationMatrix";

  /** Asked for when needed: the engine itself needs the beans of the models. */
  private final ObjectProvider<ProcessEngine> engine;

  private final Map<String, List<Rule>> known = new ConcurrentHashMap<>();

  DecisionMatrix(ObjectProvider<ProcessEngine> engine) {
    this.engine = engine;
  }

  @Override
  public List<Rule> rules(Phase phase, Audience audience) {
    return known.computeIfAbsent(phase + " " + audience, question -> ask(phase, audience));
  }

  private List<Rule> ask(Phase phase, Audience audience) {
    ProcessEngine asked = engine.getObject();
    return new AsRepli(asked.getIdentityService())
        .call(
            () ->
                asked
                    .getDecisionService()
                    .evaluateDecisionByKey(DECISION)
                    .variables(Map.of("phase", phase.name(), "audience", audience.name()))
                    .evaluate()
                    .getResultList()
                    .stream()
                    .map(DecisionMatrix::rule)
                    .toList());
  }

  static Rule rule(Map<String, Object> outputs) {
    String every = Objects.toString(outputs.get("every"), "");
    return new Rule(
        Means.valueOf(String.valueOf(outputs.get("means"))),
        Weight.valueOf(String.valueOf(outputs.get("least"))),
        every.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(every)));
  }
}
