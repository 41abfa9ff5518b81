package dev.repli.rollback.process;

import dev.repli.engine.hardening.AnswerRule;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Refuses an answer that no gateway knows and a missing reason, whatever way the answer came. */
@Component
class KnownAnswers extends AnswerRule {

  @Override
  protected Optional<String> refusal(Answer answer) {
    return DecisionModel.of(answer.task().getBpmnModelElementInstance())
        .flatMap(model -> refusal(model, answer));
  }

  private static Optional<String> refusal(DecisionModel model, Answer sent) {
    DecisionModel.Given answer =
        new DecisionModel.Given(model.answer(), sent.text(model.answer()), sent.labels());
    return model
        .refusal(answer, sent.text(model.reason()))
        .or(
            () ->
                model
                    .typed()
                    .flatMap(
                        typed ->
                            typed.refusal(
                                answer,
                                sent.text(typed.variable()),
                                String.valueOf(sent.task().getVariable(typed.expected())))))
        .or(
            () ->
                model
                    .choice()
                    .flatMap(
                        choice ->
                            choice.refusal(
                                answer,
                                sent.text(choice.variable()),
                                sent.task().getVariable(choice.from()) instanceof String offered
                                    ? offered
                                    : "")))
        .or(
            () ->
                model
                    .closed()
                    .flatMap(
                        closed -> closed.refusal(answer, sent.task().getVariable(closed.by()))));
  }
}
