package dev.repli.communication;

import dev.repli.communication.Message.State;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.Plan;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends a test message over each channel of a plan, and to each address of those who are on call,
 * and says at once what came of it.
 */
public final class TryChannels {
  private final Envelope envelope;
  private final Deliveries deliveries;
  private final Clock clock;

  public TryChannels(Wording wording, Deliveries deliveries, Clock clock) {
    this.envelope = new Envelope(wording, deliveries);
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * By channel, what came of it; an address is the channel {@code contact:<id>:<kind>}.
   *
   * @param by who asks
   */
  public Map<String, Delivery.Result> all(Plan plan, String by) {
    Map<String, Delivery.Result> results = new LinkedHashMap<>();
    for (Channel channel : ContactChannels.all(plan)) {
      Instant now = clock.instant();
      Map<String, String> facts = new HashMap<>(Correspondent.general(plan, now));
      facts.put("by", by);
      facts.put("channel", channel.name());
      Message message =
          Message.fresh(
              "%s/test/%d/%s".formatted(plan.id(), now.toEpochMilli(), channel.name()),
              plan.id(),
              "",
              channel.name(),
              channel.audience(),
              Moment.TEST,
              facts,
              State.DROPPED,
              now);
      Delivery.Result result =
          deliveries.send(
              plan.communication(), channel, envelope.next(plan, channel, List.of(message)).text());
      results.put(channel.name(), result);
    }
    return results;
  }
}
