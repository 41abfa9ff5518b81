package dev.repli.postmortem;

import dev.repli.run.RunKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Keeps post-mortems. Each call is a transaction, or part of the caller's. */
public interface PostMortems {

  /**
   * In place of what the same run kept of the same rollback.
   *
   * @throws IllegalStateException when it is final, or another run wrote it
   */
  void keep(PostMortem postMortem);

  /** By the rollback that it is about, or by its own run. */
  Optional<PostMortem> find(RunKey key);

  /**
   * In place of all actions of this rollback.
   *
   * @throws IllegalStateException when the post-mortem is final
   */
  void promise(RunKey rollback, List<Action> actions);

  /** In their order. */
  List<Action> actions(RunKey rollback);

  /** Rollbacks whose post-mortem is final and has open actions with a last day before this one. */
  List<RunKey> overdue(LocalDate today);

  /** Somebody says how an action ended. */
  void ended(RunKey rollback, int place, Action.State state);
}
