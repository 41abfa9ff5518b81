package dev.repli.communication.process;

import dev.repli.communication.VisibleText;
import dev.repli.engine.ModelProperties;
import dev.repli.engine.hardening.AnswerRule;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Refuses a changed text that is none, or too long, whatever way it came. */
@Component
class MessageAnswers extends AnswerRule {
  /** Of one language; the engine's column holds 4 000. */
  static final int LONGEST = 3000;

  private static final String MARK = "repli.message";

  @Override
  protected Optional<String> refusal(Answer answer) {
    return ModelProperties.of(answer.task().getBpmnModelElementInstance())
        .find(MARK)
        .flatMap(any -> wrong(answer));
  }

  private static Optional<String> wrong(Answer answer) {
    if (!"SEND_CHANGED".equals(answer.sent().get(MessageVariables.ANSWER))) {
      return Optional.empty();
    }
    boolean same = true;
    for (MessageVariables.Version version : MessageVariables.VERSIONS) {
      String shown = version.shown().readOr(answer.task(), "");
      String now =
          answer.sent().get(version.text().name()) instanceof String changed
              ? VisibleText.lines(changed)
              : shown;
      if (now.length() > LONGEST) {
        return Optional.of(
            "%s has %d characters; at most %d are sent"
                .formatted(answer.labels().field(version.text().name()), now.length(), LONGEST));
      }
      if (now.isEmpty() && !shown.isEmpty()) {
        return Optional.of(
            "%s is empty: write what is sent, or answer %s"
                .formatted(
                    answer.labels().field(version.text().name()), named(answer, "DO_NOT_SEND")));
      }
      same &= now.equals(VisibleText.lines(shown));
    }
    return same
        ? Optional.of("no text is changed: change one, or answer " + named(answer, "SEND"))
        : Optional.empty();
  }

  private static String named(Answer answer, String value) {
    return answer.labels().option(MessageVariables.ANSWER, value);
  }
}
