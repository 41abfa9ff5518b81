package dev.repli.postmortem;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Map;

/**
 * A post-mortem as it is kept.
 *
 * @param rollback what it is about
 * @param run the run in which people write it
 * @param author who wrote it last; empty before
 * @param charts SVG by file name
 */
public record PostMortem(
    RunKey rollback,
    RunKey run,
    PlanId plan,
    State state,
    Instant madeAt,
    String author,
    Learned learned,
    String markdown,
    String html,
    Map<String, String> charts) {
  public PostMortem {
    charts = Map.copyOf(charts);
  }

  /** How far it is. */
  public enum State {
    /** Made by Repli. */
    DRAFT,
    /** Somebody wrote it; nobody has accepted it. */
    WRITTEN,
    FINAL
  }
}
