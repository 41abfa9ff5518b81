package dev.repli.communication;

import dev.repli.communication.Outbox.Address;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Delivers what is due, each channel by itself: a slow or dead one keeps nobody else waiting. What
 * waits together is delivered as one message, as far as the channel takes it whole, and no reader
 * gets more in a minute than {@link Restraint} allows.
 */
public final class Postman {
  private static final int TOGETHER = 200;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  private final Plans plans;
  private final Outbox outbox;
  private final Envelope envelope;
  private final Deliveries deliveries;
  private final Restraint restraint;
  private final Journal journal;
  private final MeterRegistry meters;
  private final Executor executor;
  private final Clock clock;
  private final String name;
  private final AtomicLong rounds = new AtomicLong();
  private final Set<Address> busy = ConcurrentHashMap.newKeySet();

  /**
   * @param name of this process: no other one, not even after a restart, has the same
   */
  public Postman(
      Plans plans,
      Outbox outbox,
      Wording wording,
      Deliveries deliveries,
      Journal journal,
      MeterRegistry meters,
      Executor executor,
      Clock clock,
      String name) {
    this.plans = plans;
    this.outbox = outbox;
    this.envelope = new Envelope(wording, deliveries);
    this.deliveries = deliveries;
    this.restraint = new Restraint(outbox);
    this.journal = journal;
    this.meters = meters;
    this.executor = executor;
    this.clock = clock;
    this.name = name;
  }

  /** Starts a delivery on every channel that has something due and is not busy. */
  public void tick() {
    for (Address address : outbox.waiting(clock.instant())) {
      if (busy.add(address)) {
        executor.execute(
            () -> {
              try {
                deliver(address);
              } finally {
                busy.remove(address);
              }
            });
      }
    }
  }

  private void deliver(Address address) {
    Instant now = clock.instant();
    String claim = name + "#" + rounds.incrementAndGet();
    Instant until = now.plus(Delivery.LONGEST).plus(Delivery.LONGEST);
    List<Message> messages = outbox.claim(address, claim, now, until, TOGETHER);
    if (messages.isEmpty() || restraint.holds(address, messages, now)) {
      return;
    }
    Optional<Plan> plan = plans.find(address.plan());
    Optional<Channel> channel = plan.flatMap(found -> channel(found, address.channel()));
    if (channel.isEmpty()) {
      giveUp(messages, "the plan has no such channel any more");
    } else {
      Envelope.Letter letter = envelope.next(plan.orElseThrow(), channel.get(), messages);
      List<Message> together = letter.messages();
      Delivery.Result result =
          deliveries.send(plan.orElseThrow().communication(), channel.get(), letter.text());
      settle(together, result);
      wait(
          messages.stream().filter(message -> !together.contains(message)).toList(),
          together,
          result);
    }
  }

  /** What belongs into another delivery; not before the channel may be tried again. */
  private void wait(List<Message> others, List<Message> tried, Delivery.Result result) {
    if (!others.isEmpty()) {
      Instant now = clock.instant();
      Instant next =
          result instanceof Delivery.Result.TryLater later
              ? now.plus(pause(tried.get(0).tries(), later))
              : now;
      outbox.later(others, next, "", false);
    }
  }

  static Optional<Channel> channel(Plan plan, String name) {
    return ContactChannels.find(plan, name);
  }

  private void settle(List<Message> messages, Delivery.Result result) {
    Instant now = clock.instant();
    if (result instanceof Delivery.Result.Delivered delivered) {
      outbox.sent(messages, now, delivered.problem());
      count(messages, "delivered");
      if (!delivered.problem().isEmpty()) {
        note(messages, delivered.problem());
      }
    } else if (result instanceof Delivery.Result.Refused refused) {
      giveUp(messages, refused.why());
    } else if (result instanceof Delivery.Result.TryLater later) {
      tryAgain(messages, later, now);
    }
  }

  private void tryAgain(List<Message> messages, Delivery.Result.TryLater later, Instant now) {
    Map<Boolean, List<Message>> byAge =
        messages.stream()
            .collect(
                Collectors.partitioningBy(
                    message -> message.madeAt().plus(Outbox.PATIENCE).isBefore(now)));
    List<Message> old = byAge.getOrDefault(true, List.of());
    List<Message> others = byAge.getOrDefault(false, List.of());
    if (!old.isEmpty()) {
      giveUp(old, later.why());
    }
    if (!others.isEmpty()) {
      outbox.later(others, now.plus(pause(others.get(0).tries(), later)), later.why(), true);
      count(others, "retried");
    }
  }

  private static Duration pause(int tries, Delivery.Result.TryLater later) {
    Duration doubled = Duration.ofSeconds(5L << Math.min(tries, 10));
    Duration own = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    Duration wish = later.after().orElse(own);
    return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
  }

  private void giveUp(List<Message> messages, String why) {
    outbox.dead(messages, clock.instant(), why);
    count(messages, "dead");
    note(messages, why);
  }

  private void note(List<Message> messages, String why) {
    for (Message message : messages) {
      if (!message.run().isEmpty() && message.moment() != Moment.STEP) {
        journal.append(
            new RunKey(message.run()),
            new Milestone(
                "MESSAGE_NOT_DELIVERED",
                "The message %s was not delivered over channel %s: %s"
                    .formatted(message.moment().word(), message.channel(), why),
                Map.of("channel", message.channel())));
      }
    }
  }

  private void count(List<Message> messages, String result) {
    meters
        .counter("repli.notifications", "channel", messages.get(0).channel(), "result", result)
        .increment(messages.size());
  }
}
