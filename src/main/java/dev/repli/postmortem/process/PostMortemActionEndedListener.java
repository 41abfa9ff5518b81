package dev.repli.postmortem.process;

import dev.repli.postmortem.Action;
import dev.repli.postmortem.PostMortems;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Notes how an action ended. */
@Component
class PostMortemActionEndedListener implements TaskListener {
  private final PostMortems postMortems;

  PostMortemActionEndedListener(PostMortems postMortems) {
    this.postMortems = postMortems;
  }

  @Override
  public void notify(DelegateTask task) {
    boolean done = "DONE".equals(task.getVariable("actionAnswer"));
    postMortems.ended(
        PostMortemVariables.ROLLBACK.read(task),
        PostMortemVariables.ACTION_PLACE.read(task).intValue(),
        done ? Action.State.DONE : Action.State.NOT_NEEDED);
  }
}
