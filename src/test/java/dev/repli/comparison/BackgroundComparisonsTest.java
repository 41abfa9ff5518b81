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
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class BackgroundComparisonsTest {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private final VirtualTime time = new VirtualTime();
  private final ComparedRows rows = new ComparedRows();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
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
    return new BackgroundComparisons(comparison, waiting::add, time);
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
    BackgroundComparisons background = new BackgroundComparisons(rows, Runnable::run, time);
    rows.find(Verdict.UNDECIDED, time.instant());
    assertThat(background.advance(request, EVERY)).isInstanceOf(State.Ended.class);
    rows.fail("refused");

    assertThat(background.advance(request, EVERY)).isEqualTo(new State.Failed("refused"));
    assertThat(background.advance(request, EVERY)).isEqualTo(new State.Failed("refused"));
    assertThat(rows.begun()).isEqualTo(3);
  }

  @Test
  void isNotWantedAnyMoreWhenNobodyAsks() {
    Asking asking = new Asking();
    BackgroundComparisons background = later(asking);
    background.advance(request, EVERY);
    waiting.remove().run();
    assertThat(asking.stillWanted()).isTrue();
    time.advance(Duration.ofSeconds(29));
    assertThat(asking.stillWanted()).isTrue();
    time.advance(Duration.ofSeconds(1));

    assertThat(asking.stillWanted()).isFalse();
  }

  /** Keeps what it may ask. */
  private final class Asking implements TableComparison {
    private BooleanSupplier wanted = () -> false;

    boolean stillWanted() {
      return wanted.getAsBoolean();
    }

    @Override
    public ComparisonResult compare(ComparisonRequest given, BooleanSupplier ask) {
      wanted = ask;
      return rows.compare(given, ask);
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
