package dev.repli.criteria.process;

import dev.repli.criteria.CriteriaTable;
import dev.repli.criteria.Ruling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.jspecify.annotations.Nullable;

/** The real table without a process engine. */
public final class TableOfFile implements CriteriaTable {
  private final DmnEngine engine =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private final DmnDecision decision;

  /** The table is a function of its inputs, and asking it takes milliseconds. */
  private final Map<List<@Nullable String>, List<Ruling>> asked = new HashMap<>();

  public TableOfFile() {
    try (var table = Files.newInputStream(Path.of("processes/criteria/RollbackCriteria.dmn"))) {
      decision = engine.parseDecision(DecisionCriteriaTable.DECISION, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Ruling> judge(
      @Nullable String preset, @Nullable String criterion, @Nullable String state) {
    return asked.computeIfAbsent(Arrays.asList(preset, criterion, state), this::ask);
  }

  private List<Ruling> ask(List<@Nullable String> values) {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("preset", values.get(0));
    inputs.put("criterion", values.get(1));
    inputs.put("state", values.get(2));
    return DecisionCriteriaTable.rulings(engine.evaluateDecision(decision, inputs));
  }
}
