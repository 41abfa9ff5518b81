package dev.repli.triage;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What pages those who have to answer: the channels of team and lead, and the own addresses of the
 * first of each chain, or without chains of those whom the plan knows as being on call.
 */
final class PageDeciders {
  /** Somebody has to answer, and has not. */
  static final String NEEDED = "answer-needed";

  /** Still nobody has: as the one before, but management has heard of it. */
  static final String STILL_NEEDED = "answer-still-needed";

  private static final String CALLED = "CONTACT_CALLED";

  private PageDeciders() {}

  /**
   * To be written together with what it is about: a kill between them would tell nobody.
   *
   * @param message word of the message
   * @param who of the plan's people has to answer
   */
  static List<Evidence> entries(
      RunKey incident, Plan plan, String message, String text, Function<Decider, String> who) {
    Map<String, String> facts =
        Map.of(Announcements.MESSAGE, message, "incident", incident.value());
    List<Evidence> entries = new ArrayList<>();
    entries.add(Announcements.announced(text, facts));
    if (CallChain.knows(plan)) {
      entries.addAll(CallChain.firsts(plan, text, facts));
      return entries;
    }
    Set<String> users = plan.people().stream().map(who).collect(Collectors.toSet());
    plan.contacts().onCall().stream()
        .filter(person -> users.contains(person.user()))
        .forEach(
            person -> {
              Map<String, String> own = new HashMap<>(facts);
              own.put("contact", person.id());
              own.put("who", person.name());
              entries.add(new Milestone(CALLED, text + "; called: " + person.name(), own));
            });
    return entries;
  }
}
