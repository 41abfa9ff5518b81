package dev.repli.logical.process;

import dev.repli.journal.Journal;
import dev.repli.logical.DeltaChoice;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/**
 * What people choose counts for the import and for the switch. A choice that is then rejected is
 * followed by another one, and nothing is imported in between.
 */
@Component
class ChooseDeltaListener implements TaskListener {
  private static final String ANSWER = "deltaAnswer";
  private final Journal journal;

  ChooseDeltaListener(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateTask task) {
    chosen(String.valueOf(task.getVariable(ANSWER)))
        .ifPresent(choice -> choice.choose(journal, LogicalVariables.RUN_KEY.read(task)));
  }

  /** Empty when people choose not to go back. */
  private static Optional<DeltaChoice> chosen(String answer) {
    return Stream.of(DeltaChoice.values())
        .filter(choice -> choice.name().equals(answer.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
