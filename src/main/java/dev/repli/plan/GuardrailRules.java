package dev.repli.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What a plan says of guardrails.
 *
 * @param accepted warnings that were accepted beforehand; a blocker cannot be
 * @param freeDisk percent of each disk that has to stay free; when it is said, a node whose disks
 *     cannot be read blocks
 */
public record GuardrailRules(List<Accepted> accepted, Optional<Integer> freeDisk) {
  /** What a plan means that says nothing. */
  public static final GuardrailRules USUAL = new GuardrailRules(List.of(), Optional.empty());

  public GuardrailRules {
    accepted = List.copyOf(accepted);
  }

  /**
   * A warning that need not be named in the approval.
   *
   * @param warning name of a guardrail that warns
   * @param until last day, in UTC, on which this counts
   */
  public record Accepted(String warning, String reason, LocalDate until) {
    public boolean counts(Instant now) {
      return now.isBefore(until.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
  }

  /** What was said of a guardrail, whether it counts or not. */
  public Optional<Accepted> of(String guardrail) {
    return accepted.stream().filter(each -> each.warning().equals(guardrail)).findFirst();
  }
}
