package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeNode;
import dev.repli.plan.Node;
import dev.repli.route.FakeRoute;
import dev.repli.route.RouteAct;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every phase × before and after × what can happen there, alone and two in a row: Repli killed, a
 * node killed, a method of a node that fails, one whose answer is lost, a route that fails.
 * Whatever happens, no acknowledged write is lost, never do two nodes accept writes, and it ends
 * moved, undone or held.
 */
class WriterSwitchFaultsTest {
  private static final List<String> METHODS =
      List.of(
          "takeCommand",
          "look",
          "replication",
          "position",
          "waitFor",
          "armDeadMan",
          "cancelDeadMan",
          "fence",
          "open",
          "events",
          "enableEvents",
          "openTransactions",
          "isFenced",
          "holdsCommand",
          "stopReplication",
          "endApplicationSessions",
          "persistFence");

  @TempDir static Path directory;

  /** Stands for the end of the process: nothing of Repli runs after it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Something that happens once at one place. */
  private record Fault(
      String name, Phase phase, boolean before, java.util.function.Consumer<SwitchLab> what) {
    @Override
    public String toString() {
      return name + (before ? " before " : " after ") + phase;
    }
  }

  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      if (phase == Phase.REVERSE || phase == Phase.LEDGER) {
        continue;
      }
      for (boolean before : new boolean[] {true, false}) {
        faults.add(new Fault("Repli killed", phase, before, lab -> kill()));
        faults.add(
            new Fault("new writer killed", phase, before, lab -> lab.database.source().crash()));
        faults.add(
            new Fault("old writer killed", phase, before, lab -> lab.database.target().crash()));
        faults.add(new Fault("sessions cut", phase, before, WriterSwitchFaultsTest::cut));
        faults.add(
            new Fault("frozen for twice the lease", phase, before, WriterSwitchFaultsTest::freeze));
        for (RouteAct act : RouteAct.values()) {
          faults.add(
              new Fault("route fails to " + act, phase, before, lab -> lab.route.failNext(act, 1)));
        }
      }
      for (String method : METHODS) {
        for (Node.Role role : Node.Role.values()) {
          faults.add(
              new Fault(
                  method + " fails on " + role,
                  phase,
                  true,
                  lab -> node(lab, role).failOn(method)));
          faults.add(
              new Fault(
                  method + " unanswered on " + role,
                  phase,
                  true,
                  lab -> node(lab, role).loseAnswerOf(method)));
        }
      }
    }
    return faults;
  }

  private static FakeNode node(SwitchLab lab, Node.Role role) {
    return lab.database.node(role);
  }

  private static void kill() {
    throw new Killed();
  }

  private static void cut(SwitchLab lab) {
    lab.database.source().endAllSessions();
    lab.database.target().endAllSessions();
  }

  /** The servers end idle sessions after the lease, and the dead-man's switch fires. */
  private static void freeze(SwitchLab lab) {
    lab.time.advance(SwitchLab.LEASE);
    cut(lab);
    lab.time.advance(SwitchLab.LEASE);
  }

  static Stream<Fault> alone() {
    return faults().stream();
  }

  /** What ends or stops a process; pairs of these, the rest is dense enough alone. */
  static Stream<Fault> stops() {
    return faults().stream()
        .filter(f -> f.name().contains("killed") || f.name().contains("frozen"));
  }

  @ParameterizedTest
  @MethodSource("alone")
  void survives(Fault fault) {
    run(List.of(fault), FakeRoute.holding(Node.Role.TARGET), Duration.ZERO);
    run(List.of(fault), FakeRoute.cutting(Node.Role.TARGET), SwitchLab.LEASE.multipliedBy(2));
  }

  @ParameterizedTest
  @MethodSource("stops")
  void survivesASecondOne(Fault first) {
    stops()
        .forEach(
            second ->
                run(List.of(first, second), FakeRoute.cutting(Node.Role.TARGET), Duration.ZERO));
  }

  private void run(List<Fault> faults, FakeRoute route, Duration untilSuccessor) {
    SwitchLab lab = new SwitchLab(route, directory);
    List<Fault> pending = new ArrayList<>(faults);
    SwitchObserver observer = observer(lab, pending);
    End end = End.HELD;
    for (int commander = 0; commander < 6 && end == End.HELD; commander++) {
      end = walk(lab, observer);
      lab.time.advance(untilSuccessor);
      lab.clientWrites();
      Stream.of(lab.database.source(), lab.database.target())
          .filter(FakeNode::down)
          .forEach(FakeNode::restart);
      lab.clientWrites();
    }
    lab.clientWrites();
    assertThat(end).as("end after %s", faults).isNotEqualTo(End.HELD);
    assertThat(lab.violations).as("two writers after %s", faults).isEmpty();
    assertThat(lab.lost()).as("lost after %s", faults).isEmpty();
    assertThat(lab.writer().accepts()).as("somebody accepts writes after %s", faults).isTrue();
    assertThat(lab.writer().node().role())
        .isEqualTo(end == End.MOVED ? Node.Role.SOURCE : Node.Role.TARGET);
    assertThat(lab.route.whoAnswers()).contains(lab.writer().node().role());
    assertThat(lab.database.target().deadManArmed()).as("dead-man's switch left behind").isFalse();
  }

  private static End walk(SwitchLab lab, SwitchObserver observer) {
    try {
      return SwitchDriver.walk(lab.writerSwitch(observer, "this"), lab.request("s1"));
    } catch (Killed killed) {
      cut(lab);
      return End.HELD;
    }
  }

  private static SwitchObserver observer(SwitchLab lab, List<Fault> pending) {
    return new SwitchObserver() {
      @Override
      public void before(SwitchRequest request, Phase phase) {
        lab.clientWrites();
        happen(phase, true);
      }

      @Override
      public void after(SwitchRequest request, Phase phase) {
        happen(phase, false);
        lab.clientWrites();
      }

      private void happen(Phase phase, boolean before) {
        if (!pending.isEmpty()
            && pending.get(0).phase() == phase
            && pending.get(0).before() == before) {
          pending.remove(0).what().accept(lab);
        }
      }
    };
  }
}
