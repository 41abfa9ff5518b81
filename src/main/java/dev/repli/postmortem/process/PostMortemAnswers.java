package dev.repli.postmortem.process;

import dev.repli.engine.ModelProperties;
import dev.repli.engine.hardening.AnswerRule;
import dev.repli.postmortem.ActionLines;
import dev.repli.postmortem.ActionLines.Read;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/**
 * Refuses a post-mortem that is too long or not complete, and its acceptance by who wrote it,
 * whatever way the answer came.
 */
@Component
class PostMortemAnswers extends AnswerRule {
  /** Of one field; the engine's column holds 4 000. */
  private static final int LONGEST = 3000;

  private static final String ROLE = "repli.postMortem";

  @Override
  protected Optional<String> refusal(Answer answer) {
    return ModelProperties.of(answer.task().getBpmnModelElementInstance())
        .find(ROLE)
        .flatMap(role -> role.equals("write") ? wrong(answer) : ofWriter(answer));
  }

  private static Optional<String> ofWriter(Answer answer) {
    answer
        .user()
        .filter(
            user -> PostMortemVariables.WRITTEN_BY.find(answer.task()).equals(Optional.of(user)))
        .ifPresent(
            user -> {
              throw new AuthorizationException(
                  user + " wrote this post-mortem, so somebody else has to accept it");
            });
    return Optional.empty();
  }

  private static Optional<String> wrong(Answer answer) {
    for (Map.Entry<?, ?> field : answer.sent().entrySet()) {
      if (field.getValue() instanceof String text && text.length() > LONGEST) {
        return Optional.of(
            "%s has %d characters; at most %d are kept"
                .formatted(
                    answer.labels().field(String.valueOf(field.getKey())), text.length(), LONGEST));
      }
    }
    if (!PostMortemVariables.READY.equals(answer.sent().get(PostMortemVariables.ANSWER))) {
      return Optional.empty();
    }
    if (answer.text(PostMortemVariables.WHYS.get(0)).isBlank()) {
      return Optional.of("a post-mortem that is ready says at least one why");
    }
    LocalDate today = LocalDate.ofInstant(ClockUtil.getCurrentTime().toInstant(), ZoneOffset.UTC);
    return ActionLines.read(answer.text(PostMortemVariables.ACTIONS), today)
            instanceof Read.Wrong wrong
        ? Optional.of(answer.labels().field(PostMortemVariables.ACTIONS) + ": " + wrong.why())
        : Optional.empty();
  }
}
