package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.survey.Disks;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.GuardrailRules;
import dev.repli.plan.GuardrailRules.Accepted;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What a plan accepts beforehand, for how long, and what it cannot. */
class AcceptedWarningTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
  private final SurveyedPair pair = SurveyedPair.mariaDb();

  @Test
  void needsNotBeNamedInTheApprovalAndShowsTheReason() {
    pair.source.table("old", "MyISAM", "");
    accept("special-engines", TODAY);

    GuardrailResult result = ask("special-engines");
    assertThat(result.status()).isEqualTo(Status.ACCEPTED);
    assertThat(result.evidence().get(0))
        .isEqualTo("accepted by the plan until 2026-11-21: archive, read only");
    assertThat(report(result).toBeNamed()).isEmpty();
    assertThat(report(result).blocked()).isFalse();
    assertThat(report(result).summary()).contains("1 accepted by the plan");
  }

  @Test
  void countsNoLongerAfterItsLastDay() {
    pair.source.table("old", "MyISAM", "");
    accept("special-engines", TODAY.minusDays(1));

    GuardrailResult result = ask("special-engines");
    assertThat(result.status()).isEqualTo(Status.AMBER);
    assertThat(result.evidence().get(0)).startsWith("no longer accepted by the plan");
    assertThat(report(result).toBeNamed()).containsExactly("special-engines");
  }

  @Test
  void cannotAcceptABlocker() {
    pair.source.indexes.clear();
    accept("primary-keys", TODAY);

    assertThat(ask("primary-keys").status()).isEqualTo(Status.RED);
  }

  @Test
  void cannotAcceptACheckThatCouldNotBeMade() {
    GuardrailResult result =
        GuardrailResult.notChecked(About.warns(Group.SCHEMA, "special-engines", "InnoDB"), "why");
    accept("special-engines", TODAY);

    assertThat(result.acceptedBy(pair.situation().plan(), SurveyedPair.NOW).status())
        .isEqualTo(Status.RED);
  }

  @Test
  void unknownDisksBlockOnlyWhenThePlanAsksForFreeDisk() {
    pair.target.disks = Disks.unknown("no plugin");
    assertThat(ask("disk-free").status()).isEqualTo(Status.GREEN);
    assertThat(ask("disk-known").status()).isEqualTo(Status.AMBER);

    pair.change = plan -> GuardrailLab.with(plan, new GuardrailRules(List.of(), Optional.of(20)));
    assertThat(ask("disk-free").status()).isEqualTo(Status.RED);
    assertThat(ask("disk-free").found()).contains("unknown, but the plan asks");
  }

  @Test
  void freeDiskIsCountedWithTheBinaryLogsOfTheWindow() {
    assertThat(ask("disk-free").status()).isEqualTo(Status.GREEN);
    // 24 h of uptime, three days of window
    pair.source.status.put("binlog_bytes_written", "150000000");

    assertThat(ask("disk-free").status()).isEqualTo(Status.RED);
    assertThat(ask("disk-free").found()).contains("429 MB for binary logs of the window");
  }

  private void accept(String name, LocalDate until) {
    Accepted accepted = new Accepted(name, "archive, read only", until);
    pair.change =
        plan -> GuardrailLab.with(plan, new GuardrailRules(List.of(accepted), Optional.empty()));
  }

  private GuardrailResult ask(String name) {
    try (AnnotationConfigApplicationContext context =
        GuardrailLab.context(reference -> "", new InMemoryJournal())) {
      return context.getBeansOfType(Guardrail.class).values().stream()
          .filter(guardrail -> guardrail.about().name().equals(name))
          .map(pair::ask)
          .findFirst()
          .orElseThrow()
          .acceptedBy(pair.situation().plan(), SurveyedPair.NOW);
    }
  }

  private static GuardrailReport report(GuardrailResult result) {
    return new GuardrailReport(
        new dev.repli.plan.PlanId("shop"),
        dev.repli.plan.Node.Role.SOURCE,
        Moment.BEFORE,
        SurveyedPair.NOW,
        Duration.ZERO,
        List.of(result));
  }
}
