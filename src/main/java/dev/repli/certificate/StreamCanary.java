package dev.repli.certificate;

import dev.repli.database.Position;
import dev.repli.plan.Plan;
import java.util.Optional;

/**
 * Carries what the target wrote into the probe's table to the source as Repli's own stream would,
 * for the canary of a plan whose servers cannot replicate back.
 */
public interface StreamCanary {
  /** For an application without streams. */
  StreamCanary NONE =
      new StreamCanary() {
        @Override
        public void prepare(Plan plan) {
          // there is nothing to carry with
        }

        @Override
        public Optional<String> carry(Plan plan, Position from, Position to) {
          return Optional.of("nothing here streams changes back");
        }
      };

  /**
   * Makes what an import needs on the source where it is missing. It comes to the target by
   * replication, and nothing that is made after the canary row may stand in its way there.
   *
   * @throws dev.repli.database.NodeException when the node does not answer, or refuses the account
   */
  void prepare(Plan plan);

  /**
   * Every other table's changes are passed over.
   *
   * @param from of the target
   * @param to of the target
   * @return why it could not; empty when all of it is there
   * @throws dev.repli.database.NodeException when a node does not answer, or refuses
   */
  Optional<String> carry(Plan plan, Position from, Position to);
}
