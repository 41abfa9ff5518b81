package dev.repli.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.comparison.BackgroundComparisons.State;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.rollback.SamplePlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BackgroundComparisonsTest {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private final VirtualTime time = new VirtualTime();
  private final ComparedRows rows = new ComparedRows();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final InMemoryClaims claims = new InMemoryClaims();
  private final ComparisonRequest request = request();

  private static ComparisonRequest request() {
    Plan plan =
        SamplePlan.of(
            new FakeDatabase(new VirtualTime()),
            List.of(),
            new Checks(List.of(), List.of(), List.of()));
    return new ComparisonRequest(
        new ComparisonId("c"), plan, Node.Role.SOURCE, Node.Role.TARGET, new TableSelection.All());
  }

  private BackgroundComparisons later(TableComparison comparison) {
    return new BackgroundComparisons(comparison, claims, waiting::add, time);
  }

  @Test
  void beginsOnceSaysHowFarItIsAndKeepsWhatItFound() {
    BackgroundComparisons background = later(rows);
    assertThat(background.advance(request, EVERY)).isInstanceOf(State.Working.class);
    assertThat(background.advance(request, EVERY)).isInstanceOf(State.Working.class);
    waiting.remove().run();

    assertThat(background.advance(request, EVERY)).isInstanceOf(State.Ended.class);
    assertThat(background.advance(request, EVERY)).isInstanceOf(State.Ended.class);
    assertThat(waiting).isEmpty();
    assertThat(rows.begun()).isEqualTo(1);
  }

  @Test
  void goesOnWhenAskedAgainAfterAFailureAndAfterAnUndecidedResult() {
    BackgroundComparisons background = new BackgroundComparisons(rows, claims, Runnable::run, time);
    rows.find(Verdict.UNDECIDED, time.instant());
    assertThat(background.advance(request, EVERY)).isInstanceOf(State.Ended.class);
    rows.fail("refused");

    assertThat(background.advance(request, EVERY)).isEqualTo(new State.Failed("refused"));
    assertThat(background.advance(request, EVERY)).isEqualTo(new State.Failed("refused"));
    assertThat(rows.begun()).isEqualTo(3);
  }

  @Test
  void isNotWantedAnyMoreWhenNobodyAsks() {
    List<Boolean> wanted = new ArrayList<>();
    Working working =
        new Working(
            stillWanted -> {
              wanted.add(stillWanted.getAsBoolean());
              time.advance(Duration.ofSeconds(29));
              wanted.add(stillWanted.getAsBoolean());
              time.advance(Duration.ofSeconds(1));
              wanted.add(stillWanted.getAsBoolean());
            });
    later(working).advance(request, EVERY);
    waiting.remove().run();

    assertThat(wanted).containsExactly(true, true, false);
  }

  @Test
  void isBegunByOneOfTwoReplisOnly() {
    BackgroundComparisons one = later(rows);
    BackgroundComparisons two = later(rows);
    assertThat(one.advance(request, EVERY)).isInstanceOf(State.Working.class);
    assertThat(two.advance(request, EVERY)).isInstanceOf(State.Working.class);
    assertThat(waiting).hasSize(1);
    waiting.remove().run();

    assertThat(one.advance(request, EVERY)).isInstanceOf(State.Ended.class);
    assertThat(rows.begun()).isEqualTo(1);
  }

  @Test
  void goesOnWhileOnlyTheOtherRepliIsAsked() {
    BackgroundComparisons other = later(rows);
    List<Runnable> signsOfLife = new ArrayList<>();
    List<Boolean> wanted = new ArrayList<>();
    Working working =
        new Working(
            stillWanted -> {
              for (int asked = 0; asked < 10; asked++) {
                time.advance(EVERY.multipliedBy(2));
                signsOfLife.forEach(Runnable::run);
                other.advance(request, EVERY);
                wanted.add(stillWanted.getAsBoolean());
              }
            });
    BackgroundComparisons one = later(working);
    signsOfLife.add(one::beat);
    one.advance(request, EVERY);
    waiting.remove().run();

    assertThat(wanted).hasSize(10).containsOnly(true);
    assertThat(waiting).as("begun by the other").isEmpty();
  }

  @Test
  void isTakenOverFromARepliThatDied() {
    BackgroundComparisons dead = later(rows);
    BackgroundComparisons living = later(rows);
    dead.advance(request, EVERY);
    time.advance(Duration.ofSeconds(25));
    dead.beat();
    time.advance(Duration.ofSeconds(30));
    living.advance(request, EVERY);
    assertThat(waiting).as("a sign of life was heard").hasSize(1);
    time.advance(Duration.ofMillis(1));
    living.advance(request, EVERY);

    assertThat(waiting).hasSize(2);
  }

  @Test
  void stopsWhereAnotherRepliHasTakenItOver() {
    List<Boolean> wanted = new ArrayList<>();
    Working working =
        new Working(
            stillWanted -> {
              time.advance(Duration.ofMinutes(1));
              later(rows).advance(request, EVERY);
              wanted.add(stillWanted.getAsBoolean());
            });
    later(working).advance(request, EVERY);
    waiting.remove().run();

    assertThat(wanted).containsExactly(false);
    assertThat(waiting).as("begun by the other").hasSize(1);
  }

  /** Something happens while it compares. */
  private final class Working implements TableComparison {
    private final Consumer<BooleanSupplier> meanwhile;

    Working(Consumer<BooleanSupplier> meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public ComparisonResult compare(ComparisonRequest given, BooleanSupplier stillWanted) {
      meanwhile.accept(stillWanted);
      return rows.compare(given, stillWanted);
    }

    @Override
    public Optional<ComparisonResult> newest(PlanId plan, Node.Role from, Node.Role to) {
      return Optional.empty();
    }

    @Override
    public Optional<Progress> progress(ComparisonId id) {
      return Optional.empty();
    }
  }
}
