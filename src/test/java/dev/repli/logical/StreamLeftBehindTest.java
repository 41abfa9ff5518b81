package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.OneStream;
import dev.repli.delta.stream.OrderStream;
import dev.repli.delta.stream.StreamObjections;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.JournalEntry;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.SwitchMilestones;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamLeftBehindTest {
  private static final RunKey RUN = new RunKey("INC-1");
  private static final RunKey LATER = new RunKey("INC-2");
  private static final Position FROM = gtid("0-2-100");
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private final InMemoryJournal journal = new InMemoryJournal();
  private final OneStream streams = new OneStream();
  private final CarriedJournal carried = new CarriedJournal(journal, time);
  private final Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));

  private static Position gtid(String text) {
    return new Position(Position.Kind.MARIADB_GTID, text);
  }

  @BeforeEach
  void cutOver() {
    database.writerIs(Node.Role.TARGET);
  }

  private void streamStopped() {
    carried.streamStopped(RUN, new StreamOrder(plan.id(), OrderStream.idOf(plan.id(), FROM), FROM));
  }

  private StreamLeftBehind left(List<String> objections) {
    return left(any -> objections);
  }

  private StreamLeftBehind left(StreamObjections objections) {
    CutoverMark mark = new CutoverMark(FixedRuns::new, journal);
    return new StreamLeftBehind(journal, order(objections), new EarlierImports(mark, carried));
  }

  private OrderStream order(StreamObjections objections) {
    return new OrderStream(streams, FakeConflicts.of(0), objections, journal, time);
  }

  private NodeSession source() {
    return database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE);
  }

  private Milestone mend(List<String> objections, Earlier... imported) {
    return mend(List.of(RUN), objections, imported).orElseThrow();
  }

  /** What the newest of these runs says last. */
  private Optional<Milestone> mend(
      List<RunKey> runs, List<String> objections, Earlier... imported) {
    try (NodeSession source = source()) {
      left(objections).mend(plan, runs, source, List.of(imported));
    }
    return said(runs.get(0));
  }

  private Optional<Milestone> said(RunKey run) {
    return journal
        .newestMilestone(
            run, StreamLeftBehind.STARTED, StreamLeftBehind.LEFT, StreamLeftBehind.CLOSED)
        .map(JournalEntry::evidence)
        .map(Milestone.class::cast);
  }

  private Optional<Position> streamsFrom() {
    return streams.find(plan.id()).filter(KnownStream::wanted).map(known -> known.order().from());
  }

  private static Earlier imported(RunKey run, String at, long abandoned, long held) {
    return new Earlier(DeltaChoice.importOf(run), Optional.of(gtid(at)), abandoned, held, false);
  }

  @Test
  void goesOnAsTheVerySameStreamWhereNothingWasImported() {
    streamStopped();
    assertThat(mend(List.of()).name()).isEqualTo(StreamLeftBehind.STARTED);
    assertThat(streamsFrom()).contains(FROM);
  }

  @Test
  void goesOnBehindWhatTheRollbackHasImported() {
    streamStopped();
    assertThat(mend(List.of(), imported(RUN, "0-2-140", 0, 0)).text()).contains("runs again");
    assertThat(streamsFrom()).contains(gtid("0-2-140"));
  }

  @Test
  void goesOnBehindWhatALaterRollbackImportedThatFoundTheStreamStopped() {
    streamStopped();
    Optional<Milestone> said =
        mend(
            List.of(LATER, RUN),
            List.of(),
            imported(LATER, "0-2-180", 0, 0),
            imported(RUN, "0-2-140", 0, 0));
    assertThat(said.map(Milestone::name)).contains(StreamLeftBehind.STARTED);
    assertThat(streamsFrom()).contains(gtid("0-2-180"));
  }

  @Test
  void isLeftToPeopleWhereARollbackLeftSomethingOut() {
    streamStopped();
    Milestone told = mend(List.of(), imported(RUN, "0-2-140", 2, 1));
    assertThat(told.name()).isEqualTo(StreamLeftBehind.LEFT);
    assertThat(told.text()).contains("0-2-140", "2 changes abandoned", "1 changes held");
    assertThat(streamsFrom()).isEmpty();
  }

  @Test
  void isLeftToPeopleWhereTheDeltaItselfIsNotWhole() {
    streamStopped();
    carried.missing().say(RUN, "deletes are not in it", Map.of());
    assertThat(mend(List.of(), imported(RUN, "0-2-140", 0, 0)).text())
        .contains("stays stopped", "deletes are not in it");
    assertThat(streamsFrom()).isEmpty();
  }

  @Test
  void saysWhyItCannotStartAndWhatElseWhenMoreIsImported() {
    streamStopped();
    List<String> against = List.of("the target is not the writer");
    assertThat(mend(against).text())
        .contains("stays stopped: the target is not the writer", "Start it from 0-2-100");

    List<RunKey> both = List.of(LATER, RUN);
    assertThat(mend(both, List.of())).as("the last words still hold").isEmpty();
    assertThat(mend(both, List.of(), imported(LATER, "0-2-140", 0, 0)).orElseThrow().text())
        .contains("run INC-2 has imported more", "start it from 0-2-140");
    assertThat(streamsFrom()).as("people may have stopped it meanwhile").isEmpty();
  }

  /** It may answer in a moment: that is no reason to leave the stream to people. */
  @Test
  void isNotLeftToPeopleWhileANodeDoesNotAnswer() {
    streamStopped();
    NodeException silent =
        new NodeException(
            plan.target(), "connecting", "timed out", NodeException.Action.WAIT_AND_RETRY);
    StreamObjections unknown =
        any -> {
          throw silent;
        };
    try (NodeSession source = source()) {
      assertThatThrownBy(() -> left(unknown).mend(plan, List.of(RUN), source, List.of()))
          .isSameAs(silent);
    }
    assertThat(said(RUN)).isEmpty();
    assertThat(mend(List.of()).name()).isEqualTo(StreamLeftBehind.STARTED);
  }

  @Test
  void startsNoneWhereTheSourceIsTheWriterByNow() {
    streamStopped();
    database.writerIs(Node.Role.SOURCE);
    assertThat(mend(List.of()).text()).contains("accepts writes by now");
    assertThat(streamsFrom()).isEmpty();
  }

  @Test
  void closesTheFenceAgainAndStartsNoStreamThatDidNotRun() {
    carried.importsAdmitted(RUN, plan.source());
    try (NodeSession source = source()) {
      left(List.of()).close(plan, List.of(RUN), source);
    }
    assertThat(said(RUN).orElseThrow().text()).contains("super_read_only is on again");
    assertThat(LeftBehind.of(journal, List.of(RUN)).runs()).isEmpty();
    assertThat(streamsFrom()).isEmpty();
  }

  @Test
  void leavesTheFenceOpenForAStreamThatPeopleStartedMeanwhile() {
    carried.importsAdmitted(RUN, plan.source());
    assertThat(order(any -> List.of()).start(plan, FROM, "op1"))
        .isInstanceOf(OrderStream.Start.Started.class);
    try (NodeSession source = source()) {
      left(List.of()).close(plan, List.of(RUN), source);
    }
    assertThat(said(RUN)).isEmpty();
    assertThat(database.source().acts()).doesNotContain("fence");
    assertThat(journal.newestMilestone(RUN, StreamLeftBehind.KEPT_OPEN).orElseThrow().evidence())
        .asString()
        .contains("stays off", "0-2-100");
    assertThat(LeftBehind.of(journal, List.of(RUN)).runs()).as("said once").isEmpty();
  }

  @Test
  void opensTheFenceAgainForAStreamThatIsStartedWhileItCloses() {
    carried.importsAdmitted(RUN, plan.source());
    database
        .source()
        .before(
            "fence",
            () ->
                assertThat(order(any -> List.of()).start(plan, FROM, "op1"))
                    .isInstanceOf(OrderStream.Start.Started.class));
    try (NodeSession source = source()) {
      left(List.of()).close(plan, List.of(RUN), source);
    }
    assertThat(database.source().acts()).containsSubsequence("fence", "admitImports");
    assertThat(said(RUN)).isEmpty();
    assertThat(LeftBehind.of(journal, List.of(RUN)).runs()).isEmpty();
  }

  @Test
  void leavesTheFenceOpenForAStreamThatRunsAgain() {
    streamStopped();
    carried.importsAdmitted(RUN, plan.source());
    assertThat(LeftBehind.of(journal, List.of(RUN)).fence()).containsExactly(RUN);
    assertThat(mend(List.of()).name()).isEqualTo(StreamLeftBehind.STARTED);
    assertThat(LeftBehind.of(journal, List.of(RUN)).runs()).isEmpty();
  }

  @Test
  void leavesTheFenceOfASourceThatIsTheWriterByNow() {
    carried.importsAdmitted(RUN, plan.source());
    database.writerIs(Node.Role.SOURCE);
    try (NodeSession source = source()) {
      left(List.of()).close(plan, List.of(RUN), source);
      assertThat(source.look().readOnly()).isFalse();
    }
    assertThat(said(RUN)).isEmpty();
  }

  @Test
  void eachChangeIsLookedForInTheRunThatMadeItAndNotBehindASwitch() {
    streamStopped();
    carried.importsAdmitted(LATER, plan.source());
    LeftBehind left = LeftBehind.of(journal, List.of(LATER, RUN));
    assertThat(left.fence()).containsExactly(LATER);
    assertThat(left.stream()).containsExactly(LATER, RUN);
    assertThat(left.replication()).isEmpty();
    assertThat(left.runs()).containsExactly(LATER, RUN);

    journal.append(LATER, new Milestone(SwitchMilestones.POINT_OF_NO_RETURN, "passed", Map.of()));
    assertThat(LeftBehind.of(journal, List.of(LATER, RUN)).runs()).isEmpty();
  }

  @Test
  void noStreamStartsBesideARollbackThatImports() {
    FixedRuns runs = new FixedRuns();
    NoStreamBeside beside = new NoStreamBeside(() -> runs, journal);
    runs.with(RUN, "RollbackProcess", plan.id(), "op1", Optional.empty());
    assertThat(beside.to(plan)).isEmpty();
    new ChosenDelta(DeltaChoice.IMPORT, Map.of()).keep(journal, RUN, AskedTables.NONE);
    assertThat(beside.to(plan)).singleElement().asString().contains("INC-1", "imports the delta");
    FixedRuns over =
        new FixedRuns()
            .with(RUN, "RollbackProcess", plan.id(), "op1", Optional.of("Rollback aborted"));
    assertThat(new NoStreamBeside(() -> over, journal).to(plan)).isEmpty();
  }

  @Test
  void streamsSinceTheCutoverAreFoundByItsPlaceAndByTheJournal() {
    FixedRuns runs = new FixedRuns();
    CutoverMark mark = new CutoverMark(() -> runs, journal);
    OrderStream order = order(any -> List.of());
    assertThat(order.start(plan, gtid("0-2-9"), "op1"))
        .isInstanceOf(OrderStream.Start.Started.class);
    assertThat(mark.streamsSince(plan)).isEmpty();
    time.advance(Duration.ofMinutes(1));
    RunKey cutover = new RunKey("CUT-1");
    runs.with(cutover, "CutoverProcess", plan.id(), "op1", Optional.empty());
    journal.append(
        cutover,
        new Milestone(
            "POINT_OF_NO_RETURN",
            "passed",
            Map.of(
                "to",
                "TARGET",
                "position",
                "bin.1:4",
                "positionKind",
                "BINLOG_FILE",
                "opened",
                FROM.value(),
                "openedKind",
                "MARIADB_GTID")));
    ImportId own = OrderStream.idOf(plan.id(), FROM);
    assertThat(mark.streamsSince(plan)).containsExactly(own);
    assertThat(mark.newestStream(plan)).as("started before that cutover").isEmpty();
    assertThat(order.stop(plan.id(), "op1", "it does not keep up")).isPresent();
    assertThat(order.start(plan, gtid("0-2-140"), "op1"))
        .isInstanceOf(OrderStream.Start.Started.class);
    assertThat(mark.streamsSince(plan))
        .containsExactly(own, OrderStream.idOf(plan.id(), gtid("0-2-140")));
    assertThat(mark.newestStream(plan))
        .contains(
            new OrderStream.Begun(
                "op1", OrderStream.idOf(plan.id(), gtid("0-2-140")), gtid("0-2-140")));
  }
}
