package dev.repli.postmortem;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.rollback.Announcements;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reminds owners of what they promised, on each working day after its last day, and calls the lead
 * once when nothing has come of it for a week. Days are those of UTC.
 */
public final class RemindOwners {
  private static final Logger LOG = LoggerFactory.getLogger(RemindOwners.class);
  private static final String REMINDED = "ACTION_REMINDED";
  private static final String ESCALATED = "ACTION_ESCALATED";

  /** Names one person who alone is told. */
  private static final String CALLED = "CONTACT_CALLED";

  private static final String PLACE = "place";
  private static final String DAY = "day";
  private static final int WEEK = 7;

  /** Nobody is reminded at night. */
  private static final LocalTime MORNING = LocalTime.of(8, 0);

  private final Plans plans;
  private final Runs runs;
  private final PostMortems kept;
  private final Journal journal;
  private final Clock clock;

  RemindOwners(Plans plans, Runs runs, PostMortems kept, Journal journal, Clock clock) {
    this.plans = plans;
    this.runs = runs;
    this.kept = kept;
    this.journal = journal;
    this.clock = clock;
  }

  /** One round. */
  public void tick() {
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    DayOfWeek day = now.getDayOfWeek();
    if (day == DayOfWeek.SATURDAY
        || day == DayOfWeek.SUNDAY
        || now.toLocalTime().isBefore(MORNING)) {
      return;
    }
    for (RunKey rollback : kept.overdue(now.toLocalDate())) {
      try {
        kept.find(rollback).ifPresent(made -> look(made, now.toLocalDate()));
      } catch (RuntimeException e) {
        // one post-mortem's trouble is none of the others'
        LOG.error("owners of actions of {} could not be reminded; tried again", rollback, e);
      }
    }
  }

  private void look(PostMortem made, LocalDate today) {
    Optional<Plan> plan = plans.find(made.plan());
    boolean open = runs.find(made.run()).filter(run -> run.endedAt().isEmpty()).isPresent();
    if (plan.isEmpty() || !open) {
      return;
    }
    for (Action action : kept.actions(made.rollback())) {
      if (action.state() == Action.State.OPEN && action.due().isBefore(today)) {
        remind(made, plan.get(), action, today);
        if (!today.isBefore(action.due().plusDays(WEEK))) {
          escalate(made, action);
        }
      }
    }
  }

  /** Once a day, however often it is looked at. */
  private void remind(PostMortem made, Plan plan, Action action, LocalDate today) {
    Map<String, String> once = Map.of(PLACE, "" + action.place(), DAY, today.toString());
    if (isTold(made.run(), REMINDED, once)) {
      return;
    }
    Map<String, String> facts = facts(made, action, "action-overdue");
    String text = text(made, action);
    Optional<Contact> owner =
        plan.contacts().onCall().stream()
            .filter(person -> person.user().equals(action.owner()))
            .findFirst();
    owner.ifPresent(person -> facts.put("contact", person.id()));
    Milestone told =
        owner.isPresent()
            ? new Milestone(CALLED, text, facts)
            : Announcements.announced(text, facts);
    // together: a kill between the two would leave a reminder that nobody hears
    journal.appendAll(made.run(), List.<Evidence>of(new Milestone(REMINDED, text, once), told));
  }

  private void escalate(PostMortem made, Action action) {
    Map<String, String> once = Map.of(PLACE, "" + action.place());
    if (!isTold(made.run(), ESCALATED, once)) {
      String text = text(made, action) + "; escalated to the lead";
      journal.appendAll(
          made.run(),
          List.<Evidence>of(
              new Milestone(ESCALATED, text, once),
              Announcements.announced(text, facts(made, action, "action-escalated"))));
    }
  }

  private boolean isTold(RunKey run, String name, Map<String, String> once) {
    return journal.read(run).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .anyMatch(
            entry ->
                entry.name().equals(name) && entry.facts().entrySet().containsAll(once.entrySet()));
  }

  private static String text(PostMortem made, Action action) {
    return "Action %d of the post-mortem of %s was due on %s: %s (%s)"
        .formatted(action.place(), made.rollback(), action.due(), action.what(), action.owner());
  }

  private static Map<String, String> facts(PostMortem made, Action action, String message) {
    Map<String, String> facts = new HashMap<>();
    facts.put(Announcements.MESSAGE, message);
    facts.put("rollback", made.rollback().value());
    facts.put("what", action.what());
    facts.put("by", action.owner());
    facts.put("dueOn", action.due().toString());
    return facts;
  }
}
