package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeNode;
import dev.repli.plan.Node;
import dev.repli.route.FakeRoute;
import dev.repli.writerswitch.BuggyPorts.Bug;
import dev.repli.writerswitch.FaultyPorts.Fault;
import dev.repli.writerswitch.FaultyPorts.Killed;
import dev.repli.writerswitch.FaultyPorts.Kind;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real code of the switch on fakes with virtual time: every call it makes × everything that can
 * happen there, every pair of a kill or a lost answer, and seeded cases with up to four faults. And
 * the checkers: each planted bug has to be found.
 */
class EveryCallTest {
  /** Most that a switch and its successors may need until they have ended. */
  private static final int COMMANDERS = 8;

  private static final int SEEDS = 1500;
  private static final int LATEST = 120;
  private static final List<Kind> IN_PAIRS = List.of(Kind.KILLED, Kind.ANSWER_LOST);

  @TempDir static Path directory;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void survivesItAtEveryCall(Kind kind) {
    int call = 0;
    Case last;
    do {
      call++;
      last = new Case(List.of(new Fault(call, kind)));
      assertThat(last.violations()).as(last.toString()).isEmpty();
    } while (last.allHappened());
    assertThat(call).as("calls of a switch").isGreaterThan(40);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"KILLED", "ANSWER_LOST"})
  void survivesEveryPair(Kind first) {
    int one = 0;
    boolean reached = true;
    while (reached) {
      one++;
      for (Kind second : IN_PAIRS) {
        int two = one;
        Case last;
        do {
          two++;
          last = new Case(List.of(new Fault(one, first), new Fault(two, second)));
          assertThat(last.violations()).as(last.toString()).isEmpty();
        } while (last.allHappened());
        reached = two > one + 1 || last.happened(0);
      }
    }
  }

  @Test
  void survivesUpToFourOfAnyKind() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<Fault> faults =
          random
              .ints(2L + random.nextInt(3), 1, LATEST)
              .distinct()
              .sorted()
              .mapToObj(call -> new Fault(call, any(random)))
              .toList();
      Case now = new Case(faults);
      assertThat(now.violations()).as("seed %d: %s", seed, now).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Bug.class)
  void aPlantedBugIsFound(Bug bug) {
    assertThat(firstViolation(lab -> new BuggyPorts(lab, lab.ports(), bug))).isPresent();
  }

  @Test
  void whatIsFoundIsTheBug() {
    assertThat(firstViolation(SwitchLab::ports)).isEmpty();
  }

  /** With a replica that is a little behind. */
  private static Optional<String> firstViolation(Function<SwitchLab, SwitchPorts> ports) {
    for (int call = 1; call < LATEST; call++) {
      for (Kind kind : Kind.values()) {
        Case now = new Case(List.of(new Fault(call, kind)), ports);
        now.lab.database.source().replication().delay(Duration.ofMillis(2));
        List<String> violations = now.violations();
        if (!violations.isEmpty()) {
          return Optional.of(now + ": " + violations);
        }
      }
    }
    return Optional.empty();
  }

  private static Kind any(Random random) {
    List<Kind> kinds = List.of(Kind.values());
    return kinds.get(random.nextInt(kinds.size()));
  }

  /** One switch with its faults, followed until it has ended. */
  private static final class Case {
    private final List<Fault> faults;
    private final SwitchLab lab = new SwitchLab(FakeRoute.cutting(Node.Role.TARGET), directory);
    private final FaultyPorts ports;
    private final List<String> ends = new ArrayList<>();

    Case(List<Fault> faults) {
      this(faults, SwitchLab::ports);
    }

    /**
     * @param faults by call
     */
    Case(List<Fault> faults, Function<SwitchLab, SwitchPorts> ports) {
      this.faults = faults;
      this.ports = new FaultyPorts(lab, ports.apply(lab), faults);
    }

    boolean allHappened() {
      return ports.allHappened();
    }

    boolean happened(int index) {
      return faults.get(index).call() <= ports.calls().size();
    }

    List<String> violations() {
      End end = End.HELD;
      for (int commander = 0; commander < COMMANDERS && end == End.HELD; commander++) {
        end = walk();
        lab.time.advance(SwitchLab.LEASE.dividedBy(2));
        lab.clientWrites();
        restartDead();
        lab.clientWrites();
      }
      // a dead-man's switch that was left armed shows now
      lab.time.advance(SwitchLab.LEASE.multipliedBy(2));
      lab.clientWrites();
      return judge(end);
    }

    private End walk() {
      try {
        End end = SwitchDriver.walk(lab.writerSwitch(ports), lab.request("s1"));
        ends.add(end.name());
        return end;
      } catch (Killed killed) {
        lab.endAllSessions();
        ends.add("killed");
      } catch (RuntimeException jobFailed) {
        lab.endAllSessions();
        ends.add("job failed: " + jobFailed.getMessage());
      }
      return End.HELD;
    }

    private void restartDead() {
      Stream.of(lab.database.source(), lab.database.target())
          .filter(FakeNode::down)
          .forEach(FakeNode::restart);
    }

    private List<String> judge(End end) {
      List<String> found = new ArrayList<>(lab.violations);
      lab.lost().forEach(id -> found.add("lost " + id));
      Node.Role writer = lab.writer().node().role();
      if (!lab.writer().accepts()) {
        found.add("nobody accepts writes");
      }
      if (end == End.HELD) {
        found.add("still held");
      } else if (writer != (end == End.MOVED ? Node.Role.SOURCE : Node.Role.TARGET)) {
        found.add("says " + end + ", but the writer is the " + writer);
      }
      if (!lab.route.whoAnswers().equals(Optional.of(writer))) {
        found.add("the route leads to " + lab.route.whoAnswers());
      }
      return found;
    }

    @Override
    public String toString() {
      return faults.stream().map(this::described).toList() + " ended " + ends;
    }

    private String described(Fault fault) {
      return fault.kind()
          + " at "
          + (fault.call() <= ports.calls().size()
              ? fault.call() + " " + ports.calls().get(fault.call() - 1)
              : "no call");
    }
  }
}
