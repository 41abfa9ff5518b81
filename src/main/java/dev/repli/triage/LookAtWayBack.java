package dev.repli.triage;

import dev.repli.plan.Plan;
import dev.repli.reversibility.Reversibility;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.reversibility.WaysTable;
import dev.repli.rollback.ApprovedWithCutover;
import dev.repli.run.RunKey;
import java.util.Optional;

/** Whether the rollback window is still open: measured, never asked. */
public final class LookAtWayBack {
  private final ReversibilityMeter meter;
  private final ApprovedWithCutover approvals;

  LookAtWayBack(ReversibilityMeter meter, ApprovedWithCutover approvals) {
    this.meter = meter;
    this.approvals = approvals;
  }

  /** What may be done. */
  public enum Way {
    CLOSED,
    /** None is known to be open, and of one of them nobody can tell. */
    UNKNOWN,
    /** Open, and people have to approve it. */
    OPEN,
    /** Open, loses nothing, proved by the cutover's certificate and approved together with it. */
    APPROVED
  }

  /**
   * @param table Markdown, foreign text escaped
   */
  public record Seen(Way way, String table) {}

  public Seen look(RunKey run, Plan plan) {
    Reversibility found = meter.measure(plan);
    Way way = way(run, plan, found);
    return new Seen(way, heading(way) + WaysTable.of(found));
  }

  private static String heading(Way way) {
    return switch (way) {
      case CLOSED -> "### No way back is open\n\n";
      case UNKNOWN -> "### Nobody can tell whether a way back is open: it is measured again\n\n";
      case OPEN, APPROVED -> "";
    };
  }

  private Way way(RunKey run, Plan plan, Reversibility found) {
    Optional<WayBack> preferred =
        found.ways().stream()
            .filter(way -> found.preferred().filter(way.strategy()::equals).isPresent())
            .findFirst();
    if (preferred.isEmpty()) {
      boolean unknown = found.ways().stream().anyMatch(one -> one.state() == State.UNKNOWN);
      return unknown ? Way.UNKNOWN : Way.CLOSED;
    }
    boolean losesNothing = preferred.get().state() == State.OPEN;
    boolean proved = preferred.get().strategy() == Strategy.REPLICATION;
    return losesNothing && proved && approvals.find(run, plan).isPresent()
        ? Way.APPROVED
        : Way.OPEN;
  }
}
