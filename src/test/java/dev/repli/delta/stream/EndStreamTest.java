package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.VirtualTime;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndStreamTest {
  private static final PlanId PLAN = OneStream.PLAN;
  private final VirtualTime clock = new VirtualTime();
  private final OneStream streams = new OneStream();
  private final EndStream end =
      new EndStream(
          streams,
          new OrderStream(
              streams, FakeConflicts.of(0), plan -> List.of(), new InMemoryJournal(), clock),
          clock,
          this::later);
  private Runnable meanwhile = () -> {};

  private void later(Duration pause) {
    clock.advance(pause);
    meanwhile.run();
  }

  private Optional<String> end() {
    return end.end(PLAN, "rollback RB-1", "it imports by itself");
  }

  @Test
  void hasNothingToEndWhereNothingStreams() {
    assertThat(end()).isEmpty();
  }

  @Test
  void waitsUntilTheNodeThatStreamsHasGivenItsLeaseBack() {
    streams.is("node-1", clock.instant().plusSeconds(10));
    meanwhile = () -> streams.release(PLAN, "node-1");

    assertThat(end()).isEmpty();
    assertThat(streams.find(PLAN).orElseThrow().wanted()).isFalse();
    assertThat(streams.find(PLAN).orElseThrow().owner()).isEmpty();
  }

  @Test
  void waitsForTheLeaseOfANodeThatHasDied() {
    Instant until = clock.instant().plusSeconds(7);
    streams.is("node-1", until);

    assertThat(end()).isEmpty();
    assertThat(clock.instant()).isAfterOrEqualTo(until);
  }

  @Test
  void saysWhoStreamsOnWhenItDoesNotEnd() {
    streams.is("node-1", clock.instant().plusSeconds(10));
    meanwhile = () -> streams.is("node-1", clock.instant().plusSeconds(10));

    assertThat(end())
        .contains("the reverse stream of plan shop does not end; Repli node-1 runs it");
  }
}
