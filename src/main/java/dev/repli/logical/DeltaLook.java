package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/** What people are shown of a run's delta. Takes a second; changes nothing. */
@FunctionalInterface
public interface DeltaLook {
  Seen look(RunKey run, Plan plan);

  /**
   * A delta as it is now.
   *
   * @param text Markdown, foreign text escaped
   * @param undecided changes that are held and wait for people
   * @param passable whether rows lead all the way; else there is a statement in the way
   * @param asked tables that are left to people; none once they have chosen
   */
  record Seen(String text, long undecided, boolean passable, AskedTables asked) {
    /** Nothing is left to people, or they have chosen. */
    public Seen(String text, long undecided, boolean passable) {
      this(text, undecided, passable, AskedTables.NONE);
    }

    public Seen(String text, long undecided) {
      this(text, undecided, true);
    }
  }
}
