package dev.repli.reversibility.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.reversibility.WayFacts;
import dev.repli.rollback.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

    assertThat(order(measured)).isEqualTo(names(expected));
  }

  @ParameterizedTest
  @CsvSource({
    // too late, and in place would not be
    "LOSES, OPEN,  LATE,    FITS,    -1,      1,  IN_PLACE LOGICAL",
    "OPEN,  OPEN,  LATE,    FITS,    -1,      1,  LOGICAL IN_PLACE",
    "LOSES, LOSES, LATE,    FITS,    -1,      1,  LOGICAL IN_PLACE",
    "LOSES, OPEN,  LATE,    LATE,    -1,      1,  LOGICAL IN_PLACE",
    "LOSES, OPEN,  LATE,    UNKNOWN, -1,      1,  LOGICAL IN_PLACE",
    "LOSES, OPEN,  FITS,    FITS,    9000000, 1,  LOGICAL IN_PLACE",
    // nobody knows how long so much takes
    "LOSES, OPEN,  UNKNOWN, FITS,    1000001, 1,  IN_PLACE LOGICAL",
    "LOSES, OPEN,  UNKNOWN, FITS,    1000000, 1,  LOGICAL IN_PLACE",
    "LOSES, OPEN,  UNKNOWN, FITS,    -1,      1,  LOGICAL IN_PLACE",
    "OPEN,  OPEN,  UNKNOWN, FITS,    1000001, 1,  LOGICAL IN_PLACE",
    // behind an old backup nothing is put
    "LOSES, OPEN,  LATE,    FITS,    -1,      25, LOGICAL IN_PLACE",
    "LOSES, OPEN,  LATE,    FITS,    -1,      24, IN_PLACE LOGICAL",
    "LOSES, OPEN,  LATE,    FITS,    -1,      -1, IN_PLACE LOGICAL",
  })
  void putsAWayBehindAnotherAndClosesNone(
      String logical,
      String inPlace,
      String logicalTime,
      String inPlaceTime,
      long deltaTransactions,
      long backupAgeHours,
      String expected) {
    Map<String, Object> measured = new HashMap<>();
    measured.put("replication", "CLOSED");
    measured.put("logical", logical);
    measured.put("inPlace", inPlace);
    measured.put("logicalTime", logicalTime);
    measured.put("inPlaceTime", inPlaceTime);
    measured.put("deltaTransactions", deltaTransactions);
    measured.put("backupAgeHours", backupAgeHours);

    assertThat(order(measured)).isEqualTo(names(expected));
  }

  @Test
  void opensNoWayThatIsClosedByANumber() {
    WayBack late = way(Strategy.LOGICAL, State.CLOSED, Duration.ofHours(3));
    WayBack old =
        way(Strategy.IN_PLACE, State.UNKNOWN, Duration.ofHours(3))
            .with(new WayFacts(Optional.of(9_000_000L), Optional.of(Duration.ofDays(9))));

    assertThat(
            order(
                DecisionStrategyTable.inputs(List.of(late, old), Optional.of(Duration.ofHours(1)))))
        .isEmpty();
  }

  @Test
  void tellsTheTableWhatWasMeasured() {
    WayBack logical =
        way(Strategy.LOGICAL, State.LOSES, Duration.ofMinutes(61))
            .with(new WayFacts(Optional.of(42L), Optional.empty()));
    WayBack inPlace =
        way(Strategy.IN_PLACE, State.OPEN, Duration.ofMinutes(60))
            .with(new WayFacts(Optional.empty(), Optional.of(Duration.ofHours(7))));

    assertThat(
            DecisionStrategyTable.inputs(
                List.of(logical, inPlace), Optional.of(Duration.ofHours(1))))
        .containsEntry("replication", "UNKNOWN")
        .containsEntry("logical", "LOSES")
        .containsEntry("inPlace", "OPEN")
        .containsEntry("logicalTime", "LATE")
        .containsEntry("inPlaceTime", "FITS")
        .containsEntry("deltaTransactions", 42L)
        .containsEntry("backupAgeHours", 7L);
  }

  @Test
  void callsNothingLateWithoutAWindowAndKnowsNoTimeOfAWayThatWasNeverMeasured() {
    WayBack measured = way(Strategy.LOGICAL, State.OPEN, Duration.ofDays(1));
    WayBack never = WayBack.unknown(Strategy.IN_PLACE, "gone");

    assertThat(DecisionStrategyTable.inputs(List.of(measured, never), Optional.empty()))
        .containsEntry("logicalTime", "FITS")
        .containsEntry("inPlaceTime", "UNKNOWN")
        .containsEntry("deltaTransactions", -1L)
        .containsEntry("backupAgeHours", -1L);
  }

  private static WayBack way(Strategy strategy, State state, Duration takes) {
    return new WayBack(strategy, state, new Findings(List.of()), "", "", "")
        .expecting(Optional.of(takes));
  }

  private static List<String> order(Map<String, Object> measured) {
    return DecisionStrategyTable.preferred(engine.evaluateDecision(decision, measured)).toList();
  }

  private static List<String> names(String expected) {
    return Arrays.stream(expected.split(" ", -1)).filter(name -> !name.isEmpty()).toList();
  }
}
