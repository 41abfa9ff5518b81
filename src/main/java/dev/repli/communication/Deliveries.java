package dev.repli.communication;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import java.util.List;
import java.util.Optional;

/** Finds who speaks the language of a channel. Never throws for what a channel does. */
public final class Deliveries {
  private final List<Delivery> all;

  public Deliveries(List<Delivery> all) {
    this.all = List.copyOf(all);
    for (CommunicationRules.Type type : CommunicationRules.Type.values()) {
      long speakers = all.stream().filter(delivery -> delivery.speaks(type)).count();
      if (speakers != 1) {
        throw new IllegalArgumentException(speakers + " deliveries speak " + type);
      }
    }
  }

  private Delivery speaker(Channel channel) {
    return all.stream()
        .filter(delivery -> delivery.speaks(channel.type()))
        .findFirst()
        .orElseThrow();
  }

  /** How many characters of a body the channel takes. */
  int longest(Channel channel) {
    return speaker(channel).longest(channel.type());
  }

  Result send(CommunicationRules rules, Channel channel, Delivery.Text text) {
    try {
      return speaker(channel).send(rules, channel, text);
    } catch (dev.repli.plan.Secrets.UnresolvedSecretException e) {
      return new Result.TryLater(String.valueOf(e.getMessage()), Optional.empty());
    } catch (RuntimeException e) {
      // its text may hold the address, which is a secret
      return new Result.TryLater(
          "could not be sent: " + e.getClass().getSimpleName(), Optional.empty());
    }
  }
}
