package dev.repli.backup.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;

/** Variables of the proof of a backup. */
final class BackupProofVariables {
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);

  /** Name of the backup that is wanted; missing for the newest without a proof. */
  static final ProcessVariable<String> BACKUP = ProcessVariable.text("backup");

  static final ProcessVariable<String> SUMMARY = ProcessVariable.text("summary");

  /** It changes no node: other runs of the plan may start meanwhile. */
  static final ProcessVariable<Boolean> PLAN_RELEASED = ProcessVariable.flag("planReleased");

  /** A {@link dev.repli.backup.proof.ProofResult}, or empty. */
  static final ProcessVariable<String> RESULT = ProcessVariable.text("proofResult");

  // a failed proof, as the form for failed steps shows it
  static final ProcessVariable<String> ABOUT = ProcessVariable.text("aboutProof");

  private BackupProofVariables() {}
}
