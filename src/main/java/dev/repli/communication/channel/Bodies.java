package dev.repli.communication.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import dev.repli.communication.Delivery.Text;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts as each service takes them, always in its form for text without markup, so that mentions,
 * links and emphasis arrive as the characters they are.
 */
final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Slack takes 3000 characters in one block, and about 12 000 in all blocks of a message. */
  private static final int SLACK_BLOCK = 2_900;

  private static final int SLACK = 8_000;

  /** Teams takes 28 KiB, and seems to count two bytes for a character that is one. */
  private static final int TEAMS = 7_000;

  /** PagerDuty takes 512 KiB, and 1024 characters of a summary. */
  private static final int PAGERDUTY = 100_000;

  private static final int LONGEST_SUMMARY = 1_000;

  /** Nobody knows who listens there. */
  private static final int WEBHOOK = 10_000;

  private Bodies() {}

  /** Characters of a body that fit into one message. */
  static int longest(CommunicationRules.Type type) {
    return switch (type) {
      case SLACK -> SLACK;
      case TEAMS -> TEAMS;
      case PAGERDUTY -> PAGERDUTY;
      case WEBHOOK -> WEBHOOK;
      case MAIL -> throw new IllegalArgumentException("mail is not posted");
    };
  }

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
    List<Object> blocks = new ArrayList<>();
    blocks.add(section(cut(text.subject(), SLACK_BLOCK)));
    SlackBlocks.of(text.body(), SLACK_BLOCK).forEach(part -> blocks.add(section(part)));
    String fallback =
        text.subject().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return ordered("text", fallback, "mrkdwn", false, "link_names", false, "blocks", blocks);
  }

  private static Map<String, Object> section(String text) {
    return ordered(
        "type",
        "section",
        "text",
        ordered("type", "plain_text", "emoji", false, "text", text.isEmpty() ? "–" : text));
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
        List.of(ordered("type", "TextRun", "weight", weight, "text", text)));
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
            cut(subject, LONGEST_SUMMARY),
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

  private static String cut(String line, int longest) {
    return line.length() > longest ? line.substring(0, longest) + " …" : line;
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
