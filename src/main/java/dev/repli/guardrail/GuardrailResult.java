package dev.repli.guardrail;

import dev.repli.plan.GuardrailRules;
import dev.repli.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One guardrail, checked.
 *
 * @param found one sentence
 * @param evidence what it was read from, one thing a line, at most {@value #SHOWN} lines
 */
public record GuardrailResult(About about, Status status, String found, List<String> evidence) {
  private static final int SHOWN = 50;

  public GuardrailResult {
    if (evidence.size() > SHOWN) {
      List<String> shown = new ArrayList<>(evidence.subList(0, SHOWN));
      shown.add("and " + (evidence.size() - SHOWN) + " more");
      evidence = shown;
    }
    evidence = List.copyOf(evidence);
  }

  static GuardrailResult of(About about, Verdict verdict) {
    Status status = verdict instanceof Verdict.Holds ? Status.GREEN : failing(about.severity());
    return new GuardrailResult(about, status, verdict.found(), verdict.evidence());
  }

  /** A check that cannot be made is red, never green. */
  static GuardrailResult notChecked(About about, String why) {
    return new GuardrailResult(about, Status.RED, "could not be checked: " + why, List.of());
  }

  /** The same, when the plan says beforehand that it may warn; nothing else can be accepted. */
  GuardrailResult acceptedBy(Plan plan, Instant now) {
    Optional<GuardrailRules.Accepted> said = plan.guardrails().of(name());
    if (status != Status.AMBER || said.isEmpty()) {
      return this;
    }
    GuardrailRules.Accepted accepted = said.get();
    boolean counts = accepted.counts(now);
    List<String> all = new ArrayList<>();
    all.add(
        "%s by the plan until %s: %s"
            .formatted(
                counts ? "accepted" : "no longer accepted", accepted.until(), accepted.reason()));
    all.addAll(evidence);
    return new GuardrailResult(about, counts ? Status.ACCEPTED : Status.AMBER, found, all);
  }

  private static Status failing(Severity severity) {
    return switch (severity) {
      case BLOCKS -> Status.RED;
      case WARNS -> Status.AMBER;
      case MENDS -> Status.MENDED;
    };
  }

  public String name() {
    return about.name();
  }

  @Override
  public String toString() {
    return status + " " + name() + ": " + found;
  }
}
