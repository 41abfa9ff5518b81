package dev.repli.journal;

import java.time.Duration;
import java.util.Map;

/**
 * One thing that happened in a run, written while it happens. Texts are for people; none contains a
 * secret.
 */
public sealed interface Evidence {

  /**
   * A named point of the run was passed.
   *
   * @param name upper-case constant, for example {@code POINT_OF_NO_RETURN}
   * @param facts short texts; keys in lowerCamelCase
   */
  record Milestone(String name, String text, Map<String, String> facts) implements Evidence {
    public Milestone {
      facts = Map.copyOf(facts);
    }
  }

  /** A statement was sent to a node. */
  record StatementRun(String node, String sql, Duration took, String outcome) implements Evidence {}

  /** A command was sent to a route or host. */
  record CommandRun(String where, String command, Duration took, String outcome)
      implements Evidence {}

  /** A number was read: value with its unit. */
  record Measured(String what, String node, String value, String unit) implements Evidence {}

  /** A person decided. */
  record Decided(String who, String question, String answer, String reason, String fingerprint)
      implements Evidence {}

  /** The proof at the end of a writer switch; the hash of its entry is its signature. */
  record LedgerSigned(Ledger ledger) implements Evidence {}
}
