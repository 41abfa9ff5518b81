package dev.repli.delta.stream;

import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Streams in Repli's own database, where every node sees them. */
public interface StreamStore {
  /**
   * The plan's stream shall run; another order of the plan is forgotten, and one that was blocked
   * is tried again. Repeatable.
   */
  void want(StreamOrder order, Instant now);

  /** It shall not run any more. */
  void stop(PlanId plan);

  List<KnownStream> all();

  Optional<KnownStream> find(PlanId plan);

  /**
   * Takes or keeps the lease.
   *
   * @return false when another owner has it
   */
  boolean claim(PlanId plan, String owner, Instant now, Instant until);

  /** Gives the lease back, so that nobody has to wait for its end. */
  void release(PlanId plan, String owner);

  /** Ignored when the owner does not have the lease any more. */
  void report(PlanId plan, String owner, StreamReport report);
}
