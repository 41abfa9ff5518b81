package dev.repli.approval;

import dev.repli.approval.Approval.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Decides whether an answer counts. The same rules whatever way the answer came. */
public final class ApprovalRuling {
  private static final int LONGEST_REASON = 2000;

  private ApprovalRuling() {}

  /** What somebody answers. */
  public record Attempt(
      String who,
      Set<String> groups,
      String answer,
      String reason,
      String shownFingerprint,
      Instant at) {
    public Attempt {
      groups = Set.copyOf(groups);
    }
  }

  /** The outcome. */
  public sealed interface Ruling {
    /** It counts. */
    record Accepted(Answer answer) implements Ruling {}

    /** This person may not answer; somebody else may. */
    record WrongPerson(String why) implements Ruling {}

    /** This answer does not count; another one may. */
    record WrongAnswer(String why) implements Ruling {}
  }

  public static Ruling judge(Question question, Attempt attempt) {
    List<String> roles = question.plan().approvals().roles();
    if (roles.stream().noneMatch(attempt.groups()::contains)) {
      return new Ruling.WrongPerson(
          attempt.who() + " has none of the roles that decide for this plan: " + named(roles));
    }
    if (attempt.who().equals(question.requestedBy())) {
      return new Ruling.WrongPerson(
          attempt.who() + " asked for this run, so somebody else has to decide");
    }
    if (question.first().filter(first -> first.who().equals(attempt.who())).isPresent()) {
      return new Ruling.WrongPerson(
          attempt.who() + " gave the first answer, so the second has to come from somebody else");
    }
    if (attempt.reason().length() > LONGEST_REASON) {
      return new Ruling.WrongAnswer(
          "the reason is longer than " + LONGEST_REASON + " characters; shorten it");
    }
    return switch (attempt.answer()) {
      case "approve" -> approve(question, attempt);
      case "reject" -> reject(attempt);
      default -> new Ruling.WrongAnswer("choose approve or reject");
    };
  }

  /** Saying no needs a reason, but nothing that could have run out meanwhile. */
  private static Ruling reject(Attempt attempt) {
    return attempt.reason().isBlank()
        ? new Ruling.WrongAnswer("say why it is rejected")
        : new Ruling.Accepted(Answer.REJECT);
  }

  private static Ruling approve(Question question, Attempt attempt) {
    if (attempt.shownFingerprint().isBlank()) {
      return new Ruling.WrongAnswer(
          "the answer does not say for which fingerprint it is given; answer on the form");
    }
    if (!attempt.shownFingerprint().equals(question.fingerprint())) {
      return new Ruling.WrongAnswer(
          "the plan or its runbooks changed since this question was asked (shown "
              + attempt.shownFingerprint()
              + ", now "
              + question.fingerprint()
              + "): reject or abort this run and start again, or put the plan back as it was");
    }
    Duration expiry = question.plan().approvals().expiry();
    if (attempt.at().isAfter(question.askedAt().plus(expiry))) {
      return new Ruling.WrongAnswer(
          "this question was asked more than "
              + minutes(expiry)
              + " ago and what it shows is out of date: reject or abort this run and start again");
    }
    return question.needsFirst() ? second(question, attempt) : accepted();
  }

  private static Ruling second(Question question, Attempt attempt) {
    Duration expiry = question.plan().approvals().expiry();
    boolean holds =
        question
            .first()
            .filter(Approval::approves)
            .filter(first -> first.fingerprint().equals(question.fingerprint()))
            .filter(first -> !attempt.at().isAfter(first.at().plus(expiry)))
            .isPresent();
    return holds
        ? accepted()
        : new Ruling.WrongAnswer(
            "there is no valid first approval for this fingerprint any more: reject or abort this"
                + " run and start again");
  }

  private static Ruling accepted() {
    return new Ruling.Accepted(Answer.APPROVE);
  }

  private static String named(Collection<String> roles) {
    return String.join(", ", new TreeSet<>(roles));
  }

  private static String minutes(Duration duration) {
    return duration.toMinutes() + " min";
  }
}
