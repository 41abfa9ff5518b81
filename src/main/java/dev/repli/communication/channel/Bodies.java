package dev.repli.communication.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import dev.repli.communication.Delivery.Text;
import dev.repli.plan.CommunicationRules.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts as each service takes them, always in its form for text without markup, so that mentions,
 * links and emphasis arrive as the characters they are.
 */
final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Slack takes 3000 characters in one block; Teams and PagerDuty take more. */
  private static final int LONGEST = 2_900;

  private static final int LONGEST_SUMMARY = 1_000;

  private Bodies() {}

  static String of(Channel channel, Text text, String key) {
    return switch (channel.type()) {
      case SLACK -> write(slack(text));
      case TEAMS -> write(teams(text));
      case PAGERDUTY -> write(pagerDuty(text, key));
      case WEBHOOK ->
          channel.body().map(body -> fill(body, text)).orElseGet(() -> write(fields(text)));
      case MAIL -> throw new IllegalArgumentException("mail is not posted");
    };
  }

  /** {@code plain_text} is never parsed; the fallback text is, so its three signs are escaped. */
  private static Map<String, Object> slack(Text text) {
    String fallback =
        text.subject().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return ordered(
        "text",
        fallback,
        "mrkdwn",
        false,
        "link_names",
        false,
        "blocks",
        List.of(section(text.subject()), section(text.body())));
  }

  private static Map<String, Object> section(String text) {
    return ordered(
        "type",
        "section",
        "text",
        ordered("type", "plain_text", "emoji", false, "text", cut(text.isEmpty() ? "–" : text)));
  }

  /** Text runs know no Markdown; a text block would. */
  private static Map<String, Object> teams(Text text) {
    Map<String, Object> card =
        ordered(
            "type",
            "AdaptiveCard",
            "version",
            "1.4",
            "body",
            List.of(run(text.subject(), "bolder"), run(text.body(), "default")));
    return ordered(
        "type",
        "message",
        "attachments",
        List.of(
            ordered("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
  }

  private static Map<String, Object> run(String text, String weight) {
    return ordered(
        "type",
        "RichTextBlock",
        "inlines",
        List.of(ordered("type", "TextRun", "weight", weight, "text", cut(text))));
  }

  /** One incident of PagerDuty for one page. */
  private static Map<String, Object> pagerDuty(Text text, String key) {
    String subject = text.subject();
    return ordered(
        "routing_key",
        key,
        "event_action",
        text.resolves() ? "resolve" : "trigger",
        "dedup_key",
        Keys.hash(text.page()),
        "payload",
        ordered(
            "summary",
            subject.substring(0, Math.min(subject.length(), LONGEST_SUMMARY)),
            "source",
            text.service(),
            "severity",
            "critical",
            "timestamp",
            text.at(),
            "custom_details",
            ordered("text", text.body())));
  }

  private static Map<String, Object> fields(Text text) {
    return ordered(
        "key", Keys.hash(text.key()),
        "moment", text.moment(),
        "audience", text.audience(),
        "service", text.service(),
        "severity", text.resolves() ? "info" : "critical",
        "at", text.at(),
        "subject", text.subject(),
        "text", text.body());
  }

  /** Each value as the inside of a JSON string. */
  private static String fill(String body, Text text) {
    return Mustache.compiler()
        .withEscaper(
            raw -> {
              String quoted = write(raw);
              return quoted.substring(1, quoted.length() - 1);
            })
        .compile(body)
        .execute(fields(text));
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a message cannot be written as JSON", e);
    }
  }
}
