package dev.repli.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.ApprovalRuling.Attempt;
import dev.repli.approval.ApprovalRuling.Ruling;
import dev.repli.engine.OnePlan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalRulingTest {
  private static final Instant ASKED = Instant.parse("2026-01-01T10:00:00Z");
  private static final String NOW = "f1";

  @Test
  void acceptsARoleOfThePlan() {
    assertThat(judge(question(Optional.empty()), "lead1", "approve", NOW, 1))
        .isInstanceOf(Ruling.Accepted.class);
  }

  @Test
  void refusesSomebodyWithoutARoleOfThePlan() {
    Attempt attempt =
        new Attempt("op1", Set.of("operators"), "approve", "", NOW, ASKED.plusSeconds(1));

    assertThat(ApprovalRuling.judge(question(Optional.empty()), attempt))
        .isInstanceOfSatisfying(
            Ruling.WrongPerson.class,
            wrong -> assertThat(wrong.why()).contains("project-manager, technical-lead"));
  }

  @Test
  void refusesTheRequesterWhateverTheRole() {
    assertThat(judge(question(Optional.empty()), "asker", "approve", NOW, 1))
        .isInstanceOf(Ruling.WrongPerson.class);
  }

  @Test
  void refusesTheFirstPersonOnTheSecondQuestion() {
    Question second = question(Optional.of(first("lead1", NOW, ASKED)));

    assertThat(judge(second, "lead1", "approve", NOW, 1)).isInstanceOf(Ruling.WrongPerson.class);
    assertThat(judge(second, "pm1", "approve", NOW, 1)).isInstanceOf(Ruling.Accepted.class);
  }

  @Test
  void refusesAFingerprintThatIsNotTheRunsAnyMore() {
    assertThat(judge(question(Optional.empty()), "lead1", "approve", "f0", 1))
        .isInstanceOfSatisfying(
            Ruling.WrongAnswer.class,
            wrong -> assertThat(wrong.why()).contains("shown f0, now f1"));
  }

  @Test
  void refusesAnAnswerThatCameTooLate() {
    Question question = question(Optional.empty());

    assertThat(judge(question, "lead1", "approve", NOW, 30 * 60))
        .isInstanceOf(Ruling.Accepted.class);
    assertThat(judge(question, "lead1", "approve", NOW, 30 * 60 + 1))
        .isInstanceOf(Ruling.WrongAnswer.class);
  }

  @Test
  void refusesTheSecondWhenTheFirstRanOutOrWasForAnotherPlan() {
    Question late = question(Optional.of(first("pm1", NOW, ASKED.minus(Duration.ofHours(1)))));
    Question other = question(Optional.of(first("pm1", "f0", ASKED)));

    assertThat(judge(late, "lead1", "approve", NOW, 1)).isInstanceOf(Ruling.WrongAnswer.class);
    assertThat(judge(other, "lead1", "approve", NOW, 1)).isInstanceOf(Ruling.WrongAnswer.class);
  }

  @Test
  void letsSayNoAtAnyTimeButWithAReason() {
    Question question = question(Optional.empty());
    Instant late = ASKED.plus(Duration.ofDays(1));

    assertThat(
            ApprovalRuling.judge(
                question,
                new Attempt("lead1", Set.of("technical-lead"), "reject", "too risky", "f0", late)))
        .isEqualTo(new Ruling.Accepted(Approval.Answer.REJECT));
    assertThat(judge(question, "lead1", "reject", NOW, 1)).isInstanceOf(Ruling.WrongAnswer.class);
  }

  @Test
  void takesNoOtherAnswer() {
    assertThat(judge(question(Optional.empty()), "lead1", "maybe", NOW, 1))
        .isInstanceOf(Ruling.WrongAnswer.class);
  }

  private static Ruling judge(
      Question question, String who, String answer, String fingerprint, int secondsLater) {
    return ApprovalRuling.judge(
        question,
        new Attempt(
            who,
            Set.of("technical-lead", "approvers"),
            answer,
            "",
            fingerprint,
            ASKED.plusSeconds(secondsLater)));
  }

  private static Question question(Optional<Approval> first) {
    return new Question(
        "rollback", new OnePlan().all().get(0), "asker", NOW, ASKED, first.isPresent(), first);
  }

  private static Approval first(String who, String fingerprint, Instant at) {
    return new Approval(
        new RunKey("r"), "rollback", "t", "t", who, at, Approval.Answer.APPROVE, "", fingerprint);
  }
}
