package dev.repli.postmortem;

import java.time.Instant;
import java.util.List;

/**
 * Somebody who had to do with it.
 *
 * @param who name in the engine, or of a system, or of a contact that is no user
 * @param name of the person; empty when nobody knows it
 * @param roles in the plan, and as which they were called
 * @param deeds in the order in which they were done first; empty for people of the plan of whom the
 *     journal says nothing
 */
record Participant(String who, String name, List<String> roles, List<Deed> deeds) {
  Participant {
    roles = List.copyOf(roles);
    deeds = List.copyOf(deeds);
  }

  /** What they did, and when first. */
  record Deed(Instant at, String what) {}
}
