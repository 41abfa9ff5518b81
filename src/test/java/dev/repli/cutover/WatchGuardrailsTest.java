package dev.repli.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.guardrail.About;
import dev.repli.guardrail.FewGuardrails;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Guardrails;
import dev.repli.guardrail.Moment;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchGuardrailsTest {
  private static final RunKey RUN = new RunKey("CUT-1");
  private static final RunKey ANOTHER = new RunKey("CUT-2");

  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase nodes = new FakeDatabase(time);
  private final Plan plan =
      SamplePlan.of(nodes, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final Told blocker =
      new Told(
          About.blocks(Group.REPLICATION, "way-back", "it is there")
              .mend("Mend it.")
              .alsoInTheWindow());
  private final Told warning =
      new Told(About.warns(Group.SCHEMA, "odd", "nothing odd").mend("Look.").alsoInTheWindow());
  private final Told before = new Told(About.blocks(Group.SCHEMA, "once", "asked once"));
  private final Guardrails guardrails = FewGuardrails.of(nodes, time, blocker, warning, before);
  private final WatchGuardrails watch = new WatchGuardrails(Optional.of(guardrails), time);

  /** Finds what the test says, and keeps what it was asked about. */
  private static final class Told implements Guardrail {
    private final About about;
    private final List<Situation> asked = new ArrayList<>();
    private boolean holds = true;

    Told(About about) {
      this.about = about;
    }

    @Override
    public About about() {
      return about;
    }

    @Override
    public synchronized Verdict check(Situation situation) {
      asked.add(situation);
      return Verdict.when(holds, holds ? "fine" : "broken");
    }

    synchronized List<Situation> asked() {
      return List.copyOf(asked);
    }
  }

  @AfterEach
  void stop() {
    guardrails.close();
  }

  @Test
  void asksThoseOfTheWindowAboutTheTargetAsWriter() {
    assertThat(watch.judge(RUN, plan).good()).isTrue();

    assertThat(blocker.asked())
        .singleElement()
        .satisfies(
            situation -> {
              assertThat(situation.moment()).isEqualTo(Moment.WINDOW);
              assertThat(situation.role()).isEqualTo(Node.Role.TARGET);
            });
    assertThat(before.asked()).isEmpty();
  }

  @Test
  void whatIsGoodCountsForAMinute() {
    Findings first = watch.judge(RUN, plan);
    blocker.holds = false;
    time.advance(Duration.ofSeconds(59));
    assertThat(watch.judge(RUN, plan)).isEqualTo(first);
    assertThat(blocker.asked()).hasSize(1);
    time.advance(Duration.ofSeconds(1));

    assertThat(watch.judge(RUN, plan).good()).isFalse();
    assertThat(blocker.asked()).hasSize(2);
  }

  @Test
  void whatIsBadIsAskedAgainAtEachLookAndSaysHowToMendIt() {
    blocker.holds = false;
    Findings found = watch.judge(RUN, plan);
    assertThat(found.good()).isFalse();
    assertThat(found.of(Finding.Verdict.BAD))
        .singleElement()
        .satisfies(
            bad -> {
              assertThat(bad.what()).isEqualTo("way-back");
              assertThat(bad.found()).isEqualTo("broken. Mend it.");
            });
    assertThat(watch.judge(RUN, plan).good()).isFalse();
    blocker.holds = true;

    assertThat(watch.judge(RUN, plan).good()).isTrue();
    assertThat(blocker.asked()).hasSize(3);
  }

  @Test
  void aWarningIsARiskAndDoesNotEndTheMinute() {
    warning.holds = false;
    Findings found = watch.judge(RUN, plan);
    assertThat(found.good()).isTrue();
    assertThat(found.of(Finding.Verdict.RISK)).extracting(Finding::what).containsExactly("odd");
    time.advance(Duration.ofSeconds(30));

    assertThat(watch.judge(RUN, plan)).isEqualTo(found);
    assertThat(warning.asked()).hasSize(1);
  }

  @Test
  void whatIsGoodInOneRunSaysNothingOfAnother() {
    watch.judge(RUN, plan);
    blocker.holds = false;

    assertThat(watch.judge(ANOTHER, plan).good()).isFalse();
    assertThat(watch.judge(RUN, plan).good()).isTrue();
  }

  @Test
  void findsNothingInAProgramWithoutGuardrails() {
    Findings found = new WatchGuardrails(Optional.empty(), time).judge(RUN, plan);

    assertThat(found.good()).isTrue();
    assertThat(found.all()).isEmpty();
  }
}
