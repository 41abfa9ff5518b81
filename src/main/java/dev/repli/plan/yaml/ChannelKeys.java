package dev.repli.plan.yaml;

import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.SecretRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of one channel, by its type. */
final class ChannelKeys {
  /** What the body of a webhook may name; nothing else can be said in it. */
  static final Set<String> FIELDS =
      Set.of("subject", "text", "service", "audience", "moment", "key", "severity", "at");

  private static final Pattern TAG = Pattern.compile("(?<!\\{)\\{\\{\\s*([a-z]+)\\s*\\}\\}(?!\\})");

  private static final Key<String> NAME =
      Key.required(
          "name",
          Texts.formed(
              "[a-z][a-z0-9-]{0,40}",
              "1 to 41 characters a-z, 0-9 and '-', starting with a letter",
              name -> name),
          "Name of the channel in reports and metrics.");
  private static final Key<Audience> AUDIENCE =
      Key.required("audience", Texts.oneOf(Audience.class), "Who reads it.");
  private static final Key<Optional<Locale>> LOCALE =
      Key.optional("locale", Texts.oneOf(locales()), "Language; the plan's when left out.");
  private static final Key<List<String>> TO =
      Key.required("to", new Items<>(address(), 1), "Addresses.");
  private static final Key<SecretRef> URL =
      Key.required("url", Addresses.secret(), "Where its address is found; it is a secret.");
  private static final Key<Optional<SecretRef>> EVENTS_URL =
      Key.optional("url", Addresses.secret(), "Where another address than PagerDuty's is found.");
  private static final Key<SecretRef> KEY =
      Key.required("key", Addresses.secret(), "Integration key of the service.");
  private static final Key<Optional<String>> BODY =
      Key.optional("body", body(), "JSON to post, with {{subject}}, {{text}} and other names.");

  static final Variants<Channel> CHANNEL = Variants.of(types());

  private ChannelKeys() {}

  private static Map<String, Block<? extends Channel>> types() {
    Map<String, Block<? extends Channel>> types = new LinkedHashMap<>();
    types.put("mail", mail());
    types.put("slack", posted(CommunicationRules.Type.SLACK, "Slack's incoming webhook."));
    types.put(
        "teams",
        posted(CommunicationRules.Type.TEAMS, "A Teams workflow that takes adaptive cards."));
    types.put("webhook", webhook());
    types.put("pagerduty", pagerDuty());
    return types;
  }

  private static Block<Channel> mail() {
    return Block.of(
        List.of(type(CommunicationRules.Type.MAIL, "Mail over SMTP."), NAME, AUDIENCE, TO, LOCALE),
        values ->
            new Channel(
                values.get(NAME),
                CommunicationRules.Type.MAIL,
                values.get(AUDIENCE),
                Optional.empty(),
                Optional.empty(),
                values.get(TO),
                Optional.empty(),
                values.get(LOCALE)));
  }

  private static Block<Channel> posted(CommunicationRules.Type type, String description) {
    return Block.of(
        List.of(type(type, description), NAME, AUDIENCE, URL, LOCALE),
        values -> posted(type, values, Optional.of(values.get(URL)), Optional.empty()));
  }

  private static Block<Channel> webhook() {
    return Block.of(
        List.of(
            type(CommunicationRules.Type.WEBHOOK, "A POST to any address."),
            NAME,
            AUDIENCE,
            URL,
            BODY,
            LOCALE),
        values ->
            posted(
                CommunicationRules.Type.WEBHOOK,
                values,
                Optional.of(values.get(URL)),
                values.get(BODY)));
  }

  private static Channel posted(
      CommunicationRules.Type type, Values values, Optional<SecretRef> url, Optional<String> body) {
    return new Channel(
        values.get(NAME),
        type,
        values.get(AUDIENCE),
        url,
        Optional.empty(),
        List.of(),
        body,
        values.get(LOCALE));
  }

  private static Block<Channel> pagerDuty() {
    return Block.of(
        List.of(
            type(CommunicationRules.Type.PAGERDUTY, "PagerDuty's events, version 2."),
            NAME,
            AUDIENCE,
            KEY,
            EVENTS_URL,
            LOCALE),
        values ->
            new Channel(
                values.get(NAME),
                CommunicationRules.Type.PAGERDUTY,
                values.get(AUDIENCE),
                values.get(EVENTS_URL),
                Optional.of(values.get(KEY)),
                List.of(),
                Optional.empty(),
                values.get(LOCALE)));
  }

  private static Key<String> type(CommunicationRules.Type type, String description) {
    String word = type.name().toLowerCase(Locale.ROOT);
    return Key.required(Variants.TYPE, Texts.oneOf(Map.of(word, word)), description);
  }

  /** One address and nothing that a header or a list would read more in. */
  static Scalar<String> address() {
    return Texts.formed(
        "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?",
        "one mail address such as ops@shop.example",
        address -> address);
  }

  private static Scalar<String> body() {
    Scalar<String> text = Texts.passage(4000);
    return new Scalar<>(
        "text of 1 to 4000 characters in which {{…}} holds one of "
            + String.join(", ", FIELDS.stream().sorted().toList()),
        text.schema(),
        (node, refusal) -> {
          Optional<String> read = text.reader().read(node, refusal);
          Optional<String> strange = read.flatMap(ChannelKeys::strangeTag);
          return strange.isPresent() ? refusal.because("has " + Shown.quoted(strange.get())) : read;
        });
  }

  /** A tag of another kind could leave the quotes or read something else. */
  private static Optional<String> strangeTag(String body) {
    Matcher tag = TAG.matcher(body);
    while (tag.find()) {
      if (!FIELDS.contains(tag.group(1))) {
        return Optional.of(tag.group());
      }
    }
    String rest = TAG.matcher(body).replaceAll("");
    int at = rest.indexOf("{{");
    return at < 0
        ? Optional.empty()
        : Optional.of(rest.substring(at, Math.min(rest.length(), at + 10)));
  }

  private static Map<String, Locale> locales() {
    Map<String, Locale> locales = new LinkedHashMap<>();
    locales.put("en", Locale.ENGLISH);
    locales.put("fr", Locale.FRENCH);
    return locales;
  }
}
