package dev.repli.rollback;

import dev.repli.rollback.Finding.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the deciders are shown.
 *
 * @param estimate how long it takes, for people
 * @param withoutRisk what is lost where nothing was found that can lose more, for people
 * @param preApproved approved together with the cutover, by somebody else than who asks now
 */
public record Assessment(
    Findings findings, String estimate, String withoutRisk, boolean preApproved) {
  static final String AT_THE_POSITION =
      "Nothing acknowledged is lost: the source waits for the target's exact position.";

  /** Whether acknowledged writes can be lost. */
  public enum Loss {
    NONE,
    POSSIBLE
  }

  /** A rollback by replication can be started as things are. */
  public boolean possible() {
    return findings.good();
  }

  public Loss loss() {
    return findings.of(Verdict.RISK).isEmpty() ? Loss.NONE : Loss.POSSIBLE;
  }

  /** For people: what is lost, and why that is believed. */
  public String lossText() {
    List<Finding> risks = findings.of(Verdict.RISK);
    return risks.isEmpty()
        ? withoutRisk
        : EvidenceTable.fitting(
            longest ->
                risks.stream()
                    .map(risk -> EvidenceTable.plain(risk.toString(), longest))
                    .collect(Collectors.joining("; ", "Acknowledged writes can be lost: ", "")));
  }
}
