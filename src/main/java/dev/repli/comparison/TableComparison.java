package dev.repli.comparison;

import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Compares the rows of the two nodes of a plan. */
public interface TableComparison {
  /**
   * Compares and returns when done: seconds to hours, so not from a step of a process but from a
   * worker. What is compared already is kept in Repli's own database in a transaction of its own;
   * after a kill, a lost connection or an undecided result, the same request continues there. A
   * request whose comparison has ended returns its result again.
   *
   * @throws dev.repli.database.NodeException when a node cannot be reached or refuses the account
   * @throws IllegalArgumentException when the id was used for another plan or direction
   */
  default ComparisonResult compare(ComparisonRequest request) {
    return compare(request, () -> true);
  }

  /**
   * As {@link #compare(ComparisonRequest)}, and stops between two parts of a table when it is not
   * wanted any more; the rest is undecided then.
   */
  ComparisonResult compare(ComparisonRequest request, BooleanSupplier wanted);

  /** The newest comparison in this direction that has ended, for checks of its age and verdict. */
  Optional<ComparisonResult> newest(PlanId plan, Node.Role from, Node.Role to);

  /** How far a comparison is; empty when it never began. */
  Optional<Progress> progress(ComparisonId id);

  /**
   * How far.
   *
   * @param tables known so far; all of them once the comparison has begun
   * @param rows read so far on the writing node; tables that were compared by their checksum only
   *     count none
   */
  record Progress(int tables, int decided, int different, long rows) {}
}
