package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndStreamTest {
  private static final PlanId PLAN = new PlanId("shop");
  private final VirtualTime clock = new VirtualTime();
  private final OneStream streams = new OneStream();
  private final EndStream end =
      new EndStream(
          streams,
          new OrderStream(streams, plan -> List.of(), new InMemoryJournal(), clock),
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

  /** The store with at most one stream. */
  private static final class OneStream implements StreamStore {
    private Optional<KnownStream> known = Optional.empty();

    void is(String owner, Instant until) {
      known =
          Optional.of(
              new KnownStream(
                  new StreamOrder(
                      PLAN,
                      new ImportId("stream-1"),
                      new Position(Position.Kind.MARIADB_GTID, "0-2-1")),
                  true,
                  owner,
                  until,
                  new StreamReport(
                      StreamReport.State.RUNNING, Optional.empty(), until, ImportCounts.NONE, "")));
    }

    private void change(boolean wanted, String owner) {
      known =
          known.map(
              stream ->
                  new KnownStream(stream.order(), wanted, owner, stream.until(), stream.report()));
    }

    @Override
    public void want(StreamOrder order, Instant now) {
      throw new UnsupportedOperationException("want");
    }

    @Override
    public void stop(PlanId plan) {
      known.ifPresent(stream -> change(false, stream.owner()));
    }

    @Override
    public List<KnownStream> all() {
      return known.stream().toList();
    }

    @Override
    public Optional<KnownStream> find(PlanId plan) {
      return known;
    }

    @Override
    public boolean claim(PlanId plan, String owner, Instant now, Instant until) {
      throw new UnsupportedOperationException("claim");
    }

    @Override
    public void release(PlanId plan, String owner) {
      known.ifPresent(stream -> change(stream.wanted(), ""));
    }

    @Override
    public void report(PlanId plan, String owner, StreamReport report) {
      throw new UnsupportedOperationException("report");
    }
  }
}
