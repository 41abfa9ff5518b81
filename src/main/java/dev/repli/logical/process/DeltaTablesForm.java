package dev.repli.logical.process;

import dev.repli.engine.ModelProperties;
import dev.repli.engine.hardening.AnswerRule;
import dev.repli.journal.Journal;
import dev.repli.logical.DeltaAnswers;
import dev.repli.logical.DeltaChoice;
import dev.repli.run.RunKey;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Refuses what does not say of each table that is left to people what happens to its changes. */
@Component
class DeltaTablesForm extends AnswerRule {
  /** Property of the task, with the name of the field that has the lines. */
  private static final String LINES = "repli.deltaTables";

  /** Asked for when needed: the engine itself needs the rules. */
  private final ObjectProvider<Journal> journal;

  DeltaTablesForm(ObjectProvider<Journal> journal) {
    this.journal = journal;
  }

  @Override
  protected Optional<String> refusal(Answer answer) {
    ModelProperties model = ModelProperties.of(answer.task().getBpmnModelElementInstance());
    return model
        .find(LINES)
        .flatMap(
            field ->
                LogicalVariables.choice(answer.text(model.get("repli.answer")))
                    .flatMap(choice -> refusal(answer, choice, field, model.get("repli.reason"))));
  }

  private Optional<String> refusal(Answer sent, DeltaChoice choice, String field, String reason) {
    RunKey run = LogicalVariables.RUN_KEY.read(sent.task().getExecution());
    DeltaAnswers answers = new DeltaAnswers(journal.getObject());
    Optional<String> wrong = answers.refusal(run, choice, sent.text(field));
    if (wrong.isPresent()) {
      return wrong.map(why -> sent.labels().field(field) + ": " + why);
    }
    return sent.text(reason).isBlank()
        ? answers
            .chosen(run, choice, sent.text(field))
            .abandoned()
            .map(
                table ->
                    "abandoning the changes of %s needs a reason in %s"
                        .formatted(table, sent.labels().field(reason)))
        : Optional.empty();
  }
}
