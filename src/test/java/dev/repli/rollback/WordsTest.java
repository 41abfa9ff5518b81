package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 250 ms",
    "PT1M59S, 119 s",
    "PT2M, 2 min",
    "PT1H59M, 119 min",
    "PT2H, 2 h",
    "PT2H30M, 2 h 30 min",
    "PT24H, 24 h",
    "PT72H, 3 days",
    "PT250H, 10 days 10 h"
  })
  void saysDurationsInTheUnitsOfAClock(Duration duration, String words) {
    assertThat(Words.of(duration)).isEqualTo(words);
  }
}
