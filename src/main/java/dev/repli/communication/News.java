package dev.repli.communication;

import dev.repli.journal.Evidence.Milestone;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an entry of the journal is to people.
 *
 * @param planned whether a dry run says what it would announce
 */
record News(Moment moment, Map<String, String> facts, boolean planned) {
  /** Fact by which a runbook names its message. */
  static final String MESSAGE = "message";

  /** Characters of a subject. */
  private static final int HEADLINE = 80;

  private static final String FOR_ONE = "forOne";

  private static final String ALERT = "reportHash";
  private static final String RESOLVED = "INCIDENT_RESOLVED";
  private static final String JOINED = "INCIDENT_JOINED";

  /** Lines of the journal that those who follow each step are sent. */
  private static final Set<String> STEPS =
      Set.of(
          "RUN_REQUESTED",
          "ANNOUNCED",
          "STEP_BEGUN",
          "STEP_ENDED",
          "RUN_LATE",
          "INCIDENT_UPDATED",
          "VERDICT",
          JOINED,
          "ABORT_REQUESTED",
          "POINT_OF_NO_RETURN",
          "SWITCH_ENDED");

  /** A call of one person; no other entry can name whom it is for. */
  private static final String CALLED = "CONTACT_CALLED";

  /** Reports of monitoring. */
  private static final Set<String> REPORTS = Set.of(RESOLVED, JOINED);

  News {
    facts = Map.copyOf(facts);
  }

  /**
   * @param rollbackWorks a report that all is well again, or that it goes on, is then a step
   */
  static Optional<News> of(Milestone entry, boolean rollbackWorks) {
    Optional<Moment> named = Optional.ofNullable(entry.facts().get(MESSAGE)).flatMap(Moment::of);
    boolean risen = named.filter(Moment.SEVERITY_RISEN::equals).isPresent();
    if (rollbackWorks && REPORTS.contains(entry.name()) && !risen) {
      return Optional.of(step(entry));
    }
    Optional<Moment> said = named.or(() -> alert(entry));
    if (said.isPresent()) {
      boolean planned = entry.name().equals("ANNOUNCEMENT_PLANNED");
      return Optional.of(new News(said.get(), said(entry), planned));
    }
    return STEPS.contains(entry.name()) ? Optional.of(step(entry)) : Optional.empty();
  }

  /** The one person whom it is for; empty when the table says who hears it. */
  Optional<String> contact() {
    return Optional.ofNullable(facts.get(FOR_ONE));
  }

  private static News step(Milestone entry) {
    String text = entry.text();
    // the whole line stands in the body
    String headline =
        text.codePointCount(0, text.length()) <= HEADLINE
            ? text
            : text.substring(0, text.offsetByCodePoints(0, HEADLINE)) + "…";
    return new News(Moment.STEP, Map.of("text", text, "headline", headline), false);
  }

  private static Optional<Moment> alert(Milestone entry) {
    if (!entry.facts().containsKey(ALERT)) {
      return Optional.empty();
    }
    return switch (entry.name()) {
      case "RUN_REQUESTED" -> Optional.of(Moment.INCIDENT);
      case RESOLVED -> Optional.of(Moment.INCIDENT_RESOLVED);
      default -> Optional.empty();
    };
  }

  private static Map<String, String> said(Milestone entry) {
    Map<String, String> facts = new HashMap<>(entry.facts());
    facts.remove(FOR_ONE);
    String person = entry.facts().get("contact");
    if (entry.name().equals(CALLED) && person != null) {
      facts.put(FOR_ONE, person);
    }
    facts.put("text", entry.text());
    rename(facts, "summary", "reason");
    rename(facts, "incidentStartedAt", "begunAt");
    return facts;
  }

  private static void rename(Map<String, String> facts, String from, String to) {
    String value = facts.get(from);
    if (value != null) {
      facts.put(to, value);
    }
  }
}
