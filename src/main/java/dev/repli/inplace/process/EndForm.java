package dev.repli.inplace.process;

import dev.repli.engine.hardening.AnswerRule;
import dev.repli.inplace.WantedEnd;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Refuses an end of the recovery that can be none, whatever way the answer came. */
@Component
class EndForm extends AnswerRule {
  private static final String TASK = "Task_ConfirmInPlace";
  private static final String CANCEL = "CANCEL";

  @Override
  protected Optional<String> refusal(Answer answer) {
    String said = answer.text(InPlaceVariables.ANSWER.name());
    return TASK.equals(answer.task().getTaskDefinitionKey()) && !said.equals(CANCEL)
        ? WantedEnd.refusal(answer.text(InPlaceVariables.END.name()), said)
            .map(why -> answer.labels().field(InPlaceVariables.END.name()) + ": " + why)
        : Optional.empty();
  }
}
