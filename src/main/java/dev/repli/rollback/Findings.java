package dev.repli.rollback;

import dev.repli.rollback.Finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a look has found, in the order in which it was looked at. */
public record Findings(List<Finding> all) {
  public Findings {
    all = List.copyOf(all);
  }

  /** Nothing stands in the way. */
  public boolean good() {
    return of(Verdict.BAD).isEmpty();
  }

  public List<Finding> of(Verdict verdict) {
    return all.stream().filter(finding -> finding.verdict() == verdict).toList();
  }

  /** What stands in the way, one a line; empty when nothing does. */
  public String problems() {
    return of(Verdict.BAD).stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  public Findings and(Findings more) {
    List<Finding> both = new ArrayList<>(all);
    both.addAll(more.all);
    return new Findings(both);
  }
}
