package dev.repli.cutover;

import dev.repli.approval.ApprovalLock;
import dev.repli.approval.Question;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/** Who approves a cutover in spite of a warning names the guardrail that warns. */
final class GuardrailLock implements ApprovalLock {
  private static final String LOCKED = "cutover";
  private final CutoverJournal journal;

  GuardrailLock(CutoverJournal journal) {
    this.journal = journal;
  }

  @Override
  public Optional<String> closed(RunKey run, Question question, String reason) {
    if (!question.id().equals(LOCKED)) {
      return Optional.empty();
    }
    List<String> missing =
        journal
            .newest(run, CheckGuardrails.CHECKED)
            .map(checked -> checked.facts().getOrDefault(CheckGuardrails.TO_BE_NAMED, ""))
            .map(names -> List.of(names.split(",")))
            .orElse(List.of())
            .stream()
            .filter(name -> !name.isBlank() && !reason.contains(name))
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "guardrails warn; to approve in spite of that, name them in the reason: "
                + String.join(", ", missing));
  }
}
