package dev.repli.communication;

import dev.repli.communication.Wording.Words;
import dev.repli.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A draft as people read it: by language what its channels would send, to the letter.
 *
 * @param preview Markdown; all that is sent stands in it escaped
 * @param bodies by language, for people to change
 */
public record DraftText(String preview, Map<String, String> bodies) {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Map<String, String> LANGUAGES = Map.of("en", "English", "fr", "French");

  public DraftText {
    bodies = Map.copyOf(bodies);
  }

  private record Version(String language, Words words) {}

  static DraftText of(Plan plan, Draft draft, Wording wording) {
    Map<Version, List<String>> versions = new LinkedHashMap<>();
    for (Message message : draft.messages()) {
      for (Locale locale : locales(plan, message)) {
        Words words = wording.words(message.moment(), message.audience(), locale, message.facts());
        versions
            .computeIfAbsent(new Version(Message.language(locale), words), any -> new ArrayList<>())
            .add(message.channel());
      }
    }
    StringBuilder preview = new StringBuilder();
    Map<String, String> bodies = new LinkedHashMap<>();
    versions.forEach(
        (version, channels) -> {
          preview.append(shown(version, channels));
          bodies.putIfAbsent(version.language(), version.words().body());
        });
    return new DraftText(preview.toString(), bodies);
  }

  /** Everybody reads the status page in a language of their own. */
  private static List<Locale> locales(Plan plan, Message message) {
    return message.channel().equals(Message.STATUS_PAGE)
        ? List.of(Locale.ENGLISH, Locale.FRENCH)
        : List.of(
            Postman.channel(plan, message.channel())
                .flatMap(channel -> channel.locale())
                .orElse(plan.locale()));
  }

  private static String shown(Version version, List<String> channels) {
    StringBuilder text = new StringBuilder();
    text.append(
        "**%s, over %s**\n\n".formatted(LANGUAGES.get(version.language()), escaped(channels)));
    text.append("> **").append(escaped(version.words().subject())).append("**\n>\n");
    for (String line : version.words().body().split("\n", -1)) {
      text.append("> ").append(escaped(line)).append("  \n");
    }
    return text.append('\n').toString();
  }

  private static String escaped(List<String> channels) {
    return escaped(String.join(", ", channels));
  }

  static String escaped(String text) {
    return PUNCTUATION.matcher(text).replaceAll("\\\\$0");
  }
}
