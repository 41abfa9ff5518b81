package dev.repli.reversibility.process;

import dev.repli.reversibility.ReversibilityClock;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What a run did may have opened or closed a way back: measured soon, not at the next round. Not
 * when one of its parts ends: the next part may be the writer switch, and nobody should look then.
 */
@Component
class RunEndedListener {
  private final Runnable soon;

  @Autowired
  RunEndedListener(ObjectProvider<ReversibilityClock> clock) {
    this(() -> clock.ifAvailable(ReversibilityClock::soon));
  }

  RunEndedListener(Runnable soon) {
    this.soon = soon;
  }

  @EventListener
  void ended(HistoricProcessInstanceEventEntity event) {
    if (event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_END)
        && event.getSuperProcessInstanceId() == null) {
      soon.run();
    }
  }
}
