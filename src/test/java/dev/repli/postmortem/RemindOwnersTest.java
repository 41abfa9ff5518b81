package dev.repli.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.TwoClocks;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.ContactRules.Grace;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.postmortem.jdbc.RealPostMortems;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weeks after a post-mortem, in no time. 2026-03-04 is a Wednesday. */
class RemindOwnersTest {
  private static final RunKey ROLLBACK = new RunKey("ROLL-1");
  private static final RunKey RUN = new RunKey("ROLL-1-post-mortem");
  private static final LocalDate WEDNESDAY = LocalDate.parse("2026-03-04");

  private final TwoClocks time = new TwoClocks(Instant.parse("2026-03-01T12:00:00Z"));
  private final Plan shop =
      new KnownPlans("shop")
          .all()
          .get(0)
          .calling(
              new ContactRules(
                  List.of(
                      new Contact(
                          "ada",
                          "Ada",
                          "ada.l",
                          Optional.of("ada@shop.example"),
                          Optional.empty(),
                          Optional.empty())),
                  List.of(),
                  new Grace(Optional.empty(), Optional.empty(), Optional.empty())));
  private final Plans plans =
      new Plans() {
        @Override
        public List<Plan> all() {
          return List.of(shop);
        }

        @Override
        public Optional<Plan> find(PlanId id) {
          return Optional.of(shop).filter(plan -> plan.id().equals(id));
        }
      };
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final PostMortems kept = RealPostMortems.empty();
  private final RemindOwners owners = new RemindOwners(plans, runs, kept, journal, time);

  @BeforeEach
  void promise() {
    runs.start(
        new Runs.Request(RUN, "PostMortemProcess", new PlanId("shop"), "repli", false, Map.of()));
    kept.promise(
        ROLLBACK,
        List.of(
            new Action(1, "ada.l", WEDNESDAY, "alert on lag", Action.State.OPEN),
            new Action(2, "bob", WEDNESDAY, "more disk", Action.State.OPEN),
            new Action(3, "bob", WEDNESDAY.plusDays(90), "later", Action.State.OPEN)));
  }

  private void accepted(PostMortem.State state) {
    kept.keep(
        new PostMortem(
            ROLLBACK,
            RUN,
            new PlanId("shop"),
            state,
            time.instant(),
            "ann",
            Learned.NOTHING,
            "",
            "",
            Map.of()));
  }

  /** As the clock of the application does, until that day ends. */
  private void untilTheEndOf(LocalDate day) {
    while (time.instant().isBefore(Instant.parse(day + "T23:00:00Z"))) {
      time.pass(Duration.ofMinutes(30));
      owners.tick();
    }
  }

  private List<Milestone> told(String message) {
    return journal.read(RUN).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .filter(entry -> message.equals(entry.facts().get("message")))
        .toList();
  }

  private List<String> reminded(String owner) {
    return told("action-overdue").stream()
        .filter(entry -> owner.equals(entry.facts().get("by")))
        .map(Milestone::name)
        .toList();
  }

  @Test
  void remindsOnEachWorkingDayAfterTheLastOne() {
    accepted(PostMortem.State.FINAL);
    untilTheEndOf(WEDNESDAY);
    assertThat(told("action-overdue")).as("still its last day").isEmpty();

    untilTheEndOf(WEDNESDAY.plusDays(1));
    assertThat(reminded("ada.l")).as("she alone is told").containsExactly("CONTACT_CALLED");
    assertThat(reminded("bob")).as("nobody knows an address of his").containsExactly("ANNOUNCED");
    assertThat(told("action-overdue").get(0).facts())
        .containsEntry("contact", "ada")
        .containsEntry("dueOn", "2026-03-04")
        .containsEntry("what", "alert on lag");

    untilTheEndOf(WEDNESDAY.plusDays(4));
    assertThat(reminded("bob")).as("Thursday and Friday").hasSize(2);
    assertThat(told("action-escalated")).isEmpty();
  }

  @Test
  void callsTheLeadOnceAfterAWeek() {
    accepted(PostMortem.State.FINAL);
    kept.ended(ROLLBACK, 1, Action.State.DONE);
    untilTheEndOf(WEDNESDAY.plusDays(6));
    assertThat(told("action-escalated")).isEmpty();

    untilTheEndOf(WEDNESDAY.plusDays(20));
    assertThat(told("action-escalated")).hasSize(1);
    assertThat(told("action-escalated").get(0).text())
        .isEqualTo(
            "Action 2 of the post-mortem of ROLL-1 was due on 2026-03-04: more disk (bob);"
                + " escalated to the lead");
    assertThat(reminded("ada.l")).as("done").isEmpty();
  }

  @Test
  void remindsNobodyOfWhatIsNotAcceptedOrWasAbandoned() {
    accepted(PostMortem.State.WRITTEN);
    untilTheEndOf(WEDNESDAY.plusDays(3));
    assertThat(told("action-overdue")).isEmpty();

    accepted(PostMortem.State.FINAL);
    runs.end(RUN, "Post-mortem abandoned");
    untilTheEndOf(WEDNESDAY.plusDays(9));
    assertThat(told("action-overdue")).isEmpty();
  }
}
