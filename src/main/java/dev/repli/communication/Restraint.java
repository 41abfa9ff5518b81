package dev.repli.communication;

import dev.repli.communication.Message.State;
import dev.repli.communication.Outbox.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many messages one reader gets in a minute. A channel of the plan is one reader. All addresses
 * of somebody on call are one reader together, but what asks for an answer is never held back: one
 * address of theirs, the loudest that works, takes it at once.
 */
final class Restraint {
  static final int MOST = 3;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A page that is not delivered by then goes over the next address, too. */
  private static final Duration PAGED = Duration.ofSeconds(4);

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Outbox outbox;

  Restraint(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Puts what waits off when its reader has had enough; nobody has it claimed any more then.
   *
   * <p>One at a time: what another address of the same person has claimed counts as had, so two
   * that look at once would hold each other back.
   *
   * @param claimed all that the caller has claimed for the address; at least one message
   * @return whether it was put off
   */
  synchronized boolean holds(Address address, List<Message> claimed, Instant now) {
    Optional<Instant> until = until(address, claimed, now);
    until.ifPresent(free -> outbox.later(claimed, free, "", false));
    return until.isPresent();
  }

  private Optional<Instant> until(Address address, List<Message> claimed, Instant now) {
    List<Address> own =
        ContactChannels.ofTheSameReader(address.channel()).stream()
            .map(channel -> new Address(address.plan(), channel))
            .toList();
    List<Instant> had =
        own.stream()
            .flatMap(one -> outbox.deliveries(one, now.minus(MINUTE)).stream())
            .sorted()
            .toList();
    long underway =
        own.stream().filter(one -> !one.equals(address) && outbox.isUnderway(one, now)).count();
    if (had.size() + underway < MOST) {
      return Optional.empty();
    }
    Instant free = had.size() < MOST ? now.plus(SOON) : had.get(had.size() - MOST).plus(MINUTE);
    return ContactChannels.isPersonal(address.channel())
        ? paged(own.subList(0, own.indexOf(address)), claimed, now, free)
        : Optional.of(free);
  }

  /** Until when a page may wait here because a louder address has it, or is about to. */
  private Optional<Instant> paged(
      List<Address> louder, List<Message> claimed, Instant now, Instant free) {
    Instant until = free;
    for (Message page : claimed.stream().filter(any -> any.moment().asks()).toList()) {
      List<Message> elsewhere =
          outbox.ofRun(page.run()).stream().filter(other -> isSame(page, other, louder)).toList();
      if (elsewhere.stream().noneMatch(other -> other.state() == State.SENT)) {
        if (!page.madeAt().plus(PAGED).isAfter(now)
            || elsewhere.stream().noneMatch(Restraint::isFirstTry)) {
          return Optional.empty();
        }
        until = now.plus(SOON);
      }
    }
    return Optional.of(until);
  }

  private static boolean isFirstTry(Message other) {
    return other.state() == State.DUE && other.tries() == 0;
  }

  /** The same news at another address: only the end of the key differs. */
  private static boolean isSame(Message page, Message other, List<Address> louder) {
    String news = page.key().substring(0, page.key().length() - page.channel().length());
    return louder.stream().anyMatch(one -> one.channel().equals(other.channel()))
        && other.key().equals(news + other.channel());
  }
}
