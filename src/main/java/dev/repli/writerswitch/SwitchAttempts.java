package dev.repli.writerswitch;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tries that this process has under way, by switch: at most one each. */
final class SwitchAttempts {
  private final Map<String, SwitchAttempt> attempts = new ConcurrentHashMap<>();

  /** A first try, which takes over nothing. */
  SwitchAttempt begin(SwitchRequest request, SwitchPorts ports) {
    SwitchAttempt attempt = new SwitchAttempt(request, ports);
    replace(attempt);
    return attempt;
  }

  /**
   * Has nothing of the one before but its probe and its evidence. Empty when somebody else took
   * command since; then nothing is left to do here.
   */
  Optional<SwitchAttempt> successor(SwitchAttempt attempt) {
    SwitchAttempt fresh = new SwitchAttempt(attempt.request, attempt.ports);
    attempt.handOver(fresh);
    replace(fresh);
    return fresh.replacedSince(attempt.epoch) ? Optional.empty() : Optional.of(fresh);
  }

  private void replace(SwitchAttempt attempt) {
    SwitchAttempt before = attempts.put(attempt.request.switchId(), attempt);
    if (before != null) {
      before.close();
    }
  }

  /** This one or its successor; this one when its switch has ended meanwhile. */
  SwitchAttempt newest(SwitchAttempt attempt) {
    return attempts.getOrDefault(attempt.request.switchId(), attempt);
  }

  /** Ends the try and gives its connections back. */
  void forget(SwitchAttempt attempt) {
    attempts.remove(attempt.request.switchId(), attempt);
    attempt.close();
  }

  /**
   * @throws IllegalStateException when it was not prepared in this process, or has ended
   */
  SwitchAttempt of(String switchId) {
    SwitchAttempt attempt = attempts.get(switchId);
    if (attempt == null) {
      throw new IllegalStateException("switch " + switchId + " was not prepared in this process");
    }
    return attempt;
  }
}
