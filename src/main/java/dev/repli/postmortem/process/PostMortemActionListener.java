package dev.repli.postmortem.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.postmortem.Action;
import dev.repli.postmortem.PostMortems;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Gives each of the parallel tasks its own action. */
@Component
class PostMortemActionListener implements ExecutionListener {
  private static final int NAME = 60;
  private final PostMortems postMortems;

  PostMortemActionListener(PostMortems postMortems) {
    this.postMortems = postMortems;
  }

  @Override
  public void notify(DelegateExecution execution) {
    List<Action> actions = postMortems.actions(PostMortemVariables.ROLLBACK.read(execution));
    Action action = actions.get(PostMortemVariables.LOOP_COUNTER.read(execution).intValue());
    PostMortemVariables.ACTION_PLACE.writeLocal(execution, (long) action.place());
    PostMortemVariables.ACTION_OWNER.writeLocal(execution, action.owner());
    PostMortemVariables.ACTION_DUE.writeLocal(
        execution, action.due().atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC));
    PostMortemVariables.ACTION_NAME.writeLocal(execution, name(action.what()));
    PostMortemVariables.ACTION_TEXT.writeLocal(
        execution,
        "%s\n\nOwner: **%s**, due **%s**"
            .formatted(lines(action.what()), plain(action.owner()), action.due()));
  }

  private static String name(String what) {
    return what.length() <= NAME ? what : what.substring(0, NAME - 1) + "…";
  }

  /** The escape for tables cuts at 200 characters, so it gets less at a time. */
  private static String lines(String what) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < what.length(); at += 150) {
      text.append(plain(what.substring(at, Math.min(what.length(), at + 150)))).append('\n');
    }
    return text.toString().strip();
  }
}
