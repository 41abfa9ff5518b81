package dev.repli.postmortem.process;

import dev.repli.postmortem.WritePostMortem;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class PublishPostMortemDelegate implements JavaDelegate {
  private final WritePostMortem postMortems;

  PublishPostMortemDelegate(WritePostMortem postMortems) {
    this.postMortems = postMortems;
  }

  @Override
  public void execute(DelegateExecution execution) {
    int actions =
        postMortems.publish(
            PostMortemVariables.RUN_KEY.read(execution),
            PostMortemVariables.ROLLBACK.read(execution));
    PostMortemVariables.ACTION_COUNT.write(execution, (long) actions);
  }
}
