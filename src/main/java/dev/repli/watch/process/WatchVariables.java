package dev.repli.watch.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;

/** Variables of the watch after a rollback. */
final class WatchVariables {
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");

  /** The rollback that is watched; missing when somebody starts the watch by hand. */
  static final ProcessVariable<RunKey> ROLLBACK_RUN =
      ProcessVariable.typed("rollbackRun", "the key of a run", RunKey::value, RunKey::new);

  static final ProcessVariable<Instant> ROLLBACK_ENDED_AT =
      ProcessVariable.typed("rollbackEndedAt", "a time", Instant::toString, Instant::parse);

  /** How long a watch lasts, from the end of the rollback. */
  static final Duration LASTS = Duration.ofHours(2);

  /** It only looks: other runs of the plan may start meanwhile. */
  static final ProcessVariable<Boolean> PLAN_RELEASED = ProcessVariable.flag("planReleased");

  static final ProcessVariable<Duration> LOOK_EVERY = ProcessVariable.duration("lookEvery");

  /** Which round comes next; missing before the first. */
  static final ProcessVariable<Long> ROUND = ProcessVariable.number("watchRound");

  static final ProcessVariable<Instant> WATCH_END = ProcessVariable.instant("watchEnd");

  /**
   * How the last look ended: a state of the round, {@link #OVER}, {@link #OVER_BAD} or {@link
   * #FAILED}.
   */
  static final ProcessVariable<String> STATE = ProcessVariable.text("watchState");

  /** Good, and watched for long enough. */
  static final String OVER = "OVER";

  /** The look ended in an exception again and again: people are asked. */
  static final String FAILED = "FAILED";

  // a failed look, as the form for failed steps shows it
  static final ProcessVariable<String> ABOUT = ProcessVariable.text("aboutRollback");
  static final ProcessVariable<String> STEP = ProcessVariable.text("step");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");

  /** Watched for long enough, and not good at the end. */
  static final String OVER_BAD = "OVER_BAD";

  private WatchVariables() {}
}
