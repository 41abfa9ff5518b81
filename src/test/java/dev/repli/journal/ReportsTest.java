package dev.repli.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private final Journal journal = ReportExamples.journal("");
  private final Reports reports = new Reports(journal);

  private Report report() {
    return reports.of(ReportExamples.run(false, true));
  }

  @Test
  void measuresStepsFromTheirBeginToTheirEnd() {
    assertThat(report().steps())
        .extracting(Report.Step::name, Report.Step::took, Report.Step::late)
        .containsExactly(
            tuple("execution", Optional.of(Duration.ofSeconds(7)), true),
            tuple("verification", Optional.empty(), false));
  }

  @Test
  void tellsWhoDecidedWhatAndWhy() {
    assertThat(report().decisions())
        .containsExactly(
            new Report.Decision(
                ReportExamples.START.plusSeconds(2), "ada", "Roll back?", "yes", "errors ", "f00"));
  }

  @Test
  void keepsWhatADryRunOnlyWroteDownApartFromWhatWasSent() {
    assertThat(report().acts())
        .extracting(Report.Act::text)
        .containsExactly("SET GLOBAL read_only=1", "set server db/t");
    assertThat(report().planned()).extracting(Report.Act::text).containsExactly("STOP SLAVE");
  }

  @Test
  void namesTheEntryThatSignsTheLedger() {
    JournalEntry signing = journal.read(ReportExamples.RUN).get(8);
    assertThat(report().ledger())
        .contains(
            new Report.Proof(
                ReportExamples.ledger(true, 0, "note"), signing.seq(), signing.hash()));
    assertThat(new Ledgers(journal).find(ReportExamples.RUN))
        .contains(new Ledgers.Signed(ReportExamples.ledger(true, 0, "note"), signing));
  }

  @Test
  void endsWithTheHashOfTheNewestEntry() {
    List<JournalEntry> entries = journal.read(ReportExamples.RUN);
    assertThat(report().integrity()).isEqualTo(new Report.Chain(10, entries.get(9).hash()));
  }

  @Test
  void reportsARunWithoutAnyEntry() {
    Report empty = new Reports(new InMemoryJournal()).of(ReportExamples.run(false, false));
    assertThat(empty.integrity()).isEqualTo(new Report.Chain(0, Link.GENESIS));
    assertThat(ReportMarkdown.render(empty))
        .contains("No writer switch was completed in this run")
        .contains("still running");
  }
}
