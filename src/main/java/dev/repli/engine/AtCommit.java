package dev.repli.engine;

import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;

/**
 * Does something that is kept outside the engine's transaction last before the engine commits: what
 * the engine refuses (a timer was faster than an answer) is then not kept as if it had happened.
 */
public final class AtCommit {
  private AtCommit() {}

  /**
   * @param work fails the engine's transaction when it fails; not called when that fails before
   */
  public static void run(Runnable work) {
    Context.getCommandContext()
        .getTransactionContext()
        .addTransactionListener(TransactionState.COMMITTING, committing -> work.run());
  }
}
