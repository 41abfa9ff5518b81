package dev.repli.postmortem.process;

import dev.repli.postmortem.Action;
import dev.repli.postmortem.ActionLines;
import dev.repli.postmortem.ActionLines.Read;
import dev.repli.postmortem.Learned;
import dev.repli.postmortem.WritePostMortem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/** Keeps what somebody wrote, also when they want to go on later. */
@Component
class PostMortemWrittenListener implements TaskListener {
  private final WritePostMortem postMortems;

  PostMortemWrittenListener(WritePostMortem postMortems) {
    this.postMortems = postMortems;
  }

  @Override
  public void notify(DelegateTask task) {
    String author = Author.of(task);
    PostMortemVariables.WRITTEN_BY.write(task.getExecution(), author);
    postMortems.written(
        PostMortemVariables.RUN_KEY.read(task),
        PostMortemVariables.ROLLBACK.read(task),
        author,
        learned(task),
        actions(task));
  }

  private static Learned learned(DelegateTask task) {
    return new Learned(
        text(task, PostMortemVariables.IMPACT),
        PostMortemVariables.WHYS.stream().map(why -> text(task, why)).toList(),
        text(task, PostMortemVariables.WENT_WELL),
        text(task, PostMortemVariables.TO_IMPROVE),
        text(task, PostMortemVariables.LESSONS),
        text(task, PostMortemVariables.NOTE));
  }

  /** Lines that cannot be read yet are no actions yet; ready ones were checked before. */
  private static List<Action> actions(DelegateTask task) {
    LocalDate today = LocalDate.ofInstant(ClockUtil.getCurrentTime().toInstant(), ZoneOffset.UTC);
    return ActionLines.read(text(task, PostMortemVariables.ACTIONS), today)
            instanceof Read.Actions read
        ? read.actions()
        : List.of();
  }

  private static String text(DelegateTask task, String variable) {
    return task.getVariable(variable) instanceof String text ? text : "";
  }
}
