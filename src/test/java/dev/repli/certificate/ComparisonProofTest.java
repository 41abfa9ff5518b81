package dev.repli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.comparison.ComparisonId;
import dev.repli.comparison.ComparisonRequest;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableComparison;
import dev.repli.comparison.TableName;
import dev.repli.comparison.TableResult;
import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.SamplePlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ComparisonProofTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private final Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final Deque<ComparisonResult> ended = new ArrayDeque<>();

  private final TableComparison comparisons =
      new TableComparison() {
        @Override
        public ComparisonResult compare(ComparisonRequest request, BooleanSupplier wanted) {
          throw new UnsupportedOperationException("a proof starts no comparison");
        }

        @Override
        public Optional<ComparisonResult> newest(PlanId id, Node.Role from, Node.Role to) {
          return Optional.ofNullable(ended.peekLast()).filter(result -> result.from() == from);
        }

        @Override
        public Optional<Progress> progress(ComparisonId id) {
          return Optional.empty();
        }
      };

  private Finding ask() {
    return ask(Node.Role.SOURCE);
  }

  private Finding ask(Node.Role writer) {
    Duration lease = Duration.ofMinutes(1);
    try (NodeSession source = database.connect(plan.source(), lease, ActLog.NONE);
        NodeSession target = database.connect(plan.target(), lease, ActLog.NONE)) {
      return new ComparisonProof(comparisons, time)
          .inspect(new Situation(plan, source, target, writer))
          .get(0);
    }
  }

  private void compared(dev.repli.comparison.Verdict verdict) {
    TableResult table =
        new TableResult(
            new TableName("app", "orders"),
            verdict,
            TableResult.Method.CHUNKS,
            100,
            List.of(),
            false,
            List.of());
    ended.add(
        new ComparisonResult(
            new ComparisonId("c1"),
            plan.id(),
            Node.Role.SOURCE,
            Node.Role.TARGET,
            time.instant(),
            time.instant(),
            List.of(table)));
  }

  @Test
  void noComparisonBlocksACutover() {
    assertThat(ask().verdict()).isEqualTo(Verdict.BAD);
    assertThat(ask().found()).contains("never compared");
  }

  @Test
  void inTheRollbackWindowTheRowsAreOnlyBeingCompared() {
    assertThat(ask(Node.Role.TARGET).verdict()).isEqualTo(Verdict.NOTE);
    assertThat(ask(Node.Role.TARGET).found()).contains("since the cutover");
  }

  @Test
  void anUndecidedComparisonIsNoProof() {
    compared(dev.repli.comparison.Verdict.UNDECIDED);

    assertThat(ask().verdict()).isEqualTo(Verdict.BAD);
    assertThat(ask().found()).contains("compare again");
  }

  @Test
  void differentRowsBlock() {
    compared(dev.repli.comparison.Verdict.DIFFERENT);

    assertThat(ask().verdict()).isEqualTo(Verdict.BAD);
    assertThat(ask().found()).contains("rows differ");
  }

  @Test
  void equalRowsDoNotCountAfterADay() {
    compared(dev.repli.comparison.Verdict.EQUAL);
    assertThat(ask().verdict()).isEqualTo(Verdict.GOOD);
    time.advance(Duration.ofHours(25));
    assertThat(ask().verdict()).isEqualTo(Verdict.BAD);
    assertThat(ask().found()).contains("more than a day");
  }
}
