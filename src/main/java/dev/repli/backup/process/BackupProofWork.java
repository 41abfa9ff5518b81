package dev.repli.backup.process;

import dev.repli.backup.proof.ProveBackup;
import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import org.springframework.stereotype.Component;

/**
 * A proof, or clearing away what an aborted one has left. Both are one work of a run, so that
 * clearing takes the right to act away from what still runs.
 */
@Component
class BackupProofWork implements LongWork {
  static final String CLEAR = "CLEAR";
  private static final String PART = "backupPart";
  private final ProveBackup backups;

  BackupProofWork(ProveBackup backups) {
    this.backups = backups;
  }

  @Override
  public WorkResult perform(WorkOrder order, WorkWatch watch) {
    return order.fact(PART).filter(CLEAR::equals).isPresent()
        ? backups.clear(order, watch)
        : backups.perform(order, watch);
  }

  @Override
  public String hint() {
    return "The reason names the machine and what it could not do. The backup itself was not"
        + " judged. See that the machine answers, that backups.scratch has room for the data, and"
        + " that the tools of the release before are there; then try again.";
  }
}
