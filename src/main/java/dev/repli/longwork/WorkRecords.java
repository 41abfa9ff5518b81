package dev.repli.longwork;

import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.List;

/**
 * Who does which work, and how far it is. Every change is committed on its own. A token that is not
 * the newest changes nothing: so a Repli that wakes up late can do nothing more.
 */
public interface WorkRecords {

  /** From now on this node has the work, and nobody else; the new token. */
  long begin(RunKey run, String work, String node, Instant now);

  /**
   * A sign of life.
   *
   * @return whether the work is still of this token and running
   */
  boolean beat(RunKey run, String work, long token, Amount amount, Instant now);

  /** Whether the work is still of this token and running. */
  boolean isOf(RunKey run, String work, long token);

  /**
   * The work is over; nothing happens unless it is still of this token.
   *
   * @param text why it failed; cut when it is long
   */
  void end(RunKey run, String work, long token, State state, String text, Instant now);

  /**
   * What runs of a run's work is over, whoever does it: a Repli that wakes up late can do nothing
   * more of it. Only for a run that has ended.
   */
  void retire(RunKey run);

  /** All work of a run, the oldest first. */
  List<WorkProgress> of(RunKey run);
}
