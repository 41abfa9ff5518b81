package dev.repli.communication;

import dev.repli.communication.Wording.Words;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes one text of the messages that wait together for a channel, as many as it takes whole. */
final class Envelope {
  private final Wording wording;
  private final Deliveries deliveries;

  Envelope(Wording wording, Deliveries deliveries) {
    this.wording = wording;
    this.deliveries = deliveries;
  }

  /**
   * What is delivered in one go.
   *
   * @param messages all that the text says; at least one
   */
  record Letter(List<Message> messages, Delivery.Text text) {
    Letter {
      messages = List.copyOf(messages);
    }
  }

  /**
   * The first of what waits. What does not fit comes with the next one. It depends on nothing but
   * the messages and the channel, so one that is tried again is the same to the letter.
   *
   * @param waiting oldest first; the tries of those that were tried together are the same, and more
   *     than of those that came since
   */
  Letter next(Plan plan, Channel channel, List<Message> waiting) {
    Locale locale = channel.locale().orElse(plan.locale());
    int longest = deliveries.longest(channel);
    List<Message> messages = fitting(together(channel, waiting), locale, longest);
    Message first =
        messages.stream()
            .max(
                Comparator.comparing((Message message) -> message.moment().weight())
                    .thenComparing(Message::id))
            .orElseThrow();
    Words words = words(first, locale);
    String body =
        messages.size() == 1
            ? new CutText(plan, first, locale).of(words.body(), longest)
            : all(messages, locale);
    return new Letter(
        messages,
        new Delivery.Text(
            first.key(),
            page(first),
            plan.communication().service().orElse(plan.title()),
            first.audience().name().toLowerCase(Locale.ROOT),
            first.moment().word(),
            first.madeAt().toString(),
            first.moment().closes() || first.moment() == Moment.ANSWERED,
            words.subject(),
            body));
  }

  /**
   * What was tried may have arrived, and is tried again as it was: with more in it the other side
   * would hear some of it twice, or, if it tells by the key what it has, the rest of it never. A
   * pager tells by the page, and gets everything at once that concerns one page. It knows one begin
   * or one end in an event, so the page of another run would never be opened or closed.
   */
  private static List<Message> together(Channel channel, List<Message> messages) {
    if (channel.type() != CommunicationRules.Type.PAGERDUTY) {
      int tries = messages.get(0).tries();
      return messages.stream().filter(message -> message.tries() == tries).toList();
    }
    String first = page(messages.get(0));
    return messages.stream().filter(message -> page(message).equals(first)).toList();
  }

  /**
   * That news is missing is a page of its own, and so is each call for an answer: in the open one
   * of its run nobody would hear it.
   */
  private static String page(Message message) {
    if (message.run().isEmpty()) {
      return message.key();
    }
    return switch (message.moment()) {
      case SILENCE -> message.run() + "/silence";
      case COUNTDOWN, ANSWER_NEEDED, ANSWER_STILL_NEEDED -> message.key();
      case ANSWERED -> message.facts().getOrDefault(AnsweredPages.PAGE, message.run());
      default -> message.run();
    };
  }

  /** The oldest alone where even that is too long. */
  private List<Message> fitting(List<Message> messages, Locale locale, int longest) {
    List<Message> fitting = new ArrayList<>();
    int length = 0;
    for (Message message : messages) {
      String part = part(message, locale);
      if (!fitting.isEmpty() && length + part.stripTrailing().length() > longest) {
        break;
      }
      fitting.add(message);
      length += part.length();
    }
    return fitting;
  }

  private String all(List<Message> messages, Locale locale) {
    StringBuilder all = new StringBuilder();
    messages.forEach(message -> all.append(part(message, locale)));
    return all.toString().strip();
  }

  /** What is said of one among others. */
  private String part(Message message, Locale locale) {
    Words words = words(message, locale);
    return message.moment() == Moment.STEP
        ? words.body() + "\n"
        : words.subject() + "\n" + words.body() + "\n\n";
  }

  private Words words(Message message, Locale locale) {
    Words words = wording.words(message.moment(), message.audience(), locale, message.facts());
    return message.ownWords(locale).map(own -> new Words(words.subject(), own)).orElse(words);
  }
}
