package dev.repli.triage.process;

import dev.repli.criteria.Ruling.Outcome;
import dev.repli.rollback.EvidenceTable;
import dev.repli.triage.WeighIncident.Course;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Which step it is says the run. */
@Component
class IncidentStepDelegate implements JavaDelegate {
  private final RecordIncidentDelegate recording;
  private final WeighIncidentDelegate weighing;
  private final LookForNewsDelegate news;
  private final LookAtWayBackDelegate wayBack;
  private final StartRollbackDelegate start;
  private final LookAtRollbackDelegate rollback;

  IncidentStepDelegate(
      RecordIncidentDelegate recording,
      WeighIncidentDelegate weighing,
      LookForNewsDelegate news,
      LookAtWayBackDelegate wayBack,
      StartRollbackDelegate start,
      LookAtRollbackDelegate rollback) {
    this.recording = recording;
    this.weighing = weighing;
    this.news = news;
    this.wayBack = wayBack;
    this.start = start;
    this.rollback = rollback;
  }

  @Override
  public void execute(DelegateExecution execution) {
    switch (TriageVariables.STEP.read(execution)) {
      case RECORD -> recording.execute(execution);
      case EVALUATE -> weigh(execution);
      case LOOK_FOR_NEWS -> news.execute(execution);
      case MEASURE_WAYS -> wayBack.execute(execution);
      case START_ROLLBACK -> start.execute(execution);
      case LOOK_AT_ROLLBACK -> rollback.execute(execution);
    }
  }

  /** What the triage goes on with when it is skipped: nobody knows, so people say. */
  private void weigh(DelegateExecution execution) {
    try {
      weighing.execute(execution);
    } catch (BpmnError failed) {
      TriageVariables.VERDICT.write(execution, Outcome.INCONCLUSIVE);
      TriageVariables.COURSE.write(execution, Course.ASSESS);
      TriageVariables.VERDICT_TEXT.write(
          execution,
          EvidenceTable.warning(
              "The criteria could not be evaluated: "
                  + TriageVariables.STEP_ERROR.readOr(execution, "")));
      throw failed;
    }
  }
}
