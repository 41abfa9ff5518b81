package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.OnePlan;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Repli dies before and after each outside change; the engine runs the interrupted step again. */
class SetupFaultsTest {
  private static final RunKey RUN = new RunKey("setup-1");
  private static final Plan PLAN = OnePlan.plan(Duration.ofSeconds(10), "h");
  private static final List<String> CHANGES =
      List.of("create account", "dump", "load", "follow from 0-1-7", "heartbeat");

  private final FakeSides sides = new FakeSides();
  private final ReplicationSetup setup =
      new ReplicationSetup(
          new SetupPorts(sides, sides), new SetupPorts(sides, sides), sides, new InMemoryJournal());

  static Stream<Arguments> places() {
    return IntStream.range(0, CHANGES.size())
        .boxed()
        .flatMap(at -> Stream.of(Arguments.of(at, true), Arguments.of(at, false)));
  }

  @ParameterizedTest(name = "at change {0}, before: {1}")
  @MethodSource("places")
  void changesEverythingOnceWhereverRepliDies(int at, boolean before) {
    sides.account = false;
    sides.killAt(at, before);

    repeated(() -> setup.prepareAccount(RUN, PLAN, false));
    repeated(() -> setup.copy(RUN, PLAN, CopyMethod.DUMP, false));
    repeated(() -> setup.start(RUN, PLAN, false));
    repeated(() -> setup.prove(RUN, PLAN, false));

    assertThat(sides.changes).isEqualTo(CHANGES);
    assertThat(sides.follows()).isTrue();
  }

  private static void repeated(Supplier<StepResult> step) {
    for (int attempt = 0; attempt < 10; attempt++) {
      try {
        StepResult result = step.get();
        assertThat(result).isNotInstanceOf(StepResult.Failed.class);
        if (result instanceof StepResult.Done) {
          return;
        }
      } catch (FakeSides.Killed killed) {
        // the next Repli runs the job again
      }
    }
    throw new AssertionError("the step does not come to an end");
  }

  @Test
  void clearsTwiceWithoutHarm() {
    repeated(() -> setup.copy(RUN, PLAN, CopyMethod.DUMP, false));
    repeated(() -> setup.start(RUN, PLAN, false));
    setup.clear(RUN, PLAN, false);
    setup.clear(RUN, PLAN, false);

    assertThat(sides.changes).filteredOn("forget source"::equals).hasSize(1);
  }
}
