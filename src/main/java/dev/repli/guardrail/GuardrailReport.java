package dev.repli.guardrail;

import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All guardrails of one moment, red first, within one status in the order of the groups.
 *
 * @param writer the writer of the change: it moves from here to the other node
 */
public record GuardrailReport(
    PlanId plan,
    Node.Role writer,
    Moment moment,
    Instant at,
    Duration took,
    List<GuardrailResult> results) {
  private static final Comparator<GuardrailResult> RED_FIRST =
      Comparator.comparing(GuardrailResult::status)
          .thenComparing(r -> r.about().group())
          .thenComparing(GuardrailResult::name);

  public GuardrailReport {
    results = results.stream().sorted(RED_FIRST).toList();
  }

  /** Whether anything blocks the change. */
  public boolean blocked() {
    return !of(Status.RED).isEmpty();
  }

  public List<GuardrailResult> of(Status status) {
    return results.stream().filter(result -> result.status() == status).toList();
  }

  /** Names of the guardrails that an approval has to name. */
  public List<String> toBeNamed() {
    return of(Status.AMBER).stream().map(GuardrailResult::name).toList();
  }

  /** By group; inside each red first. Groups in the order in which people read them. */
  public Map<Group, List<GuardrailResult>> byGroup() {
    return results.stream()
        .collect(Collectors.groupingBy(r -> r.about().group(), TreeMap::new, Collectors.toList()));
  }

  /** One line: {@code 2 red, 1 amber, 0 accepted by the plan, 0 mended by the run, 60 green}. */
  public String summary() {
    return "%d red, %d amber, %d accepted by the plan, %d mended by the run, %d green"
        .formatted(
            of(Status.RED).size(),
            of(Status.AMBER).size(),
            of(Status.ACCEPTED).size(),
            of(Status.MENDED).size(),
            of(Status.GREEN).size());
  }
}
