package dev.repli.communication;

import dev.repli.plan.CommunicationRules.Audience;
import java.util.Locale;
import java.util.Map;

/** Templates without logic, in French and English. */
public interface Wording {

  /**
   * The words for one audience.
   *
   * @param facts for users only those of {@link PublicFacts} are read
   */
  Words words(Moment moment, Audience audience, Locale locale, Map<String, String> facts);

  /**
   * Plain text: nothing in it is markup, and no fact can add a line to it.
   *
   * @param subject one line
   */
  record Words(String subject, String body) {}
}
