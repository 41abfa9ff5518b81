package dev.repli.logical;

import static dev.repli.logical.DeltaSamples.PLAN;
import static dev.repli.logical.DeltaSamples.RUN;
import static dev.repli.logical.TimedTarget.CUTOVER;
import static dev.repli.logical.TimedTarget.LOG_UNTIMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.LogGoneException;
import dev.repli.journal.Evidence.Measured;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether rows may be looked for by time columns, and what people are told before. */
class FoundByTimeTest {
  private final TimedTarget target = new TimedTarget();

  private Finding instead() {
    return target.byTime().instead(PLAN, new LogGoneException(PLAN.target(), "purged"));
  }

  @Test
  void isARiskThatNamesWhatIsFoundAndWhatIsMissing() {
    target.cutOver(PLAN);
    Finding finding = instead();
    assertThat(finding.verdict()).isEqualTo(Verdict.RISK);
    assertThat(finding.found())
        .startsWith("incomplete: deletes and untimed tables are missing")
        .containsSubsequence(
            "All changes are missing of: app.log (no time column)",
            "Rows since 2026-03-01T09:50:00Z are looked for in app.stock (changed)",
            "purged");
  }

  @Test
  void looksFurtherBackWhereTheTargetsClockIsBehind() {
    target.cutOver(PLAN);
    target.clock(CUTOVER.minus(Duration.ofMinutes(25)));
    assertThat(instead().found()).contains("Rows since 2026-03-01T09:25:00Z");
    target.clock(CUTOVER.plus(Duration.ofMinutes(25)));
    assertThat(instead().found()).contains("Rows since 2026-03-01T09:50:00Z");
  }

  @Test
  void isImpossibleWithoutACutoverOrWithoutATimeColumn() {
    assertThat(instead().verdict()).isEqualTo(Verdict.BAD);
    assertThat(instead().found()).contains("no cutover is in the journal");
    target.cutOver(PLAN);
    target.has(List.of(), LOG_UNTIMED);
    assertThat(instead().verdict()).isEqualTo(Verdict.BAD);
    assertThat(instead().found()).contains("name one in delta.tables");
  }

  @Test
  void isNeverDoneWithoutPeopleWhoWereTold() {
    target.cutOver(PLAN);
    Findings findings = new Findings(List.of(instead()));
    assertThat(target.byTime().approvedOnly(RUN, findings).good()).isFalse();
    assertThat(target.byTime().obstacle(RUN)).get().asString().contains("start it again");
    // what the step itself found and wrote down is no approval
    target
        .journal()
        .append(RUN, new Measured(FoundByTime.WHAT, "target", FoundByTime.WHAT, "RISK"));
    assertThat(target.byTime().obstacle(RUN)).isPresent();

    target.approve();
    assertThat(target.byTime().approvedOnly(RUN, findings)).isEqualTo(findings);
    assertThat(target.byTime().obstacle(RUN)).isEmpty();
  }

  @Test
  void looksForRowsOnceOnly() {
    target.approve();
    new ChosenDelta(DeltaChoice.IMPORT, Map.of()).keep(target.journal(), RUN, AskedTables.NONE);
    assertThat(target.byTime().obstacle(RUN))
        .get()
        .asString()
        .contains("cannot be found a second time");
  }

  @Test
  void isBadWhenTheTargetDoesNotAnswer() {
    target.cutOver(PLAN);
    target.silent();
    assertThat(instead().verdict()).isEqualTo(Verdict.BAD);
    assertThat(instead().found()).contains("no answer");
  }
}
