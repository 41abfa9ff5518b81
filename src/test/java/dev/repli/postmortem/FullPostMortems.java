package dev.repli.postmortem;

import dev.repli.run.RunKey;
import dev.repli.runbook.Killed;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Keeps nothing new while the test wants it so, as a full disk would. */
public final class FullPostMortems implements PostMortems {
  private final PostMortems behind;
  public volatile boolean full;

  public FullPostMortems(PostMortems behind) {
    this.behind = behind;
  }

  @Override
  public void keep(PostMortem postMortem) {
    if (full) {
      throw new Killed("a full disk");
    }
    behind.keep(postMortem);
  }

  @Override
  public Optional<PostMortem> find(RunKey key) {
    return behind.find(key);
  }

  @Override
  public void promise(RunKey rollback, List<Action> actions) {
    behind.promise(rollback, actions);
  }

  @Override
  public List<Action> actions(RunKey rollback) {
    return behind.actions(rollback);
  }

  @Override
  public List<RunKey> overdue(LocalDate today) {
    return behind.overdue(today);
  }

  @Override
  public void ended(RunKey rollback, int place, Action.State state) {
    behind.ended(rollback, place, state);
  }
}
