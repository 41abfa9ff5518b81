package dev.repli.postmortem.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.PlanId;
import dev.repli.postmortem.Action;
import dev.repli.postmortem.Action.State;
import dev.repli.postmortem.Learned;
import dev.repli.postmortem.PostMortem;
import dev.repli.postmortem.PostMortems;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables of post-mortems do on every kind of database. */
abstract class PostMortemsContract {
  private static final RunKey ROLLBACK = new RunKey("ROLL-1");
  private static final RunKey RUN = new RunKey("ROLL-1-post-mortem");
  private PostMortems kept;

  /** An empty database with every table. */
  abstract DataSource database();

  @BeforeEach
  void open() {
    kept = new JdbcPostMortems(JdbcClient.create(database()));
  }

  private static PostMortem written(PostMortem.State state, String text) {
    return new PostMortem(
        ROLLBACK,
        RUN,
        new PlanId("shop"),
        state,
        Instant.parse("2026-03-01T12:00:00Z"),
        "ann",
        new Learned(text, List.of("a", "b"), "c", "d", "e", "f"),
        "# " + text,
        "<h1>" + text,
        Map.of("lag.svg", "<svg/>"));
  }

  @Test
  void keepsTheNewestUnderBothKeys() {
    kept.keep(written(PostMortem.State.DRAFT, "first"));
    PostMortem second = written(PostMortem.State.FINAL, "é ${7*7} 😀".repeat(10_000));
    kept.keep(second);

    assertThat(kept.find(ROLLBACK)).contains(second);
    assertThat(kept.find(RUN)).contains(second);
    assertThat(kept.find(new RunKey("other"))).isEmpty();
  }

  @Test
  void findsWhatIsOverdueInWhatWasAccepted() {
    LocalDate day = LocalDate.parse("2026-03-08");
    kept.promise(ROLLBACK, List.of(new Action(1, "ann", day, "alert", State.OPEN)));
    kept.keep(written(PostMortem.State.WRITTEN, "first"));
    assertThat(kept.overdue(day.plusDays(1))).as("not accepted").isEmpty();
    kept.keep(written(PostMortem.State.FINAL, "second"));

    assertThat(kept.overdue(day)).as("its last day").isEmpty();
    assertThat(kept.overdue(day.plusDays(1))).containsExactly(ROLLBACK);
    kept.ended(ROLLBACK, 1, State.DONE);
    assertThat(kept.overdue(day.plusDays(1))).isEmpty();
  }

  @Test
  void keepsActionsInTheirOrderAndHowTheyEnd() {
    LocalDate day = LocalDate.parse("2026-03-08");
    kept.promise(ROLLBACK, List.of(new Action(1, "x", day, "gone", State.OPEN)));
    Action first = new Action(1, "ann", day, "alert", State.OPEN);
    Action second = new Action(2, "bob", day, "disk", State.OPEN);
    kept.promise(ROLLBACK, List.of(first, second));
    kept.ended(ROLLBACK, 2, State.DONE);

    assertThat(kept.actions(ROLLBACK))
        .containsExactly(first, new Action(2, "bob", day, "disk", State.DONE));
  }
}
