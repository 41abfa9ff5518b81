package dev.repli.communication.process;

import dev.repli.communication.ApproveMessage;
import dev.repli.communication.ApproveMessage.Answer;
import dev.repli.communication.ApproveMessage.Said;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Sends the message or not, as people said; an abort says no. */
@Component
class SettleMessageDelegate implements JavaDelegate {
  private final ApproveMessage approval;

  SettleMessageDelegate(ApproveMessage approval) {
    this.approval = approval;
  }

  @Override
  public void execute(DelegateExecution execution) {
    boolean aborted = execution.getCurrentActivityId().equals("Task_DropMessage");
    MessageVariables.SENT.write(
        execution,
        approval.settle(
            MessageVariables.RUN_KEY.read(execution),
            MessageVariables.DRAFT.read(execution),
            aborted ? aborted() : said(execution)));
  }

  private static Said aborted() {
    return new Said("an abort", Answer.DO_NOT_SEND, Map.of(), "its approval was aborted");
  }

  private static Said said(DelegateExecution execution) {
    Map<String, String> words = new HashMap<>();
    MessageVariables.VERSIONS.forEach(
        version -> words.put(version.language(), version.text().readOr(execution, "")));
    return new Said(
        MessageVariables.ANSWERED_BY.read(execution),
        Answer.valueOf(String.valueOf(execution.getVariable(MessageVariables.ANSWER))),
        words,
        execution.getVariable(MessageVariables.REASON) instanceof String why ? why : "");
  }
}
