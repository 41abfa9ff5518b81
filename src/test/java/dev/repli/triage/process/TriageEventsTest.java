package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test of the triage says which events it passes, and fails when it does not. */
class TriageEventsTest {
  private static final Set<String> PASSED =
      Stream.of(
              IncidentTriageProcessTest.PASSED,
              TriageGraceTest.PASSED,
              TriageCountdownTest.PASSED,
              TriageDecisionClockTest.PASSED,
              TriageLooksAgainTest.PASSED,
              TriageStepFailedTest.PASSED,
              TriageStepStandsTest.PASSED)
          .flatMap(Set::stream)
          .collect(Collectors.toSet());

  @Test
  void everyEndEventAndEveryBoundaryEventIsPassedBySomeTest() {
    try (RunbookEngine untouched = new RunbookEngine("triage", TriageWorld.BORROWED, List.of())) {
      assertThat(untouched.neverReached()).isNotEmpty().isSubsetOf(PASSED);
    }
  }
}
