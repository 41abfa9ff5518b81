package dev.repli.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was there before is never forgotten, whatever happens in between. */
class RouteLimitsTest {
  private static final RunKey RUN = new RunKey("CUT-1");
  private static final Node.Role SOURCE = Node.Role.SOURCE;

  private final VirtualTime time = new VirtualTime();
  private final FakeRoute route = FakeRoute.cutting(SOURCE);
  private final Journal journal = new InMemoryJournal(time);
  private final Plan plan =
      SamplePlan.of(new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of()));

  /** As a Repli that was just started sees it. */
  private RouteLimits limits() {
    return new RouteLimits(new Routes(List.of(route)), journal, new CutoverJournal(journal));
  }

  private void intentIsTheLastThatWasWritten() {
    route.beforeEachAct(
        () -> {
          throw new IllegalStateException("killed");
        });
    try {
      limits().lower(RUN, plan);
    } catch (IllegalStateException killed) {
      route.beforeEachAct(() -> {});
    }
  }

  private List<String> commands() {
    return journal.read(RUN).stream()
        .map(JournalEntry::evidence)
        .filter(CommandRun.class::isInstance)
        .map(CommandRun.class::cast)
        .map(run -> run.command() + ": " + run.outcome())
        .toList();
  }

  @Test
  void writesDownWhatWasThereBeforeItChangesAnything() {
    route.beforeEachAct(
        () ->
            assertThat(journal.newestMilestone(RUN, RouteLimits.LOWERED).orElseThrow().evidence())
                .isInstanceOfSatisfying(
                    Evidence.Milestone.class,
                    kept -> assertThat(kept.facts()).containsValue("1000 > 10")));
    assertThat(limits().lower(RUN, plan).good()).isTrue();
    assertThat(route.limit(SOURCE)).isEqualTo(10);
    assertThat(route.limit(Node.Role.TARGET)).isEqualTo(1000);
  }

  @Test
  void leavesRoomForEverythingThatIsOpen() {
    route.stay(SOURCE, 300);
    limits().lower(RUN, plan);
    assertThat(route.limit(SOURCE)).isEqualTo(304);
  }

  @Test
  void neverTakesALoweredLimitForTheOneBefore() {
    intentIsTheLastThatWasWritten();
    assertThat(route.limit(SOURCE)).isEqualTo(1000);
    limits().lower(RUN, plan);
    limits().lower(RUN, plan);
    assertThat(route.sent()).hasSize(1);

    assertThat(limits().restore(RUN, plan).good()).isTrue();
    assertThat(route.limit(SOURCE)).isEqualTo(1000);
  }

  @Test
  void givesBackAfterAKillBeforeAnythingWasChangedAndWhileItWasGivenBack() {
    intentIsTheLastThatWasWritten();
    assertThat(limits().restore(RUN, plan).good()).isTrue();
    assertThat(limits().restore(RUN, plan).good()).isTrue();
    assertThat(route.limit(SOURCE)).isEqualTo(1000);
    assertThat(route.saves()).as("saved with the limit that is back").isEqualTo(1);
  }

  @Test
  void looksAnewWhenItLowersOnceMoreAfterAWait() {
    limits().lower(RUN, plan);
    limits().restoreWhatStands(RUN, plan);
    route.stay(SOURCE, 20);
    limits().lower(RUN, plan);
    assertThat(route.limit(SOURCE)).isEqualTo(24);
    limits().restoreWhatStands(RUN, plan);
    limits().restoreWhatStands(RUN, plan);
    assertThat(route.limit(SOURCE)).isEqualTo(1000);
    assertThat(route.sent()).filteredOn(sent -> sent.startsWith("fake limit")).hasSize(4);
  }

  @Test
  void leavesALimitAloneThatSomebodyElseHasSet() {
    limits().lower(RUN, plan);
    route.limit(SOURCE, 500);
    Findings restored = limits().restore(RUN, plan);
    assertThat(restored.good()).isTrue();
    assertThat(restored.all())
        .singleElement()
        .extracting(Finding::found)
        .isEqualTo("at most 500 now, which somebody else has set; before the cutover at most 1000");
    assertThat(route.limit(SOURCE)).isEqualTo(500);
  }

  @Test
  void hasNothingToDoWhereTheLimitIsLowAlready() {
    route.limit(SOURCE, 8);
    assertThat(limits().lower(RUN, plan).good()).isTrue();
    assertThat(limits().restore(RUN, plan).all())
        .singleElement()
        .extracting(Finding::found)
        .isEqualTo("none was lowered");
    assertThat(route.sent()).isEmpty();
  }

  @Test
  void saysWhatIsInTheWay() {
    route.failNextLimit(1);
    assertThat(limits().lower(RUN, plan).problems()).contains("told to fail");
    route.reachable(false);
    assertThat(limits().restore(RUN, plan).problems()).contains("refused");
    route.reachable(true);
    assertThat(limits().restore(RUN, plan).good()).isTrue();
  }

  @Test
  void changesNothingWhenARouteCannotBeSeen() {
    route.reachable(false);
    assertThat(limits().lower(RUN, plan).problems()).contains("look at the limit");
    assertThat(journal.read(RUN)).isEmpty();
  }

  @Test
  void writesDownThereAndBackInADryRun() {
    limits().rehearse(RUN, plan);
    assertThat(commands())
        .containsExactly(
            "fake limit SOURCE 10: dry run: not sent", "fake limit SOURCE 1000: dry run: not sent");
    assertThat(route.sent()).isEmpty();
    assertThat(route.limit(SOURCE)).isEqualTo(1000);
  }
}
