package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Databases;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MySQL as the source of MariaDB: replication there, Repli's own stream back. */
class StreamedSwitchTest {
  @TempDir private Path directory;
  private SwitchLab lab;
  private final FakeStream stream = new FakeStream();

  /** Answers as the test says, and remembers what was asked of it. */
  private final class FakeStream implements StandingStream {
    final List<Position> started = new ArrayList<>();
    final List<Position> waited = new ArrayList<>();
    boolean runs;
    String refusal = "";
    LeftOut left = new LeftOut(0, 0);

    /** From this wait on it is late. */
    int lateFrom = Integer.MAX_VALUE;

    @Override
    public void start(Plan plan, Position from) {
      if (!refusal.isEmpty()) {
        throw new IllegalStateException(refusal);
      }
      started.add(from);
      runs = true;
    }

    @Override
    public CatchUp waitFor(Plan plan, Position position, Duration atMost) {
      waited.add(position);
      return !runs || waited.size() >= lateFrom
          ? new CatchUp.NotReached("the stream is late")
          : new CatchUp.Reached(Duration.ofMillis(20));
    }

    @Override
    public LeftOut leftOut(Plan plan) {
      return left;
    }

    @Override
    public void end(Plan plan) {
      assertThat(runs && lab.database.target().replication().configured())
          .as("the target follows only when nothing streams any more")
          .isFalse();
      runs = false;
    }
  }

  @BeforeEach
  void makeLab() {
    lab = new SwitchLab(FakeRoute.holding(Node.Role.SOURCE), Node.Kind.MYSQL, directory);
    lab.database.writerIs(Node.Role.SOURCE);
    lab.violations.clear();
    lab.database.source().writeRegardless("client", "order-1");
  }

  private WriterSwitch repli() {
    return lab.writerSwitch(
        new RealSwitchPorts(
            new Databases(List.of(lab.database, lab.database.asMySql())),
            new Routes(List.of(lab.route)),
            lab.journal,
            Carrier.NONE,
            stream));
  }

  private SwitchRequest there() {
    SwitchRequest back = lab.request("there");
    return new SwitchRequest("there", back.run(), back.plan(), Direction.TO_TARGET);
  }

  private void writerIsTheTarget() {
    assertThat(SwitchDriver.walk(repli(), there())).isEqualTo(End.MOVED);
    assertThat(repli().reverse(there(), false)).isInstanceOf(PhaseResult.Done.class);
    lab.clientWrites();
  }

  @Test
  void startsTheStreamAtThePositionAtWhichTheTargetWasOpened() {
    WriterSwitch repli = repli();
    assertThat(SwitchDriver.walk(repli, there())).isEqualTo(End.MOVED);
    lab.clientWrites();
    assertThat(stream.started).isEmpty();

    assertThat(repli.reverse(there(), false)).isInstanceOf(PhaseResult.Done.class);

    assertThat(stream.started).containsExactly(new Position(Position.Kind.MARIADB_GTID, "0-1-1"));
    assertThat(stream.waited.get(stream.waited.size() - 1).value()).isEqualTo("0-2-2");
    assertThat(lab.database.source().replication().configured()).isFalse();
    assertThat(lab.database.target().replication().configured()).isFalse();
  }

  @Test
  void startsTheVerySameStreamAfterRepliWasKilledInBetween() {
    assertThat(SwitchDriver.walk(repli(), there())).isEqualTo(End.MOVED);
    lab.endAllSessions();
    lab.clientWrites();

    assertThat(repli().reverse(there(), false)).isInstanceOf(PhaseResult.Done.class);
    lab.endAllSessions();
    assertThat(repli().reverse(there(), false)).isInstanceOf(PhaseResult.Done.class);

    assertThat(stream.started).hasSize(2).allMatch(from -> from.value().equals("0-1-1"));
  }

  @Test
  void asksPeopleWhenTheStreamDoesNotStart() {
    WriterSwitch repli = repli();
    assertThat(SwitchDriver.walk(repli, there())).isEqualTo(End.MOVED);
    stream.refusal = "the source replicates";

    assertThat(repli.reverse(there(), false))
        .isInstanceOfSatisfying(
            PhaseResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("the source replicates"));
  }

  @Test
  void goesBackByTheStreamAndThenFollowsTheSourceFromItsOwnLog() {
    writerIsTheTarget();
    WriterSwitch repli = repli();

    assertThat(SwitchDriver.walk(repli, lab.request("back"))).isEqualTo(End.MOVED);
    assertThat(lab.database.source().accepts()).isTrue();
    assertThat(lab.database.target().accepts()).isFalse();
    assertThat(repli.reverse(lab.request("back"), false)).isInstanceOf(PhaseResult.Done.class);

    assertThat(stream.runs).isFalse();
    assertThat(leftOut()).isEmpty();
    assertThat(lab.database.target().replication().running()).isTrue();
    assertThat(lab.violations).isEmpty();
  }

  @Test
  void countsInTheJournalWhatTheStreamLeftOut() {
    writerIsTheTarget();
    stream.left = new StandingStream.LeftOut(4, 1);
    WriterSwitch repli = repli();

    assertThat(SwitchDriver.walk(repli, lab.request("back"))).isEqualTo(End.MOVED);
    assertThat(repli.reverse(lab.request("back"), false)).isInstanceOf(PhaseResult.Done.class);

    assertThat(leftOut()).hasValue(Map.of("abandoned", "4", "deadLettered", "1"));
  }

  private Optional<Map<String, String>> leftOut() {
    return lab.journal
        .newestMilestone(lab.request("back").run(), SwitchMilestones.STREAM_LEFT_OUT)
        .map(entry -> ((Milestone) entry.evidence()).facts());
  }

  @Test
  void startsWhatIsSetUpAfterRepliWasKilledBeforeStartingIt() {
    writerIsTheTarget();
    assertThat(SwitchDriver.walk(repli(), lab.request("back"))).isEqualTo(End.MOVED);
    stream.end(lab.plan);
    lab.database.target().replication().from(lab.database.source());
    lab.database.target().replication().breakWith("");
    lab.endAllSessions();

    assertThat(repli().reverse(lab.request("back"), false)).isInstanceOf(PhaseResult.Done.class);

    assertThat(lab.database.target().replication().running()).isTrue();
    assertThat(lab.violations).isEmpty();
  }

  @Test
  void refusesToGoBackWhileTheStreamIsDown() {
    writerIsTheTarget();
    stream.runs = false;

    assertThat(SwitchDriver.walk(repli(), lab.request("back"))).isEqualTo(End.REFUSED);
    assertThat(lab.database.target().accepts()).isTrue();
    assertThat(lab.database.source().accepts()).isFalse();
  }

  @Test
  void opensTheTargetAgainWhenTheStreamIsLateBehindTheFence() {
    writerIsTheTarget();
    WriterSwitch repli = repli();
    assertThat(repli.prepare(lab.request("back"), false)).isInstanceOf(Preparation.Ready.class);
    // the gate is the next wait, the mark the one after it
    stream.lateFrom = stream.waited.size() + 2;

    assertThat(SwitchDriver.fromArm(repli, "back")).isEqualTo(End.UNDONE);
    assertThat(lab.database.target().accepts()).isTrue();
    assertThat(lab.database.source().accepts()).isFalse();
    assertThat(stream.runs).as("it goes on").isTrue();
  }

  @Test
  void saysInADryRunWhatItWouldDoWithTheStream() {
    assertThat(new PlannedStream((node, words) -> said.add(words)).waitFor(lab.plan, FROM, LONG))
        .isInstanceOf(CatchUp.Reached.class);
    new PlannedStream((node, words) -> said.add(words)).start(lab.plan, FROM);
    new PlannedStream((node, words) -> said.add(words)).end(lab.plan);

    assertThat(said).hasSize(2).first().asString().contains("0-2-7");
    assertThat(stream.started).isEmpty();
  }

  private static final Position FROM = new Position(Position.Kind.MARIADB_GTID, "0-2-7");
  private static final Duration LONG = Duration.ofSeconds(30);
  private final List<String> said = new ArrayList<>();
}
