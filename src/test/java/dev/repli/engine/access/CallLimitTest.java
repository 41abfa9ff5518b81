package dev.repli.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CallLimitTest {
  private Instant now = Instant.EPOCH;
  private final CallLimit limit = new CallLimit(new TestClock(), 3, 2);

  @Test
  void allowsABurstAndThenTheSteadyRate() {
    assertThat(calls("a", 5)).isEqualTo(3);
    now = now.plus(Duration.ofSeconds(1));
    assertThat(calls("a", 5)).isEqualTo(2);
  }

  @Test
  void countsEachUserAlone() {
    calls("a", 5);

    assertThat(calls("b", 5)).isEqualTo(3);
  }

  @Test
  void neverSavesUpMoreThanTheBurst() {
    now = now.plus(Duration.ofDays(1));
    calls("a", 1);
    now = now.plus(Duration.ofDays(1));

    assertThat(calls("a", 9)).isEqualTo(3);
  }

  private int calls(String user, int count) {
    int allowed = 0;
    for (int i = 0; i < count; i++) {
      allowed += limit.allows(user) ? 1 : 0;
    }
    return allowed;
  }

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
