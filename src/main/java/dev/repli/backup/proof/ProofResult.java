package dev.repli.backup.proof;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** How a proof ended, as its milestone says it. */
public enum ProofResult {
  /** It was restored, and what was seen is written beside it. */
  PROVED("BACKUP_PROVED"),
  /** It must not be used. */
  REFUSED("BACKUP_REFUSED"),
  /** No backup waits for its proof. */
  NONE("BACKUP_NONE_TO_PROVE");

  /** A proof that could not be made; it is no result. */
  static final String FAILED = "BACKUP_PROOF_FAILED";

  private final String milestone;

  ProofResult(String milestone) {
    this.milestone = milestone;
  }

  String milestone() {
    return milestone;
  }

  /** Of a run; empty while it has none. */
  public static Optional<ProofResult> of(Journal journal, RunKey run) {
    String[] names =
        Arrays.stream(values()).map(ProofResult::milestone).toArray(size -> new String[size]);
    return journal
        .newestMilestone(run, names)
        .map(JournalEntry::evidence)
        .flatMap(
            found ->
                Arrays.stream(values())
                    .filter(
                        result ->
                            found instanceof Milestone milestone
                                && milestone.name().equals(result.milestone()))
                    .findFirst());
  }

  /** The facts of a milestone of a run; empty when there is none of this name. */
  static Map<String, String> facts(Journal journal, RunKey run, String milestone) {
    return journal
        .newestMilestone(run, milestone)
        .map(JournalEntry::evidence)
        .map(found -> found instanceof Milestone seen ? seen.facts() : Map.<String, String>of())
        .orElse(Map.of());
  }
}
