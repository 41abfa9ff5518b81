package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.lab.ServerInstallation;
import dev.repli.lab.SwitchTopology;
import dev.repli.lab.WriterSampler;
import dev.repli.plan.Node;
import dev.repli.writerswitch.SwitchChild.Fate;
import dev.repli.writerswitch.SwitchDriver.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills and freezes in every phase on real servers. Judged by a client's log and by a sampler that
 * writes on each node; neither relies on what Repli says. Each case starts from where the one
 * before it left the writer, so both directions are covered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealFaultsIT {
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final String BUDGETS = "  lease: 3s\n  gateWait: 2s\n  gate: 50ms\n";
  private static final List<Phase> PHASES =
      List.of(
          Phase.PREPARE,
          Phase.ARM,
          Phase.HOLD,
          Phase.FENCE,
          Phase.MARK,
          Phase.CATCH_UP,
          Phase.SEAL,
          Phase.POINT_OF_NO_RETURN,
          Phase.OPEN,
          Phase.ROUTE,
          Phase.VERIFY);

  @TempDir static Path directory;
  private SwitchTopology topology;
  private Node.Role writer = Node.Role.TARGET;
  private int number;

  @BeforeAll
  void start() {
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology = SwitchTopology.start(directory.resolve("lab"), maria, maria, BUDGETS);
    topology.write(200);
  }

  @AfterAll
  void stop() {
    topology.close();
  }

  static Stream<Arguments> places() {
    return PHASES.stream()
        .flatMap(phase -> Stream.of(Arguments.of(phase, true), Arguments.of(phase, false)));
  }

  @ParameterizedTest(name = "Repli is killed at {0}, before: {1}")
  @MethodSource("places")
  void endsSafelyWhenRepliIsKilled(Phase phase, boolean before) {
    String switchId = "kill" + ++number;
    try (WriterSampler sampler = WriterSampler.start(topology, writer)) {
      Child child = child(switchId, phase, before, Fate.KILL);
      assertThat(child.await()).as(child::output).isEqualTo(137);
      judge(sampler, finish(switchId, SwitchObserver.NONE));
    }
  }

  @ParameterizedTest(name = "the new writer is killed at {0}, before: {1}")
  @MethodSource("places")
  void endsSafelyWhenTheNewWriterIsKilled(Phase phase, boolean before) {
    Node.Role newWriter = other(writer);
    try (WriterSampler sampler = WriterSampler.start(topology, writer)) {
      SwitchObserver killer = new FaultAt(phase, before, () -> topology.node(newWriter).kill());
      judge(sampler, finish("dead" + ++number, killer));
    }
  }

  @Test
  void aFrozenRepliChangesNothingAnyMoreWhenItWakesUp() {
    for (Phase phase : List.of(Phase.FENCE, Phase.CATCH_UP, Phase.SEAL)) {
      String switchId = "frozen" + ++number;
      try (WriterSampler sampler = WriterSampler.start(topology, writer)) {
        Child child = child(switchId, phase, false, Fate.FREEZE);
        await().atMost(Duration.ofSeconds(60)).until(child::isStopped);
        Duration twice = LEASE.multipliedBy(2);
        boolean sealed = phase == Phase.SEAL;
        await()
            .pollDelay(twice)
            .atMost(twice.plusSeconds(5))
            .until(() -> sealed || sampler.accepts(writer, 500));
        child.signal("CONT");
        assertThat(child.await()).as(child::output).isZero();
        assertThat(child.output()).contains("END=UNDONE");
        judge(sampler, End.UNDONE);
        if (!sealed) {
          assertThat(sampler.longestWithoutWriterMillis())
              .isLessThan(LEASE.plusSeconds(1).toMillis());
        }
      }
    }
  }

  @Test
  void aSecondRepliOnTheSamePlanDoesNothing() {
    String switchId = "second" + ++number;
    try (WriterSampler sampler = WriterSampler.start(topology, writer);
        SwitchContext foreign =
            SwitchContext.start(
                topology.plans(), directory.resolve("foreign"), SwitchObserver.NONE)) {
      List<End> ends = new ArrayList<>();
      SwitchObserver rival =
          new FaultAt(
              Phase.HOLD,
              false,
              () ->
                  ends.add(
                      SwitchDriver.walk(
                          foreign.writerSwitch(),
                          foreign.request(topology, "rival" + number, direction()))));
      judge(sampler, finish(switchId, rival));
      assertThat(ends).containsExactly(End.REFUSED);
    }
  }

  private Direction direction() {
    return writer == Node.Role.TARGET ? Direction.TO_SOURCE : Direction.TO_TARGET;
  }

  private static Node.Role other(Node.Role role) {
    return role == Node.Role.SOURCE ? Node.Role.TARGET : Node.Role.SOURCE;
  }

  /** What the job's retries and the people's "try again" do until the switch has ended. */
  private End finish(String switchId, SwitchObserver observer) {
    try (SwitchContext repli =
        SwitchContext.start(topology.plans(), directory.resolve("data"), observer)) {
      SwitchRequest request = repli.request(topology, switchId, direction());
      End end = SwitchDriver.walk(repli.writerSwitch(), request);
      restartDead();
      for (int retry = 0; end == End.HELD && retry < 5; retry++) {
        end = SwitchDriver.walk(repli.writerSwitch(), request);
      }
      assertThat(end).as(() -> Journals.text(repli, request)).isNotEqualTo(End.HELD);
      if (end == End.MOVED) {
        assertThat(repli.writerSwitch().reverse(request, false)).isEqualTo(PhaseResult.DONE);
      }
      return end;
    }
  }

  private void restartDead() {
    for (Node.Role role : Node.Role.values()) {
      if (!topology.node(role).isAlive()) {
        topology.node(role).restart();
      }
    }
  }

  private void judge(WriterSampler sampler, End end) {
    Node.Role now = end == End.MOVED ? other(writer) : writer;
    await().atMost(Duration.ofSeconds(10)).until(() -> sampler.accepts(now, 500));
    int acknowledged = topology.acknowledged();
    await().atMost(Duration.ofSeconds(20)).until(() -> topology.acknowledged() > acknowledged + 20);
    assertThat(sampler.changesOfWriter())
        .as("changes of writer")
        .isEqualTo(end == End.MOVED ? 1 : 0);
    SwitchTopology.Verdict verdict = topology.compare(now);
    assertThat(verdict.lost()).as("lost").isZero();
    assertThat(verdict.duplicated()).as("duplicated").isZero();
    writer = now;
    replicaFollows();
  }

  /** The next case begins with replication running, as monitoring would see to it. */
  private void replicaFollows() {
    await().atMost(Duration.ofSeconds(30)).until(() -> topology.follows(other(writer)));
  }

  private Child child(String switchId, Phase phase, boolean before, Fate fate) {
    return Child.start(
        directory.resolve(switchId + ".out"),
        List.of(
            topology.plans().toString(),
            directory.resolve("data").toString(),
            topology.planId(),
            switchId,
            direction().name(),
            phase.name(),
            before ? "before" : "after",
            fate.name()));
  }

  /** A process of Repli. */
  private record Child(Process process, Path log) {
    static Child start(Path log, List<String> arguments) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SwitchChild.class.getName()));
      command.addAll(arguments);
      try {
        return new Child(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start(),
            log);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    int await() {
      try {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException("Repli does not end: " + output());
        }
        return process.exitValue();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }

    boolean isStopped() {
      try {
        return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") T ");
      } catch (IOException gone) {
        throw new IllegalStateException("Repli ended early: " + output(), gone);
      }
    }

    void signal(String name) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    String output() {
      try {
        return Files.readString(log);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
