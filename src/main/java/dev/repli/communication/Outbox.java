package dev.repli.communication;

import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Messages, kept until they are delivered and afterwards. Each call is a transaction of its own.
 */
public interface Outbox {

  /** Keeps a message unless its key is known. Says whether it was new. */
  boolean put(Message message);

  /** A channel of a plan. */
  record Address(PlanId plan, String channel) {}

  /** Channels that have something to deliver now, and on which nobody delivers. */
  Set<Address> waiting(Instant now);

  /**
   * Takes what is to be delivered on a channel, in the order in which it happened, for one Repli
   * alone until that time. As soon as anything of it is due, everything is: nothing overtakes what
   * is tried again later. Takes nothing while another one delivers on the channel; a Repli that
   * dies leaves it to the others after that time. It may have delivered it, so that counts as a
   * try.
   *
   * @param most the others wait for the next time
   */
  List<Message> claim(Address address, String by, Instant now, Instant until, int most);

  /**
   * Delivered.
   *
   * @param problem whom it did not reach; empty when it reached everybody
   */
  void sent(List<Message> messages, Instant at, String problem);

  /** Not yet; tried again at that time. */
  void later(List<Message> messages, Instant dueAt, String problem, boolean tried);

  /** Never. */
  void dead(List<Message> messages, Instant at, String problem);

  /** Whether somebody has something claimed for the channel, and may be delivering it now. */
  boolean isUnderway(Address address, Instant now);

  /** How many deliveries a channel had since then, and when the first of them was. */
  List<Instant> deliveries(Address address, Instant since);

  /** Of one run, oldest first. */
  List<Message> ofRun(String run);

  /** Over one channel, whatever the plan, newest first. */
  List<Message> newest(String channel, int most);

  /** Messages of a plan that its status page shows. */
  int SHOWN = 20;

  /** What the status page of a plan says, newest first. */
  List<Message> shown(PlanId plan, int most);

  /**
   * By run of a plan, the newest message of the status page that opens or closes something, however
   * long ago that was.
   */
  List<Message> turning(PlanId plan);

  /** How each channel does. */
  List<ChannelState> channels();

  /**
   * What stands in the outbox for a channel.
   *
   * @param problem of the newest message that could not be delivered yet, at all or to everybody
   */
  record ChannelState(Address address, long due, long sent, long dead, String problem) {}

  /** How long a message is tried. */
  Duration PATIENCE = Duration.ofHours(24);
}
