package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UninterruptedTest {
  private final Uninterrupted uninterrupted = new Uninterrupted();
  private final List<Phase> ran = new ArrayList<>();

  private PhaseResult ask(Phase phase) {
    return uninterrupted.run("s1", phase, this::work);
  }

  private PhaseResult work(Phase phase) {
    ran.add(phase);
    return phase == Phase.SEAL ? new PhaseResult.Failed("re-opened") : PhaseResult.DONE;
  }

  @Test
  void runsAheadUpToTheFirstPhaseThatFailsAndRunsNoneTwice() {
    assertThat(ask(Phase.ARM)).isEqualTo(PhaseResult.DONE);
    assertThat(ran).containsExactly(Phase.ARM);

    assertThat(ask(Phase.HOLD)).isEqualTo(PhaseResult.DONE);
    List<Phase> all =
        List.of(Phase.ARM, Phase.HOLD, Phase.FENCE, Phase.MARK, Phase.CATCH_UP, Phase.SEAL);
    assertThat(ran).containsExactlyElementsOf(all);

    assertThat(ask(Phase.FENCE)).isEqualTo(PhaseResult.DONE);
    assertThat(ask(Phase.MARK)).isEqualTo(PhaseResult.DONE);
    assertThat(ask(Phase.CATCH_UP)).isEqualTo(PhaseResult.DONE);
    assertThat(ask(Phase.SEAL)).isEqualTo(new PhaseResult.Failed("re-opened"));
    assertThat(ran).containsExactlyElementsOf(all);
  }

  @Test
  void afterACrashItGoesOnFromThePhaseThatIsAskedFor() {
    assertThat(ask(Phase.OPEN)).isEqualTo(PhaseResult.DONE);
    assertThat(ask(Phase.ROUTE)).isEqualTo(PhaseResult.DONE);
    assertThat(ask(Phase.VERIFY)).isEqualTo(PhaseResult.DONE);
    assertThat(ran).containsExactly(Phase.OPEN, Phase.ROUTE, Phase.VERIFY);
  }

  @Test
  void aNewTryTakesOverNothing() {
    ask(Phase.HOLD);
    ran.clear();
    uninterrupted.forget("s1");

    assertThat(ask(Phase.FENCE)).isEqualTo(PhaseResult.DONE);
    assertThat(ran).startsWith(Phase.FENCE);
  }
}
