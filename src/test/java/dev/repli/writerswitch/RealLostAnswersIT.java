package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.lab.LossyLink;
import dev.repli.lab.LossyLink.Loss;
import dev.repli.lab.PlanLinks;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.SwitchTopology;
import dev.repli.lab.WriterSampler;
import dev.repli.plan.Node;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In every phase a statement reaches its server and the answer gets lost, because the connection is
 * cut or goes silent. Judged, as {@link RealFaultsIT}, by a client's log and by a sampler that
 * writes on each node. The same Repli goes on all the time; each case starts from where the one
 * before it left the writer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealLostAnswersIT {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final String BUDGETS = "  lease: 5s\n  gateWait: 2s\n  gate: 1s\n";

  /** Who is asked. */
  enum Asked {
    OLD_WRITER,
    NEW_WRITER,
    ROUTE
  }

  /** The answer to the first such statement after a phase has begun is lost. */
  record Lost(Phase phase, Asked asked, String statement, Loss loss) {
    @Override
    public String toString() {
      return loss + " in " + phase + " at " + asked + " after " + statement;
    }
  }

  @TempDir static Path directory;
  private volatile SwitchObserver watching = SwitchObserver.NONE;
  private SwitchTopology topology;
  private PlanLinks links;
  private SwitchContext repli;
  private Node.Role writer = Node.Role.TARGET;
  private int number;

  @BeforeAll
  void start() {
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology = SwitchTopology.start(directory.resolve("lab"), maria, maria, BUDGETS);
    links = PlanLinks.through(topology, directory.resolve("plans"));
    repli = SwitchContext.start(links.plans(), directory.resolve("data"), observer());
    topology.write(200);
  }

  private SwitchObserver observer() {
    return new SwitchObserver() {
      @Override
      public void before(SwitchRequest request, Phase phase) {
        watching.before(request, phase);
      }
    };
  }

  @AfterAll
  void stop() {
    repli.close();
    links.close();
    topology.close();
  }

  static Stream<Lost> answers() {
    return Stream.concat(
        cuts(),
        Stream.of(
            silent(Phase.PREPARE, Asked.NEW_WRITER, "DO GET_LOCK("),
            silent(Phase.ARM, Asked.OLD_WRITER, "SELECT GET_LOCK("),
            silent(Phase.HOLD, Asked.NEW_WRITER, "MASTER_GTID_WAIT"),
            silent(Phase.FENCE, Asked.OLD_WRITER, "SET GLOBAL read_only = ON"),
            silent(Phase.FENCE, Asked.OLD_WRITER, "SELECT @@GLOBAL.read_only"),
            silent(Phase.CATCH_UP, Asked.NEW_WRITER, "MASTER_GTID_WAIT"),
            silent(Phase.SEAL, Asked.OLD_WRITER, "KILL "),
            silent(Phase.SEAL, Asked.NEW_WRITER, "IS_USED_LOCK"),
            silent(Phase.OPEN, Asked.NEW_WRITER, "STOP SLAVE"),
            silent(Phase.OPEN, Asked.NEW_WRITER, "SET GLOBAL read_only = OFF"),
            silent(Phase.ROUTE, Asked.ROUTE, "state maint"),
            silent(Phase.ROUTE, Asked.OLD_WRITER, "KILL "),
            new Lost(Phase.ARM, Asked.OLD_WRITER, "BEGIN NOT ATOMIC", Loss.CUT_AT_ONCE),
            new Lost(Phase.FENCE, Asked.OLD_WRITER, "SET GLOBAL read_only = ON", Loss.CUT_AT_ONCE),
            new Lost(
                Phase.OPEN, Asked.NEW_WRITER, "SET GLOBAL read_only = OFF", Loss.CUT_AT_ONCE)));
  }

  private static Stream<Lost> cuts() {
    return Stream.of(
        cut(Phase.PREPARE, Asked.OLD_WRITER, "DO GET_LOCK("),
        cut(Phase.PREPARE, Asked.NEW_WRITER, "DO GET_LOCK("),
        cut(Phase.ARM, Asked.OLD_WRITER, "SELECT GET_LOCK("),
        cut(Phase.ARM, Asked.OLD_WRITER, "User sleep"),
        cut(Phase.HOLD, Asked.OLD_WRITER, "gtid_binlog_pos"),
        cut(Phase.HOLD, Asked.NEW_WRITER, "MASTER_GTID_WAIT"),
        cut(Phase.FENCE, Asked.OLD_WRITER, "SET GLOBAL read_only = ON"),
        cut(Phase.FENCE, Asked.OLD_WRITER, "SELECT @@GLOBAL.read_only"),
        cut(Phase.MARK, Asked.OLD_WRITER, "gtid_binlog_pos"),
        cut(Phase.CATCH_UP, Asked.NEW_WRITER, "MASTER_GTID_WAIT"),
        cut(Phase.SEAL, Asked.OLD_WRITER, "KILL "),
        cut(Phase.SEAL, Asked.OLD_WRITER, "SELECT @@GLOBAL.read_only"),
        cut(Phase.SEAL, Asked.NEW_WRITER, "IS_USED_LOCK"),
        cut(Phase.OPEN, Asked.NEW_WRITER, "MASTER_GTID_WAIT"),
        cut(Phase.OPEN, Asked.NEW_WRITER, "STOP SLAVE"),
        cut(Phase.OPEN, Asked.NEW_WRITER, "SET GLOBAL read_only = OFF"),
        cut(Phase.ROUTE, Asked.ROUTE, "state ready"),
        cut(Phase.ROUTE, Asked.ROUTE, "state maint"),
        cut(Phase.ROUTE, Asked.ROUTE, "shutdown sessions"),
        cut(Phase.ROUTE, Asked.OLD_WRITER, "KILL "),
        cut(Phase.VERIFY, Asked.ROUTE, "show stat"),
        cut(Phase.VERIFY, Asked.OLD_WRITER, "INSERT INTO repli_probe"));
  }

  private static Lost cut(Phase phase, Asked asked, String statement) {
    return new Lost(phase, asked, statement, Loss.CUT);
  }

  private static Lost silent(Phase phase, Asked asked, String statement) {
    return new Lost(phase, asked, statement, Loss.SILENCE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void endsSafelyWhenAnAnswerIsLost(Lost lost) {
    untilLost(
        () ->
            losing(
                lost.phase,
                Map.of(lost.asked, lost),
                ends -> assertThat(ends.get(0)).as("first end").isIn(allowed(lost.phase))));
  }

  /** On a machine that is too slow for the lease a switch is undone before it comes so far. */
  private static void untilLost(BooleanSupplier trial) {
    int trials = 1;
    while (!trial.getAsBoolean()) {
      assertThat(trials++).as("the switch never came so far, trials").isLessThan(5);
    }
  }

  /** One switch; whether all these answers were lost. Judged in any case. */
  private boolean losing(Phase from, Map<Asked, Lost> losses, Consumer<List<End>> expected) {
    Map<LossyLink, Lost> links = new HashMap<>();
    losses.forEach((asked, lost) -> links.put(link(asked), lost));
    try (WriterSampler sampler = WriterSampler.start(topology, writer)) {
      watching =
          new FaultAt(
              from,
              true,
              () -> links.forEach((link, lost) -> link.loseAnswerTo(lost.statement, lost.loss)));
      List<End> ends = finish("lost" + ++number);
      boolean all =
          links.keySet().stream().map(LossyLink::hasLost).reduce(true, Boolean::logicalAnd);
      if (all) {
        expected.accept(ends);
      }
      judge(sampler, ends);
      return all;
    }
  }

  /** Afterwards there is only forward, and one lost answer is no reason to wait for people. */
  private static List<End> allowed(Phase phase) {
    if (phase == Phase.PREPARE) {
      return List.of(End.REFUSED);
    }
    return phase.compareTo(Phase.POINT_OF_NO_RETURN) < 0
        ? List.of(End.UNDONE, End.MOVED)
        : List.of(End.MOVED);
  }

  @ParameterizedTest(name = "CATCH_UP fails, and in undoing it: {0}")
  @MethodSource("undoing")
  void endsSafelyWhenUndoingIsNotAnswered(Lost lost) {
    Lost first = cut(Phase.CATCH_UP, Asked.NEW_WRITER, "MASTER_GTID_WAIT");
    untilLost(
        () ->
            losing(
                Phase.CATCH_UP,
                Map.of(Asked.NEW_WRITER, first, Asked.OLD_WRITER, lost),
                ends -> assertThat(ends).containsExactly(End.UNDONE)));
  }

  static Stream<Lost> undoing() {
    return Stream.of(
        new Lost(Phase.CATCH_UP, Asked.OLD_WRITER, "SET GLOBAL read_only = OFF", Loss.CUT),
        new Lost(Phase.CATCH_UP, Asked.OLD_WRITER, "SET GLOBAL read_only = OFF", Loss.SILENCE),
        new Lost(Phase.CATCH_UP, Asked.OLD_WRITER, "KILL ", Loss.CUT),
        new Lost(Phase.CATCH_UP, Asked.OLD_WRITER, "INSERT INTO repli_probe", Loss.CUT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("back")
  void replicatesBackWhenAnAnswerIsLostAndItIsTriedAgain(Lost lost) {
    untilLost(
        () ->
            losing(
                Phase.REVERSE,
                Map.of(lost.asked, lost),
                ends -> assertThat(ends).containsExactly(End.MOVED)));
  }

  static Stream<Lost> back() {
    return Stream.of(
        cut(Phase.REVERSE, Asked.NEW_WRITER, "STOP SLAVE"),
        cut(Phase.REVERSE, Asked.NEW_WRITER, "RESET SLAVE ALL"),
        cut(Phase.REVERSE, Asked.OLD_WRITER, "CHANGE MASTER TO"),
        cut(Phase.REVERSE, Asked.OLD_WRITER, "START SLAVE"));
  }

  private LossyLink link(Asked asked) {
    return switch (asked) {
      case ROUTE -> links.route();
      case OLD_WRITER -> links.to(writer);
      case NEW_WRITER -> links.to(other(writer));
    };
  }

  /** One walk, and what the people's "try again" does until the switch has ended. */
  private List<End> finish(String switchId) {
    SwitchRequest request =
        repli.request(
            topology,
            switchId,
            writer == Node.Role.TARGET ? Direction.TO_SOURCE : Direction.TO_TARGET);
    List<End> ends = new ArrayList<>();
    End end = SwitchDriver.walk(repli.writerSwitch(), request);
    ends.add(end);
    while (end == End.HELD && ends.size() < 5) {
      end = SwitchDriver.walk(repli.writerSwitch(), request);
      ends.add(end);
    }
    assertThat(end).as(() -> Journals.text(repli, request)).isNotEqualTo(End.HELD);
    if (end == End.MOVED) {
      boolean done = repli.writerSwitch().reverse(request, false) instanceof PhaseResult.Done;
      assertThat(done || repli.writerSwitch().reverse(request, false) instanceof PhaseResult.Done)
          .as(() -> "reverse replication: " + Journals.text(repli, request))
          .isTrue();
    }
    return ends;
  }

  private void judge(WriterSampler sampler, List<End> ends) {
    boolean moved = ends.get(ends.size() - 1) == End.MOVED;
    Node.Role now = moved ? other(writer) : writer;
    Stream.of(Node.Role.values())
        .forEach(role -> assertThat(armed(role)).as("dead-man's switch left behind").isZero());
    await().atMost(Duration.ofSeconds(10)).until(() -> sampler.accepts(now, 500));
    int acknowledged = topology.acknowledged();
    await().atMost(Duration.ofSeconds(20)).until(() -> topology.acknowledged() > acknowledged + 20);
    assertThat(sampler.changesOfWriter()).as("changes of writer").isEqualTo(moved ? 1 : 0);
    SwitchTopology.Verdict verdict = topology.compare(now);
    assertThat(verdict.lost()).as("lost").isZero();
    assertThat(verdict.duplicated()).as("duplicated").isZero();
    assertThat(sampler.longestWithoutWriterMillis())
        .as("longest time without a writer")
        .isLessThan(LEASE.plusSeconds(1).toMillis());
    writer = now;
    await().atMost(Duration.ofSeconds(30)).until(() -> topology.follows(other(writer)));
  }

  private long armed(Node.Role role) {
    try (Connection admin = topology.node(role).admin();
        Statement statement = admin.createStatement();
        ResultSet sleeping =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.processlist"
                    + " WHERE state = 'User sleep'")) {
      sleeping.next();
      return sleeping.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Node.Role other(Node.Role role) {
    return role == Node.Role.SOURCE ? Node.Role.TARGET : Node.Role.SOURCE;
  }
}
