package dev.repli.communication;

import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One message to one audience over one channel.
 *
 * @param key the same news over the same channel has the same key; at most 250 characters
 * @param run key of the run, empty for what belongs to none
 * @param channel name in the plan, or {@link #STATUS_PAGE}
 * @param facts what its template is filled with
 * @param ownWords what people wrote in place of the template's text, by language
 * @param madeAt when the news happened
 * @param endedAt when it was delivered or given up
 * @param problem of the last try, empty without one; no address, no secret
 */
public record Message(
    long id,
    String key,
    PlanId plan,
    String run,
    String channel,
    Audience audience,
    Moment moment,
    Map<String, String> facts,
    Map<String, String> ownWords,
    State state,
    Instant madeAt,
    int tries,
    Optional<Instant> endedAt,
    String problem) {
  /** The channel that every plan with a public service name has. */
  public static final String STATUS_PAGE = "status-page";

  public Message {
    facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
    ownWords = Map.copyOf(ownWords);
  }

  /** What people wrote for readers of this language. */
  public Optional<String> ownWords(Locale locale) {
    return Optional.ofNullable(ownWords.get(language(locale)));
  }

  /** The language of the templates that is used for it. */
  public static String language(Locale locale) {
    return locale.getLanguage().equals("fr") ? "fr" : "en";
  }

  /** What becomes of a message. */
  public enum State {
    /** To be delivered. */
    DUE,
    SENT,
    /** Given up; shown until somebody looks. */
    DEAD,
    /** Waits for somebody of the communication team. */
    DRAFT,
    /** Of a dry run: it would have been sent. */
    PLANNED,
    /** Not sent because the communication team, or the end of the work, said so. */
    REFUSED,
    /** Too old when it could have been sent, or told elsewhere. */
    DROPPED
  }

  /** News that has not been kept yet. */
  public static Message fresh(
      String key,
      PlanId plan,
      String run,
      String channel,
      Audience audience,
      Moment moment,
      Map<String, String> facts,
      State state,
      Instant madeAt) {
    return new Message(
        0,
        key,
        plan,
        run,
        channel,
        audience,
        moment,
        facts,
        Map.of(),
        state,
        madeAt,
        0,
        Optional.empty(),
        "");
  }
}
