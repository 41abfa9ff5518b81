package dev.repli.communication;

import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.Plan;
import java.util.Locale;

/**
 * One message that is longer than its channel takes: its beginning, and at the end that it is cut
 * and where its readers find the whole.
 */
record CutText(Plan plan, Message message, Locale locale) {

  /**
   * @param longest how many characters may come out
   */
  String of(String body, int longest) {
    if (body.length() <= longest) {
      return body;
    }
    String sign = sign();
    int end = Math.max(0, longest - sign.length());
    if (end > 0 && Character.isHighSurrogate(body.charAt(end - 1))) {
      end--;
    }
    return body.substring(0, end) + sign;
  }

  private String sign() {
    String whole = whole();
    if (Message.language(locale).equals("fr")) {
      return "\n[… coupé ici%s]".formatted(whole.isEmpty() ? "" : " ; le texte entier : " + whole);
    }
    return "\n[… cut here%s]".formatted(whole.isEmpty() ? "" : "; the whole text: " + whole);
  }

  /** Users are never told of a run. */
  private String whole() {
    if (message.audience() == Audience.USERS) {
      return plan.communication().service().isPresent() ? "/status" : "";
    }
    return message.run().isEmpty() ? "" : "GET /api/runs/%s/messages".formatted(message.run());
  }
}
