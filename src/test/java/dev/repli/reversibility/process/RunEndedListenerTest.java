package dev.repli.reversibility.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.junit.jupiter.api.Test;

class RunEndedListenerTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final RunEndedListener listener = new RunEndedListener(asked::incrementAndGet);

  private static HistoricProcessInstanceEventEntity event(HistoryEventTypes type) {
    HistoricProcessInstanceEventEntity event = new HistoricProcessInstanceEventEntity();
    event.setEventType(type.getEventName());
    return event;
  }

  @Test
  void asksForAMeasurementWhenARunEnds() {
    listener.ended(event(HistoryEventTypes.PROCESS_INSTANCE_END));

    assertThat(asked).hasValue(1);
  }

  @Test
  void staysQuietWhenARunBeginsOrAPartOfOneEnds() {
    HistoricProcessInstanceEventEntity part = event(HistoryEventTypes.PROCESS_INSTANCE_END);
    part.setSuperProcessInstanceId("the run");

    listener.ended(event(HistoryEventTypes.PROCESS_INSTANCE_START));
    listener.ended(part);

    assertThat(asked).hasValue(0);
  }
}
