package dev.repli.comparison;

import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Comparisons in memory: each finds what the test says, at once. */
public final class ComparedRows implements TableComparison {
  private Verdict verdict = Verdict.EQUAL;
  private Instant endedAt = Instant.now();
  private Optional<String> failure = Optional.empty();
  private boolean compared = true;
  private int begun;

  /** What there is already, and what a comparison finds from now on. */
  public void find(Verdict found, Instant at) {
    verdict = found;
    endedAt = at;
  }

  /** Nothing was compared yet. */
  public void forget() {
    compared = false;
  }

  /** A comparison does not come to an end. */
  public void fail(String why) {
    failure = Optional.of(why);
  }

  /** How many were begun. */
  public int begun() {
    return begun;
  }

  @Override
  public ComparisonResult compare(ComparisonRequest request, BooleanSupplier wanted) {
    begun++;
    if (failure.isPresent()) {
      throw new IllegalStateException(failure.get());
    }
    compared = true;
    return result(request.id(), request.plan().id(), request.from(), request.to());
  }

  private ComparisonResult result(ComparisonId id, PlanId plan, Node.Role from, Node.Role to) {
    TableResult orders =
        new TableResult(
            new TableName("app", "orders"),
            verdict,
            TableResult.Method.CHUNKS,
            100,
            List.of(),
            false,
            List.of());
    return new ComparisonResult(id, plan, from, to, endedAt, endedAt, List.of(orders));
  }

  @Override
  public Optional<ComparisonResult> newest(PlanId plan, Node.Role from, Node.Role to) {
    return compared && verdict != Verdict.UNDECIDED
        ? Optional.of(result(new ComparisonId("newest"), plan, from, to))
        : Optional.empty();
  }

  @Override
  public Optional<Progress> progress(ComparisonId id) {
    return Optional.of(new Progress(4, 1, 0, 100));
  }
}
