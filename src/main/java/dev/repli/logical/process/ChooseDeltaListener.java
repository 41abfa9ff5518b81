package dev.repli.logical.process;

import dev.repli.engine.AtCommit;
import dev.repli.journal.Journal;
import dev.repli.logical.AskedTables;
import dev.repli.logical.ChosenDelta;
import dev.repli.logical.DeltaAnswers;
import dev.repli.logical.DeltaChoice;
import dev.repli.run.RunKey;
import java.util.Map;
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
    LogicalVariables.LOSS.write(task, "");
    LogicalVariables.choice(String.valueOf(task.getVariable(ANSWER)))
        .ifPresent(choice -> choose(task, choice));
  }

  private void choose(DelegateTask task, DeltaChoice choice) {
    RunKey run = LogicalVariables.RUN_KEY.read(task);
    DeltaAnswers answers = new DeltaAnswers(journal);
    AskedTables asked = answers.asked(run);
    // a run that was begun with an older model has no lines, and nothing was left to people by name
    ChosenDelta chosen =
        LogicalVariables.TABLES
            .find(task)
            .map(lines -> answers.chosen(run, choice, lines))
            .orElseGet(() -> new ChosenDelta(choice, Map.of()));
    LogicalVariables.LOSS.write(task, chosen.loss(asked));
    AtCommit.run(() -> chosen.keep(journal, run, asked));
  }
}
