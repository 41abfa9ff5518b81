package dev.repli.approval;

import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Locale;

/**
 * One person's answer to one question of a run.
 *
 * @param question as in the model, for example {@code rollback}
 * @param task the task it was given in; a question asked again is another task
 * @param decision the task of the first answer, also on the second answer to the same decision
 * @param fingerprint the plan's and runbooks' fingerprint that was shown
 */
public record Approval(
    RunKey run,
    String question,
    String task,
    String decision,
    String who,
    Instant at,
    Answer answer,
    String reason,
    String fingerprint) {

  /** What was answered. */
  public enum Answer {
    APPROVE,
    REJECT;

    /** The word in forms and gateways. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean approves() {
    return answer == Answer.APPROVE;
  }
}
