package dev.repli.inplace;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.Optional;

/** What people have to know before they decide about going back in place. Changes nothing. */
public interface InPlaceView {

  /** What the run will do and what was written since the upgrade; after the first step. */
  Shown show(RunKey run, Plan plan);

  /**
   * @param node what people have to type: host and port
   * @param text Markdown, foreign text escaped
   */
  record Shown(String node, String text) {}

  /**
   * The same, with what becomes of it by the choice that people made; after that choice.
   *
   * @param delta what happens to what was written since the upgrade
   */
  Choice chosen(RunKey run, Plan plan, String delta);

  /**
   * @param end where the recovery ends, in some words
   * @param time how long it takes, for people: what is known, and what is not
   * @param text Markdown, foreign text escaped
   */
  record Choice(String end, String time, String text) {}

  /** What of the writes since the upgrade is not written again yet; after a failed attempt. */
  Rest rest(RunKey run, Plan plan);

  /**
   * @param known whether the server said where it stands
   * @param text Markdown, foreign text escaped
   */
  record Rest(boolean known, String text) {}

  /** Why today's release cannot come back any more; empty when it can. */
  Optional<String> whyNotUndone(RunKey run, Plan plan);
}
