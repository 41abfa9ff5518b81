package dev.repli.web;

import dev.repli.communication.Message;
import dev.repli.communication.Moment;
import dev.repli.communication.Outbox;
import dev.repli.communication.Wording;
import dev.repli.communication.Wording.Words;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What everybody may see: services by their public names, whether they work, and what was said
 * about them. Made of the messages to users only, whose words know no host, node, plan or person.
 */
@Controller
final class StatusPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="%1$s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="refresh" content="60">
      <title>%2$s</title>
      <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; }
      section { border: 1px solid #767676; border-radius: .5rem; padding: 0 1rem; margin: 1rem 0; }
      .now { font-weight: bold; }
      article { border-top: 1px solid #767676; }
      p { white-space: pre-line; overflow-wrap: anywhere; }
      </style>
      </head>
      <body>
      <nav><a href="/status?lang=en" lang="en">English</a> <a href="/status?lang=fr" lang="fr">Français</a></nav>
      <h1>%2$s</h1>
      %3$s
      </body>
      </html>
      """;

  private final Plans plans;
  private final Outbox outbox;
  private final Wording wording;

  StatusPage(Plans plans, Outbox outbox, Wording wording) {
    this.plans = plans;
    this.outbox = outbox;
    this.wording = wording;
  }

  @GetMapping("/status")
  ResponseEntity<byte[]> status(
      @RequestParam("lang") Optional<String> lang, HttpServletRequest request) {
    boolean french =
        lang.map("fr"::equals).orElseGet(() -> request.getLocale().getLanguage().equals("fr"));
    StringBuilder body = new StringBuilder();
    for (Plan plan : plans.all()) {
      plan.communication().service().ifPresent(name -> body.append(service(plan, name, french)));
    }
    if (body.isEmpty()) {
      body.append("<p>").append(french ? "Rien à signaler." : "Nothing to report.").append("</p>");
    }
    String page =
        FRAME.formatted(french ? "fr" : "en", french ? "État des services" : "Status", body);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .cacheControl(CacheControl.maxAge(Duration.ofSeconds(5)).cachePublic())
        .body(page.getBytes(StandardCharsets.UTF_8));
  }

  private String service(Plan plan, String name, boolean french) {
    // one more than is shown says whether there are older ones
    List<Message> said = outbox.shown(plan.id(), Outbox.SHOWN + 1);
    StringBuilder html = new StringBuilder("<section><h2>" + Html.escape(name) + "</h2>");
    html.append("<p class=\"now\">").append(now(plan, french)).append("</p>");
    boolean newest = true;
    for (Message message : said.subList(0, Math.min(said.size(), Outbox.SHOWN))) {
      Locale locale = french ? Locale.FRENCH : Locale.ENGLISH;
      Map<String, String> facts = newest ? message.facts() : past(message.facts());
      Words words = wording.words(message.moment(), Audience.USERS, locale, facts);
      html.append("<article><h3>")
          .append(Html.escape(words.subject()))
          .append("</h3><p>")
          .append(Html.escape(message.ownWords(locale).orElse(words.body())))
          .append("</p></article>");
      newest = false;
    }
    if (said.size() > Outbox.SHOWN) {
      html.append("<p>").append(older(french)).append("</p>");
    }
    return html.append("</section>\n").toString();
  }

  private static String older(boolean french) {
    return french
        ? "Seuls les " + Outbox.SHOWN + " messages les plus récents sont affichés."
        : "Only the " + Outbox.SHOWN + " newest messages are shown.";
  }

  /** What was promised then has come since, or is promised anew above. */
  private static Map<String, String> past(Map<String, String> facts) {
    Map<String, String> without = new HashMap<>(facts);
    without.remove("nextAt");
    return without;
  }

  /**
   * Of what every run said last, however much was said since: an incident is open as long as none
   * of its own messages closes it.
   */
  private String now(Plan plan, boolean french) {
    List<Moment> open =
        outbox.turning(plan.id()).stream()
            .map(Message::moment)
            .filter(Moment::opens)
            .distinct()
            .toList();
    if (open.isEmpty()) {
      return french ? "Fonctionne" : "Works";
    }
    if (open.equals(List.of(Moment.INCIDENT))) {
      return french ? "Problème en cours d'examen" : "A problem is being looked into";
    }
    return french ? "Intervention en cours" : "Work in progress";
  }
}
