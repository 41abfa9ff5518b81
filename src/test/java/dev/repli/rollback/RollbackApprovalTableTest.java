package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per rule, then what must never make a rollback easier: missing and strange values. */
class RollbackApprovalTableTest {
  private static DmnEngine engine;
  private static DmnDecision decision;

  @BeforeAll
  static void readTable() throws Exception {
    engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    try (var table = Files.newInputStream(Path.of("processes/rollback/RollbackApproval.dmn"))) {
      decision = engine.parseDecision("RollbackApproval", table);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        // one per rule
        "true,  true,  NONE,     false, NOBODY",
        "false, false, NONE,     false, MEND_FIRST",
        "false, true,  NONE,     false, ONE_PERSON",
        "false, true,  NONE,     true,  GIVEN_BEFORE",
        "false, true,  POSSIBLE, false, TWO_PEOPLE",
        // what was approved with the cutover was a rollback that loses nothing
        "false, true,  POSSIBLE, true,  TWO_PEOPLE",
        "false, false, NONE,     true,  MEND_FIRST",
        "false, true,  NONE,     null,  ONE_PERSON",
        // a dry run asks nobody, whatever it finds
        "true,  false, POSSIBLE, null,  NOBODY",
        "true,  null,  null,     null,  NOBODY",
        // what is unknown is not possible, and loses
        "false, null,  NONE,     null,  MEND_FIRST",
        "false, null,  null,     null,  MEND_FIRST",
        "false, true,  null,     null,  TWO_PEOPLE",
        "false, true,  none,     null,  TWO_PEOPLE",
        "false, true,  rubbish,  null,  TWO_PEOPLE",
        "null,  true,  NONE,     null,  ONE_PERSON",
        "null,  false, POSSIBLE, null,  MEND_FIRST",
      })
  void determinesTheApproval(
      @Nullable Boolean dryRun,
      @Nullable Boolean possible,
      @Nullable String loss,
      @Nullable Boolean preApproved,
      String needed) {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("dryRun", dryRun);
    variables.put("rollbackPossible", possible);
    variables.put("loss", loss);
    variables.put("rollbackPreApproved", preApproved);
    assertThat(engine.evaluateDecisionTable(decision, variables).<String>getSingleEntry())
        .isEqualTo(needed);
  }

  @Test
  void countsMissingVariablesAsNotPossible() {
    assertThat(engine.evaluateDecisionTable(decision, Map.of()).<String>getSingleEntry())
        .isEqualTo("MEND_FIRST");
  }
}
