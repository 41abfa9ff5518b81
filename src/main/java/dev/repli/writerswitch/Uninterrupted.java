package dev.repli.writerswitch;

import dev.repli.writerswitch.PhaseResult.Done;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The phases in which clients wait follow one another at once, without the engine's bookkeeping
 * between them (about half a millisecond each): the first node of the model runs them all up to the
 * first that fails, and each later node takes over what its own phase came to.
 */
final class Uninterrupted {
  private static final List<Phase> PHASES =
      List.of(
          Phase.HOLD,
          Phase.FENCE,
          Phase.MARK,
          Phase.CATCH_UP,
          Phase.SEAL,
          Phase.POINT_OF_NO_RETURN,
          Phase.OPEN,
          Phase.ROUTE);

  private final Map<String, Map<Phase, PhaseResult>> ahead = new ConcurrentHashMap<>();

  /**
   * What the phase came to, now or just before.
   *
   * @param work runs one phase; does not throw
   */
  PhaseResult run(String switchId, Phase phase, Function<Phase, PhaseResult> work) {
    Map<Phase, PhaseResult> known =
        ahead.computeIfAbsent(switchId, id -> new EnumMap<>(Phase.class));
    PhaseResult before = known.remove(phase);
    if (before != null) {
      return before;
    }
    PhaseResult result = work.apply(phase);
    PhaseResult last = result;
    for (Phase next : after(phase)) {
      if (last instanceof Done) {
        last = work.apply(next);
        known.put(next, last);
      }
    }
    return result;
  }

  private static List<Phase> after(Phase phase) {
    return PHASES.subList(PHASES.indexOf(phase) + 1, PHASES.contains(phase) ? PHASES.size() : 0);
  }

  /** A new try of the switch takes over nothing. */
  void forget(String switchId) {
    ahead.remove(switchId);
  }
}
