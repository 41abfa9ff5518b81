package dev.repli.rollback.process;

import dev.repli.engine.ModelProperties;
import dev.repli.engine.hardening.FormLabels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.jspecify.annotations.Nullable;

/**
 * A task that asks for a decision other than an approval, as its extension properties say.
 *
 * @param answer variable of the answer
 * @param reason variable of the reason
 * @param answers what the next gateway knows
 * @param reasonFor the answer that needs a reason, if one does
 * @param typed what has to be typed, if anything
 * @param closed answers that may be closed, if any may
 * @param choice what has to be chosen, if anything
 */
record DecisionModel(
    String question,
    String answer,
    String reason,
    List<String> answers,
    Optional<String> reasonFor,
    Optional<Typed> typed,
    Optional<Closed> closed,
    Optional<Choice> choice) {

  /**
   * The answer that came.
   *
   * @param field in which it came
   */
  record Given(String field, String value, FormLabels labels) {
    /** For people. */
    String named() {
      return labels.option(field, value);
    }
  }

  /**
   * One of several that only the run knows.
   *
   * @param variable in which it comes
   * @param from variable of the process with what there is, as {@code NAME=words;NAME=words}
   * @param answers that need it
   */
  record Choice(String variable, String from, List<String> answers) {
    private static Optional<Choice> of(ModelProperties model) {
      return model
          .find("repli.choice")
          .map(
              variable ->
                  new Choice(
                      variable,
                      model.get("repli.choiceFrom"),
                      List.of(model.get("repli.choiceFor").split(",", -1))));
    }

    /** Why it does not count; empty when it does. */
    Optional<String> refusal(Given answer, String given, String offered) {
      if (!answers.contains(answer.value())) {
        return Optional.empty();
      }
      List<String> names =
          Stream.of(offered.split(";", -1))
              .filter(one -> !one.isEmpty())
              .map(one -> one.substring(0, one.indexOf('=')))
              .toList();
      if (names.isEmpty()) {
        return Optional.of("there is nothing to choose for the answer " + answer.named());
      }
      return names.contains(given)
          ? Optional.empty()
          : Optional.of(
              "%s has to be one of %s for the answer %s"
                  .formatted(
                      answer.labels().field(variable), String.join(", ", names), answer.named()));
    }
  }

  /**
   * Answers that are possible until something has happened.
   *
   * @param by variable of the process that is false when it is too late; without it, it never is
   * @param why words for people
   */
  record Closed(List<String> answers, String by, String why) {
    private static Optional<Closed> of(ModelProperties model) {
      return model
          .find("repli.closed")
          .map(
              all ->
                  new Closed(
                      List.of(all.split(",", -1)),
                      model.get("repli.closedBy"),
                      model.get("repli.closedWhy")));
    }

    /** Why it does not count; empty when it does. */
    Optional<String> refusal(Given answer, @Nullable Object open) {
      return answers.contains(answer.value()) && Boolean.FALSE.equals(open)
          ? Optional.of("the answer " + answer.named() + " is not possible any more: " + why)
          : Optional.empty();
    }
  }

  /**
   * Text that people have to type so that they know what they do.
   *
   * @param variable in which it comes
   * @param expected variable of the process that it has to equal
   * @param answers that need it
   */
  record Typed(String variable, String expected, List<String> answers) {
    private static Optional<Typed> of(ModelProperties model) {
      return model
          .find("repli.typed")
          .map(
              variable ->
                  new Typed(
                      variable,
                      model.get("repli.typedIs"),
                      List.of(model.get("repli.typedFor").split(","))));
    }

    /** Why it does not count; empty when it does. */
    Optional<String> refusal(Given answer, String given, String wanted) {
      return answers.contains(answer.value()) && !given.strip().equals(wanted)
          ? Optional.of(
              "%s has to be %s for the answer %s"
                  .formatted(answer.labels().field(variable), wanted, answer.named()))
          : Optional.empty();
    }
  }

  /** Empty when the task asks for no such decision. */
  static Optional<DecisionModel> of(BaseElement task) {
    ModelProperties model = ModelProperties.of(task);
    return model
        .find("repli.answer")
        .map(
            answer ->
                new DecisionModel(
                    model.get("repli.question"),
                    answer,
                    model.get("repli.reason"),
                    List.of(model.get("repli.answers").split(",")),
                    model.find("repli.reasonFor"),
                    Typed.of(model),
                    Closed.of(model),
                    Choice.of(model)));
  }

  /** Why this answer does not count; empty when it does. */
  Optional<String> refusal(Given given, String why) {
    if (!answers.contains(given.value())) {
      return Optional.of(
          given.labels().field(answer) + " has to be one of " + String.join(", ", answers));
    }
    return reasonFor
        .filter(given.value()::equals)
        .filter(needed -> why.isBlank())
        .map(
            needed ->
                "the answer %s needs a reason in %s"
                    .formatted(given.named(), given.labels().field(reason)));
  }
}
