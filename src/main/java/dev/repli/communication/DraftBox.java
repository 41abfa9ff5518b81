package dev.repli.communication;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Messages that wait for the communication team. Every call may be repeated. */
public interface DraftBox {

  /** All that wait, oldest first. */
  List<Message> waiting();

  /**
   * They are to be delivered from now on; those of the status page are told with that.
   *
   * @param ownWords by language, what is said in place of the template's text
   */
  void send(List<Message> messages, Map<String, String> ownWords, Instant at);

  /** They are never delivered. */
  void refuse(List<Message> messages, Instant at, String why);
}
