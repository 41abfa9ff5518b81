package dev.repli.approval;

import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/** The answers that were given, kept where no process variable can change them. */
public interface Approvals {

  /**
   * Keeps the answer in the transaction of the caller.
   *
   * @throws SamePersonException when this person answered the same decision before
   */
  void give(Approval approval);

  /** Oldest first. */
  List<Approval> of(RunKey run);

  /** The answer given in the task, if any. */
  Optional<Approval> in(String task);

  /** The newest answer to the question, if any. */
  default Optional<Approval> newest(RunKey run, String question) {
    return of(run).stream()
        .filter(approval -> approval.question().equals(question))
        .reduce((older, newer) -> newer);
  }

  /** The second answer came from the first person. */
  final class SamePersonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SamePersonException(String who, Throwable cause) {
      super(
          who + " has already answered this decision; the second answer needs somebody else",
          cause);
    }
  }
}
