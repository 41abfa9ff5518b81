package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.stream.OrderStream.Start;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Plan;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderStreamTest {
  private static final Position HERE = new Position(Position.Kind.MARIADB_GTID, "0-2-100");
  private static final Position BEHIND = new Position(Position.Kind.MARIADB_GTID, "0-2-200");
  private final VirtualTime clock = new VirtualTime();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final OneStream streams = new OneStream();
  private final Plan plan = new KnownPlans("shop").find(OneStream.PLAN).orElseThrow();
  private FakeConflicts held = FakeConflicts.of(0);

  private Start start(Position from) {
    return new OrderStream(streams, held, any -> List.of(), journal, clock)
        .start(plan, from, "op1");
  }

  private String refused(Position from) {
    assertThat(start(from)).isInstanceOf(Start.Refused.class);
    return String.join(";", ((Start.Refused) start(from)).why());
  }

  private void runs(State state, String why) {
    var unused =
        streams.claim(OneStream.PLAN, "node-1", clock.instant(), clock.instant().plusSeconds(10));
    streams.report(
        OneStream.PLAN,
        "node-1",
        new StreamReport(state, Optional.of(HERE), clock.instant(), ImportCounts.NONE, why));
  }

  private State state() {
    return streams.find(OneStream.PLAN).orElseThrow().report().state();
  }

  private String says() {
    return StreamWords.of(
        streams.find(OneStream.PLAN).orElseThrow(),
        held.counts(streams.find(OneStream.PLAN).orElseThrow().order().id()),
        clock.instant());
  }

  @Test
  void startedAgainItRunsOnAndIsNotedOnce() {
    assertThat(start(HERE)).isInstanceOf(Start.Started.class);
    runs(State.RUNNING, "");

    assertThat(start(HERE)).isInstanceOf(Start.Started.class);

    assertThat(state()).isEqualTo(State.RUNNING);
    assertThat(journal.read(new RunKey("reverse-stream-shop"))).hasSize(1);
  }

  /** A rollback looked for streams, saw none, and imports. */
  @Test
  void isTakenBackWhereSomethingBeganThatHasNotSeenIt() {
    Iterator<List<String>> looks = List.of(List.<String>of(), List.of("INC-1 imports")).iterator();
    Start came =
        new OrderStream(streams, held, any -> looks.next(), journal, clock)
            .start(plan, HERE, "op1");

    assertThat(came).isEqualTo(new Start.Refused(List.of("INC-1 imports")));
    assertThat(streams.find(OneStream.PLAN).orElseThrow().wanted()).isFalse();
  }

  @Test
  void triesABlockedOneAgain() {
    var unused = start(HERE);
    runs(State.BLOCKED, "app.orders: it has triggers");
    assertThat(says()).contains("it has triggers", "start it from 0-2-100");

    assertThat(start(HERE)).isInstanceOf(Start.Started.class);

    assertThat(state()).isEqualTo(State.WAITING);
    assertThat(journal.read(new RunKey("reverse-stream-shop"))).hasSize(2);
  }

  @Test
  void goesOnBehindWhatBlockedIt() {
    var unused = start(HERE);
    runs(State.BLOCKED, "a statement");

    assertThat(start(BEHIND)).isInstanceOf(Start.Started.class);
    assertThat(streams.find(OneStream.PLAN).orElseThrow().order().from()).isEqualTo(BEHIND);
  }

  @Test
  void beginsNoSecondOneBesideOneThatIsWanted() {
    var unused = start(HERE);

    assertThat(refused(BEHIND)).contains("from 0-2-100 is wanted (waiting)", "stop it first");
  }

  @Test
  void waitsUntilNobodyCanWriteForTheOneBefore() {
    var unused = start(HERE);
    runs(State.RUNNING, "");
    streams.stop(OneStream.PLAN);
    assertThat(says()).contains("node-1 may write for it until");
    assertThat(refused(BEHIND)).contains("node-1 may still write for it until");

    clock.advance(Duration.ofSeconds(10));

    assertThat(start(BEHIND)).isInstanceOf(Start.Started.class);
  }

  @Test
  void losesNoChangeThatStillWaitsForADecision() {
    var unused = start(HERE);
    streams.stop(OneStream.PLAN);
    held = FakeConflicts.of(2);

    assertThat(refused(BEHIND)).contains("2 changes that the stream from 0-2-100 holds");
  }

  @Test
  void saysThatNobodyRunsItWhenItsRepliDied() {
    var unused = start(HERE);
    runs(State.RUNNING, "");
    assertThat(says()).contains("It runs on Repli node-1");

    clock.advance(Duration.ofSeconds(11));

    assertThat(says()).contains("No Repli runs it now");
  }
}
