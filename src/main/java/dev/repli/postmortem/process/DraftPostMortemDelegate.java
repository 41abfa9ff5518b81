package dev.repli.postmortem.process;

import dev.repli.postmortem.WritePostMortem;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class DraftPostMortemDelegate implements JavaDelegate {
  private final WritePostMortem postMortems;

  DraftPostMortemDelegate(WritePostMortem postMortems) {
    this.postMortems = postMortems;
  }

  @Override
  public void execute(DelegateExecution execution) {
    PostMortemVariables.TIMES.write(
        execution,
        postMortems.draft(
            PostMortemVariables.RUN_KEY.read(execution),
            PostMortemVariables.ROLLBACK.read(execution),
            PostMortemVariables.DRY_RUN.read(execution)));
  }
}
