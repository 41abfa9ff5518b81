package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final long MILLI = 1_000_000;
  private final Pulse pulse = new Pulse();

  private void write(long at, long tookMillis, boolean acknowledged) {
    pulse.beat(at - tookMillis * MILLI, at, acknowledged);
  }

  @Test
  void knowsNothingBeforeTheFirstWrite() {
    assertThat(pulse.rate(0)).isEqualTo(new Pulse.Rate(0, Duration.ZERO, 0));
  }

  @Test
  void leavesTheSlowestFiveOfAHundredOut() {
    for (int i = 1; i <= 100; i++) {
      write(0, i, true);
    }

    assertThat(pulse.rate(0).latencyP95()).isEqualTo(Duration.ofMillis(95));
  }

  @Test
  void countsWhatWasNotAcknowledgedAsErrorAndNotAsLatency() {
    write(0, 3, true);
    write(0, 900, false);
    write(0, 3, true);
    write(0, 3, true);

    Pulse.Rate rate = pulse.rate(0);
    assertThat(rate.errorRate()).isCloseTo(0.25, within(1e-9));
    assertThat(rate.latencyP95()).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void forgetsWhatIsOlderThanItsWindow() {
    write(0, 800, true);
    long later = Pulse.WINDOW.toNanos() + MILLI;
    write(later, 2, true);

    assertThat(pulse.rate(later)).isEqualTo(new Pulse.Rate(1, Duration.ofMillis(2), 0));
  }
}
