package dev.repli.replication;

import dev.repli.replication.Finding.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the checks found.
 *
 * @param method how the data will be copied; a dump when something is in the way
 */
public record Findings(List<Finding> all, CopyMethod method) {
  public Findings {
    all = List.copyOf(all);
  }

  /** Nothing stands in the way. */
  public boolean good() {
    return all.stream().noneMatch(finding -> finding.verdict() == Verdict.BAD);
  }

  /** What stands in the way, one a line; empty when nothing does. */
  public String problems() {
    return all.stream()
        .filter(finding -> finding.verdict() == Verdict.BAD)
        .map(Finding::toString)
        .collect(Collectors.joining("\n"));
  }
}
