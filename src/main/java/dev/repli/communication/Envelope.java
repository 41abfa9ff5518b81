package dev.repli.communication;

import dev.repli.communication.Wording.Words;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes one text of all messages that wait together for a channel. */
final class Envelope {
  private static final int LONGEST = 10_000;
  private final Wording wording;

  Envelope(Wording wording) {
    this.wording = wording;
  }

  /**
   * Of what waits for a channel, what is delivered first. What was tried may have arrived, and is
   * tried again as it was: with more in it the other side would hear some of it twice, or, if it
   * tells by the key what it has, the rest of it never. A pager tells by the page, and gets
   * everything at once that concerns one page. It knows one begin or one end in an event, so the
   * page of another run would never be opened or closed.
   *
   * @param messages oldest first; the tries of those that were tried together are the same, and
   *     more than of those that came since
   */
  static List<Message> together(Channel channel, List<Message> messages) {
    if (channel.type() != CommunicationRules.Type.PAGERDUTY) {
      int tries = messages.get(0).tries();
      return messages.stream().filter(message -> message.tries() == tries).toList();
    }
    String first = page(messages.get(0));
    return messages.stream().filter(message -> page(message).equals(first)).toList();
  }

  /** That news is missing is a page of its own: in the open one of its run nobody would hear it. */
  private static String page(Message message) {
    if (message.run().isEmpty()) {
      return message.key();
    }
    return message.moment() == Moment.SILENCE ? message.run() + "/silence" : message.run();
  }

  /** The subject is that of the weightiest and newest; the others follow in their order. */
  Delivery.Text text(Plan plan, Channel channel, List<Message> messages) {
    Locale locale = channel.locale().orElse(plan.locale());
    Message first =
        messages.stream()
            .max(
                Comparator.comparing((Message message) -> message.moment().weight())
                    .thenComparing(Message::id))
            .orElseThrow();
    Words words = words(first, locale);
    String body = messages.size() == 1 ? words.body() : all(messages, locale);
    return new Delivery.Text(
        first.key(),
        page(first),
        plan.communication().service().orElse(plan.title()),
        first.audience().name().toLowerCase(Locale.ROOT),
        first.moment().word(),
        first.madeAt().toString(),
        first.moment().closes(),
        words.subject(),
        body.length() > LONGEST ? body.substring(0, LONGEST) + " …" : body);
  }

  private String all(List<Message> messages, Locale locale) {
    StringBuilder all = new StringBuilder();
    for (Message message : messages) {
      Words words = words(message, locale);
      if (message.moment() != Moment.STEP) {
        all.append(words.subject()).append('\n');
      }
      all.append(words.body()).append(message.moment() == Moment.STEP ? "\n" : "\n\n");
    }
    return all.toString().strip();
  }

  private Words words(Message message, Locale locale) {
    Words words = wording.words(message.moment(), message.audience(), locale, message.facts());
    return message.ownWords(locale).map(own -> new Words(words.subject(), own)).orElse(words);
  }
}
