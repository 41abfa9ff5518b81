package dev.repli.delta.conflict;

import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/** Rules that were proposed, kept where no process variable can change them. */
public interface ConflictRules {
  /** Keeps it in the transaction of the caller. */
  void propose(ConflictRule rule);

  Optional<ConflictRule> find(String id);

  /** Oldest first. */
  List<ConflictRule> ofRun(RunKey run);
}
