package dev.repli.backup.process;

import dev.repli.backup.proof.ProofResult;
import dev.repli.journal.Journal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** How the work ended; its journal says it. */
@Component
class LookAtProofDelegate implements JavaDelegate {
  private final Journal journal;

  LookAtProofDelegate(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String result =
        ProofResult.of(journal, BackupProofVariables.RUN_KEY.read(execution))
            .map(ProofResult::name)
            .orElse("");
    BackupProofVariables.RESULT.write(execution, result);
  }
}
