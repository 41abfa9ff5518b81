package dev.repli.communication;

import dev.repli.communication.Matrix.Means;
import dev.repli.communication.Moment.Phase;
import dev.repli.communication.Moment.Weight;
import dev.repli.plan.CommunicationRules.Audience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;

/** The real decision table without an engine around it. */
public final class TableMatrix implements Matrix {
  private static final Path TABLE = Path.of("processes/communication/CommunicationMatrix.dmn");
  private final DmnEngine engine =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private final DmnDecision decision;

  public TableMatrix() {
    try (var table = Files.newInputStream(TABLE)) {
      decision = engine.parseDecision("CommunicationMatrix", table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Rule> rules(Phase phase, Audience audience) {
    return engine
        .evaluateDecisionTable(decision, Map.of("phase", phase.name(), "audience", audience.name()))
        .getResultList()
        .stream()
        .map(TableMatrix::rule)
        .toList();
  }

  private static Rule rule(Map<String, Object> outputs) {
    String every = text(outputs, "every");
    return new Rule(
        Means.valueOf(text(outputs, "means")),
        Weight.valueOf(text(outputs, "least")),
        every.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(every)));
  }

  private static String text(Map<String, Object> outputs, String name) {
    return String.valueOf(outputs.get(name));
  }
}
