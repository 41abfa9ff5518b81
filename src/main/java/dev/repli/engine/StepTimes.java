package dev.repli.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * {@code repli_steps_seconds}: how long each step of each runbook took, people's tasks too, in
 * whole milliseconds, as the engine's history says. Only what was committed counts: a step that is
 * rolled back and run again counts once. Names come from the models, so there are few. The engine's
 * Spring Boot starter finds it by its type and lets it hear of history beside the engine's own
 * tables.
 */
@Component
class StepTimes implements HistoryEventHandler {
  private static final Set<String> STEPS =
      Set.of(
          ActivityTypes.TASK_SERVICE,
          ActivityTypes.TASK_USER_TASK,
          ActivityTypes.TASK_BUSINESS_RULE,
          ActivityTypes.SUB_PROCESS,
          ActivityTypes.CALL_ACTIVITY);

  private final MeterRegistry meters;

  StepTimes(ObjectProvider<MeterRegistry> meters) {
    this.meters = meters.getIfAvailable(SimpleMeterRegistry::new);
  }

  @Override
  public void handleEvent(HistoryEvent event) {
    if (event instanceof HistoricActivityInstanceEventEntity step
        && event.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_END)
        && STEPS.contains(step.getActivityType())) {
      Context.getCommandContext()
          .getTransactionContext()
          .addTransactionListener(TransactionState.COMMITTED, committed -> record(step));
    }
  }

  /** By now the engine has looked up when it began. */
  private void record(HistoricActivityInstanceEventEntity step) {
    Long millis = step.getDurationInMillis();
    if (millis != null) {
      Timer.builder("repli.steps")
          .description("How long a step of a runbook took")
          .tag("runbook", step.getProcessDefinitionKey())
          .tag("step", step.getActivityId())
          .tag("result", step.isCanceled() ? "canceled" : "completed")
          .register(meters)
          .record(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void handleEvents(List<HistoryEvent> events) {
    events.forEach(this::handleEvent);
  }
}
