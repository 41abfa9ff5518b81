package dev.repli.communication;

import dev.repli.communication.Message.State;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.Plan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Closes what a pager has open because somebody had to answer. Each call for an answer is a page of
 * its own, which the end of the run would not close. Made of what stands in the outbox, so however
 * often it is asked it closes a page once.
 */
final class AnsweredPages {
  /** Fact that names the page. */
  static final String PAGE = "page";

  /** After these nobody waits for what was asked before. */
  private static final Set<String> ANSWERS =
      Set.of("DECISION_TAKEN", "APPROVAL_ANSWERED", "ROLLBACK_STARTED");

  private final Outbox outbox;

  AnsweredPages(Outbox outbox) {
    this.outbox = outbox;
  }

  static boolean answers(Milestone entry) {
    return ANSWERS.contains(entry.name());
  }

  /**
   * @param said all messages of one run so far
   */
  void close(Plan plan, List<Message> said, Map<String, String> facts, Instant at) {
    Set<String> known = said.stream().map(Message::key).collect(Collectors.toSet());
    for (Message page : said) {
      String key = page.key() + "/answered";
      if (isOpen(plan, page) && !known.contains(key)) {
        Map<String, String> own = new HashMap<>(facts);
        own.put(PAGE, page.key());
        var unused =
            outbox.put(
                Message.fresh(
                    key,
                    plan.id(),
                    page.run(),
                    page.channel(),
                    page.audience(),
                    Moment.ANSWERED,
                    own,
                    State.DUE,
                    at));
      }
    }
  }

  private static boolean isOpen(Plan plan, Message page) {
    return page.moment().isAnswered()
        && (page.state() == State.SENT || page.state() == State.DUE)
        && Postman.channel(plan, page.channel())
            .filter(channel -> channel.type() == CommunicationRules.Type.PAGERDUTY)
            .isPresent();
  }
}
