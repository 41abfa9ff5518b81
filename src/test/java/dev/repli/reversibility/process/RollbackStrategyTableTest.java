package dev.repli.reversibility.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per rule, then what must never open a way: missing and strange values. */
class RollbackStrategyTableTest {
  private static DmnEngine engine;
  private static DmnDecision decision;

  @BeforeAll
  static void readTable() throws IOException {
    engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    try (var table = Files.newInputStream(Path.of("processes/rollback/RollbackStrategy.dmn"))) {
      decision = engine.parseDecision("RollbackStrategy", table);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        // one per rule
        "OPEN,   CLOSED, CLOSED, REPLICATION",
        "CLOSED, OPEN,   CLOSED, LOGICAL",
        "LOSES,  CLOSED, CLOSED, REPLICATION",
        "CLOSED, LOSES,  CLOSED, LOGICAL",
        "CLOSED, CLOSED, OPEN,   IN_PLACE",
        "CLOSED, CLOSED, LOSES,  IN_PLACE",
        // in the order of preference
        "OPEN,   OPEN,   OPEN,   REPLICATION LOGICAL IN_PLACE",
        "LOSES,  OPEN,   OPEN,   LOGICAL REPLICATION IN_PLACE",
        "LOSES,  LOSES,  LOSES,  REPLICATION LOGICAL IN_PLACE",
        // what nobody can tell is no way back
        "UNKNOWN, UNKNOWN, UNKNOWN, ''",
        "CLOSED,  CLOSED,  CLOSED,  ''",
        "null,    null,    null,    ''",
        "open,    rubbish, '',      ''",
        "null,    OPEN,    null,    LOGICAL",
      })
  void ordersTheWaysBack(
      @Nullable String replication,
      @Nullable String logical,
      @Nullable String inPlace,
      String expected) {
    Map<String, Object> measured = new HashMap<>();
    measured.put("replication", replication);
    measured.put("logical", logical);
    measured.put("inPlace", inPlace);

    List<String> ways =
        DecisionStrategyTable.preferred(engine.evaluateDecision(decision, measured)).toList();

    assertThat(ways)
        .isEqualTo(Arrays.stream(expected.split(" ", -1)).filter(name -> !name.isEmpty()).toList());
  }
}
