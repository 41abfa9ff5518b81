package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Position;
import dev.repli.delta.Place;
import dev.repli.delta.imports.ImportCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamStateTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static StreamState state(Optional<Place> reached, Optional<Instant> waiting) {
    return new StreamState(reached, waiting, NOON, ImportCounts.NONE);
  }

  private static Position gtid(String value) {
    return new Position(Position.Kind.MARIADB_GTID, value);
  }

  @Test
  void lagsByTheOldestTransactionThatIsNotCommitted() {
    StreamState waits = state(Optional.empty(), Optional.of(NOON.minusSeconds(7)));

    assertThat(waits.lag(NOON)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void lagsNotAtAllWhenNothingWaits() {
    assertThat(state(Optional.empty(), Optional.empty()).lag(NOON)).isZero();
  }

  @Test
  void lagGrowsWhileTheOriginIsNotHeard() {
    assertThat(state(Optional.empty(), Optional.empty()).lag(NOON.plusSeconds(90)))
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void aClockOfTheOriginThatIsAheadMakesNoNegativeLag() {
    StreamState ahead = state(Optional.empty(), Optional.of(NOON.plusSeconds(30)));

    assertThat(ahead.lag(NOON)).isZero();
  }

  @Test
  void coversWhatIsCommittedAndNothingElse() {
    StreamState reached =
        state(Optional.of(new Place(gtid("0-2-41"), "b.000001", 4711)), Optional.empty());

    assertThat(reached.covers(gtid("0-2-41"))).isTrue();
    assertThat(reached.covers(gtid("0-2-42"))).isFalse();
    assertThat(state(Optional.empty(), Optional.empty()).covers(gtid("0-2-1"))).isFalse();
  }
}
