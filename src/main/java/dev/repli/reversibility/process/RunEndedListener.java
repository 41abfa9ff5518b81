package dev.repli.reversibility.process;

import dev.repli.reversibility.ReversibilityClock;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What a run did may have opened or closed a way back: measured soon, not at the next round. */
@Component
class RunEndedListener {
  private final ObjectProvider<ReversibilityClock> clock;

  RunEndedListener(ObjectProvider<ReversibilityClock> clock) {
    this.clock = clock;
  }

  @EventListener
  void ended(HistoricProcessInstanceEventEntity event) {
    if (event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_END)) {
      clock.ifAvailable(ReversibilityClock::soon);
    }
  }
}
