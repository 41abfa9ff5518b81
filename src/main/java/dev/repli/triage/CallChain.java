package dev.repli.triage;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.ContactRules.Chain;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.ContactRules.Step;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls those who are on call, one after the other. That nobody answered is an entry of the
 * journal, and so is each call, which {@code dev.repli.communication} takes to that person.
 */
final class CallChain {
  private static final String CALLED = "CONTACT_CALLED";
  private static final String UNANSWERED = "CONTACT_UNANSWERED";

  /** Facts of a call. */
  private static final String ROLE = "role";

  private static final String PLACE = "place";
  private final TriageJournal journal;

  CallChain(TriageJournal journal) {
    this.journal = journal;
  }

  static boolean knows(Plan plan) {
    return !plan.contacts().chains().isEmpty();
  }

  /**
   * Calls each whose time has come, once.
   *
   * @param passed since people were asked
   * @param since number of the entry that asked them: what was called before it does not count
   */
  void callWhoIsDue(RunKey run, Plan plan, Duration passed, long since) {
    for (Chain chain : plan.contacts().chains()) {
      for (int place = 0; place < chain.steps().size(); place++) {
        Step step = chain.steps().get(place);
        if (passed.compareTo(step.after()) >= 0 && !wasCalled(run, chain, place, since)) {
          String text =
              "No decision on incident %s after %s".formatted(run, Words.of(step.after()));
          call(run, plan, chain, place, text, place > 0);
        }
      }
    }
  }

  private boolean wasCalled(RunKey run, Chain chain, int place, long since) {
    return journal.all(run, CALLED, since).stream()
        .anyMatch(
            facts ->
                chain.role().equals(facts.get(ROLE))
                    && Integer.toString(place).equals(facts.get(PLACE)));
  }

  /**
   * Calls one of each chain because an approval is open.
   *
   * @param round 0 for the first call; after the last of a chain it is the last again
   * @return who was called, for people
   */
  String callForApproval(RunKey run, Plan plan, int round, String text) {
    return plan.contacts().chains().stream()
        .map(
            chain ->
                call(run, plan, chain, Math.min(round, chain.steps().size() - 1), text, round > 0))
        .collect(Collectors.joining(", "));
  }

  /**
   * Calls to the first of each chain, to be written together with what they are about: something to
   * know at once. Whose turn it is to decide stays as it is.
   */
  static List<Evidence> firsts(Plan plan, String text, Map<String, String> facts) {
    return plan.contacts().chains().stream()
        .map(one -> first(contact(plan, one, 0), one.role(), text, facts))
        .toList();
  }

  private static Evidence first(
      Contact person, String role, String text, Map<String, String> facts) {
    Map<String, String> own = new HashMap<>(facts);
    own.put("contact", person.id());
    own.put("who", person.name());
    own.put(ROLE, role);
    return new Milestone(CALLED, "%s; called: %s (%s)".formatted(text, person.name(), role), own);
  }

  private String call(
      RunKey run, Plan plan, Chain chain, int place, String text, boolean unanswered) {
    Contact person = contact(plan, chain, place);
    String who = "%s (%s)".formatted(person.name(), chain.role());
    List<Evidence> entries = new ArrayList<>();
    if (unanswered) {
      Contact before = contact(plan, chain, Math.max(0, place - 1));
      entries.add(
          new Milestone(
              UNANSWERED,
              "%s (%s) has not answered".formatted(before.name(), chain.role()),
              Map.of("contact", before.id(), ROLE, chain.role())));
    }
    Map<String, String> facts = new HashMap<>();
    facts.put(Announcements.MESSAGE, "decision-due");
    facts.put("contact", person.id());
    facts.put("who", person.name());
    facts.put("incident", run.value());
    facts.put(ROLE, chain.role());
    facts.put(PLACE, Integer.toString(place));
    entries.add(new Milestone(CALLED, text + "; called: " + who, facts));
    entries.add(Announcements.announced(text + "; called: " + who, Map.of()));
    // together: a kill between them would call somebody twice, or tell nobody of it
    journal.writeAll(run, entries);
    return who;
  }

  private static Contact contact(Plan plan, Chain chain, int place) {
    String id = chain.steps().get(place).contact();
    return plan.contacts()
        .contact(id)
        .orElseThrow(() -> new IllegalStateException("the plan has no contact " + id));
  }
}
