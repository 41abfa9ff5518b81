package dev.repli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.CriteriaRules.Threshold;
import dev.repli.plan.Criterion;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a breach is over, and when nobody can say. */
class ArmedCriteriaEndTest extends WatchedHours {
  @Test
  void whatIsNormalAgainIsReportedAsOverAndTheNextBreachAnew() {
    watchedCutover();
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(4));
    assertThat(told("WATCH_RESOLVED")).as("it may come back").isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(told("WATCH_RESOLVED")).hasSize(1);

    started.end(new RunKey("CUT-1-1"), "Normal operation");
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    assertThat(started.newest(10))
        .extracting(run -> run.key().value())
        .containsExactly("CUT-1-2", "CUT-1-1");
  }

  @Test
  void missingNumbersAreNotHealthyAndStartNothing() {
    watchedCutover();
    pass(Duration.ofMinutes(1));
    errors = Optional.empty();
    pass(Duration.ofMinutes(10));

    assertThat(started.newest(10)).isEmpty();
    assertThat(told("WATCH_CRITERIA"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("Criteria armed, verdict: inconclusive");
  }

  @Test
  void isOverThoughAnotherNumberIsMissing() {
    watchedCutover();
    latencyMeasured = false;
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(6));

    assertThat(told("WATCH_RESOLVED")).hasSize(1);
  }

  @Test
  void isNotOverWhenWhatWasBadIsNotMeasuredAnyMore() {
    watchedCutover();
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(1));
    errors = Optional.empty();
    pass(Duration.ofHours(1));

    assertThat(told("WATCH_RESOLVED")).isEmpty();
  }

  @Test
  void isNotOverWhileTheClockOfABreachRuns() {
    watchedCutover();
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    latency = 250;
    pass(Duration.ofMinutes(20));

    assertThat(told("WATCH_RESOLVED")).isEmpty();
  }

  @Test
  void oneBadSampleCallsNobodyAndWhatFlapsIsOneIncident() {
    plan = measuredBy(ASKED, new Threshold(Criterion.ERRORS_HIGH, 0.05, Duration.ZERO));
    watchedCutover();
    for (int round = 0; round < 20; round++) {
      errors = Optional.of(0.1);
      pass(Duration.ofSeconds(30));
      errors = Optional.of(0.0);
      pass(Duration.ofSeconds(30));
    }
    assertThat(told("WATCH_REPORTED")).isEmpty();

    for (int round = 0; round < 20; round++) {
      errors = Optional.of(0.1);
      pass(Duration.ofMinutes(2));
      errors = Optional.of(0.0);
      pass(Duration.ofMinutes(2));
    }
    assertThat(told("WATCH_REPORTED")).hasSize(1);
    assertThat(told("WATCH_RESOLVED")).isEmpty();
  }

  @Test
  void saysOncePerOutageThatNobodySeesAndThatSomebodySeesAgain() {
    watchedCutover();
    pass(Duration.ofMinutes(1));
    errors = Optional.empty();
    pass(Duration.ofMinutes(16));
    assertThat(told("CRITERIA_BLIND")).as("stale after 2 min, missing since 14").isEmpty();
    pass(Duration.ofHours(3));
    assertThat(told("CRITERIA_BLIND")).singleElement().asString().contains("errors-critical");
    assertThat(told("CRITERIA_SEEN_AGAIN")).isEmpty();

    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(10));
    assertThat(told("CRITERIA_SEEN_AGAIN")).hasSize(1);
    errors = Optional.empty();
    pass(Duration.ofMinutes(30));
    assertThat(told("CRITERIA_BLIND")).hasSize(2);
  }
}
