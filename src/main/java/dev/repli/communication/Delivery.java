package dev.repli.communication;

import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import java.time.Duration;
import java.util.Optional;

/** Hands a text to one kind of channel. Ends within {@link #LONGEST}. */
public interface Delivery {
  Duration LONGEST = Duration.ofSeconds(20);

  /** Two for one type fail at start. */
  boolean speaks(CommunicationRules.Type type);

  /**
   * How many characters of a body such a channel takes, at least as many as people may write into
   * one message. Several messages together are never longer; a single one that is, is cut.
   */
  int longest(CommunicationRules.Type type);

  /** Hands it over whole; a second call with the same key is the same message to who can tell. */
  Result send(CommunicationRules rules, Channel channel, Text text);

  /**
   * What is handed over: plain text. How it is written for the channel, and what has to be escaped
   * there, is the channel's matter.
   *
   * @param page what it is about, of which a pager has one page: the run; for news that is missing,
   *     for a call for an answer, or for what belongs to no run, one of its own
   * @param subject one line
   * @param resolves whether it ends what an earlier message of the same page began
   */
  record Text(
      String key,
      String page,
      String service,
      String audience,
      String moment,
      String at,
      boolean resolves,
      String subject,
      String body) {}

  /** What came of it. Reasons hold no address and no secret. */
  sealed interface Result {
    /**
     * The other side has it.
     *
     * @param problem whom it did not reach; empty when it reached everybody
     */
    record Delivered(String problem) implements Result {
      public Delivered() {
        this("");
      }
    }

    /**
     * Worth another try.
     *
     * @param after what the other side asked for
     */
    record TryLater(String why, Optional<Duration> after) implements Result {}

    /** Another try would be answered the same. */
    record Refused(String why) implements Result {}
  }
}
