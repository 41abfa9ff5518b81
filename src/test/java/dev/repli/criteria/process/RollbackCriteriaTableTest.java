package dev.repli.criteria.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.Ruling;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.Ruling.Severity;
import dev.repli.plan.CriteriaRules.Preset;
import dev.repli.plan.Criterion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One row per rule, then what must never count as healthy: missing and strange values. */
class RollbackCriteriaTableTest {
  private static final TableOfFile TABLE = new TableOfFile();

  @ParameterizedTest
  @CsvSource({
    "STANDARD,    CHECKSUM_ERRORS,          ROLLBACK_NOW,         CRITICAL, 0",
    "STANDARD,    DATA_MISSING,             ROLLBACK_NOW,         CRITICAL, 0",
    "STANDARD,    COMMITS_NOT_VISIBLE,      ROLLBACK_NOW,         CRITICAL, 0",
    "STANDARD,    ERRORS_CRITICAL,          ROLLBACK_NOW,         CRITICAL, 0",
    "STANDARD,    LATENCY_HIGH,             ROLLBACK_RECOMMENDED, HIGH,     15",
    "STANDARD,    ERRORS_HIGH,              ROLLBACK_RECOMMENDED, HIGH,     15",
    "STANDARD,    FUNCTION_DOWN,            ROLLBACK_RECOMMENDED, HIGH,     15",
    "STANDARD,    LATENCY_MEDIUM,           ROLLBACK_RECOMMENDED, MEDIUM,   60",
    "STANDARD,    BATCH_FAILED,             ROLLBACK_RECOMMENDED, MEDIUM,   60",
    "STANDARD,    LATENCY_LOW,              WATCH,                LOW,      240",
    "STANDARD,    ERRORS_LOW,               WATCH,                LOW,      240",
    "E_COMMERCE,  SHOP_ERRORS,              ROLLBACK_RECOMMENDED, HIGH,     15",
    "E_COMMERCE,  SHOP_LATENCY,             ROLLBACK_RECOMMENDED, HIGH,     15",
    "E_COMMERCE,  SHOP_FAILED_TRANSACTIONS, ROLLBACK_RECOMMENDED, HIGH,     15",
    "E_COMMERCE,  ERRORS_CRITICAL,          ROLLBACK_NOW,         CRITICAL, 0",
    "APPLICATION, SLOW_RESPONSE,            ROLLBACK_RECOMMENDED, HIGH,     15",
    "APPLICATION, SECURITY_FLAW,            ROLLBACK_RECOMMENDED, HIGH,     15",
    "APPLICATION, MIGRATION_IRREVERSIBLE,   ROLLBACK_RECOMMENDED, HIGH,     15",
    "APPLICATION, INCOMPATIBLE,             ROLLBACK_RECOMMENDED, HIGH,     15",
    "APPLICATION, FUNCTION_DOWN,            ROLLBACK_RECOMMENDED, HIGH,     15",
    "STANDARD,    REPORTED_CRITICAL,        INCONCLUSIVE,         HIGH,     0",
    "STANDARD,    REPORTED_HIGH,            INCONCLUSIVE,         HIGH,     0",
    "STANDARD,    REPORTED_MEDIUM,          INCONCLUSIVE,         HIGH,     0",
    "STANDARD,    REPORTED_LOW,             WATCH,                LOW,      240",
  })
  void saysWhatABreachCallsFor(
      String preset, String criterion, Outcome outcome, Severity severity, long minutes) {
    assertThat(TABLE.judge(preset, criterion, "HELD"))
        .containsExactly(new Ruling(outcome, severity, Duration.ofMinutes(minutes)));
  }

  @ParameterizedTest
  @EnumSource(Criterion.class)
  void goesOnWhileNothingIsBreachedForLongEnough(Criterion criterion) {
    for (String state : new String[] {"NORMAL", "BREACHING"}) {
      assertThat(TABLE.judge("STANDARD", criterion.name(), state))
          .extracting(Ruling::outcome)
          .containsExactly(Outcome.CONTINUE);
    }
  }

  @ParameterizedTest
  @EnumSource(Criterion.class)
  void takesNothingUnknownForHealthy(Criterion criterion) {
    assertThat(TABLE.judge("STANDARD", criterion.name(), "UNKNOWN"))
        .extracting(Ruling::outcome)
        .containsExactly(Outcome.INCONCLUSIVE);
  }

  // nothing matches, and that asks a person
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "STANDARD, null,            HELD",
        "STANDARD, errors_critical, HELD",
        "STANDARD, '',              HELD",
        "STANDARD, ERRORS_CRITICAL, null",
        "STANDARD, ERRORS_CRITICAL, held",
        "STANDARD, ERRORS_CRITICAL, ''",
        "STANDARD, SHOP_ERRORS,     HELD",
        "null,     SHOP_ERRORS,     HELD",
        "garbage,  SLOW_RESPONSE,   HELD",
        "null,     null,            null",
      })
  void saysNothingToWhatItDoesNotKnow(
      @Nullable String preset, @Nullable String criterion, @Nullable String state) {
    assertThat(TABLE.judge(preset, criterion, state)).isEmpty();
  }

  @Test
  void knowsEveryCriterionOfEveryPreset() {
    for (Preset preset : Preset.values()) {
      for (Criterion criterion : Criterion.values()) {
        if (preset.has(criterion)) {
          assertThat(TABLE.judge(preset.name(), criterion.name(), "HELD"))
              .as("%s of %s", criterion, preset)
              .hasSize(1);
        }
      }
    }
  }
}
