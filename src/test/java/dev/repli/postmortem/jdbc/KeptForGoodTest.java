package dev.repli.postmortem.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.PlanId;
import dev.repli.postmortem.Action;
import dev.repli.postmortem.Learned;
import dev.repli.postmortem.PostMortem;
import dev.repli.postmortem.PostMortem.State;
import dev.repli.postmortem.PostMortems;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was accepted stays, and nobody writes into the post-mortem of another run. */
class KeptForGoodTest {
  private static final RunKey ROLLBACK = new RunKey("ROLL-1");
  private static final RunKey RUN = new RunKey("ROLL-1-post-mortem");
  private final PostMortems kept = RealPostMortems.empty();

  private static PostMortem by(RunKey run, State state) {
    return new PostMortem(
        ROLLBACK,
        run,
        new PlanId("shop"),
        state,
        Instant.parse("2026-03-01T12:00:00Z"),
        "ann",
        Learned.NOTHING,
        "# " + state,
        "<h1>" + state,
        Map.of());
  }

  @Test
  void keepsWhatIsFinal() {
    Action promised =
        new Action(1, "bob", LocalDate.parse("2026-03-08"), "alert", Action.State.OPEN);
    kept.keep(by(RUN, State.WRITTEN));
    kept.promise(ROLLBACK, List.of(promised));
    PostMortem accepted = by(RUN, State.FINAL);
    kept.keep(accepted);

    assertThatThrownBy(() -> kept.keep(by(RUN, State.WRITTEN)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stays as run ROLL-1-post-mortem made it (FINAL)");
    assertThatThrownBy(() -> kept.promise(ROLLBACK, List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(kept.find(ROLLBACK)).contains(accepted);
    assertThat(kept.actions(ROLLBACK)).containsExactly(promised);
  }

  @Test
  void leavesThePostMortemOfAnotherRunAlone() {
    PostMortem written = by(RUN, State.WRITTEN);
    kept.keep(written);

    assertThatThrownBy(() -> kept.keep(by(new RunKey("mine"), State.WRITTEN)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mine cannot change it");
    assertThat(kept.find(ROLLBACK)).contains(written);
  }
}
