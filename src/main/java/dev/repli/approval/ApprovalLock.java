package dev.repli.approval;

import dev.repli.run.RunKey;
import java.util.Optional;

/**
 * Keeps a question from being approved until something outside of it is proved. Asked inside the
 * command that ends the task, so that no way of answering passes it by. Rejecting is always
 * possible.
 */
public interface ApprovalLock {
  /**
   * Why it cannot be approved now and how to mend that; empty when it can.
   *
   * @param reason what the approver wrote
   */
  Optional<String> closed(RunKey run, Question question, String reason);
}
