package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Chain;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.ContactRules.Grace;
import dev.repli.plan.ContactRules.Step;
import dev.repli.plan.Metric;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Those who are on call are called one after the other, and their grace counts. */
class OnCallTest extends TriageTest {
  private static final ContactRules CONTACTS =
      new ContactRules(
          List.of(contact("ada"), contact("bob"), contact("eve")),
          List.of(
              new Chain("technical-lead", List.of(step("ada", 5), step("bob", 12))),
              new Chain("project-manager", List.of(step("eve", 10)))),
          new Grace(Optional.of(Duration.ofMinutes(6)), Optional.empty(), Optional.empty()));

  private static Contact contact(String id) {
    return new Contact(
        id,
        id.toUpperCase(java.util.Locale.ROOT),
        id,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new SecretRef("env:SMS")));
  }

  private static Step step(String contact, int minutes) {
    return new Step(contact, Duration.ofMinutes(minutes));
  }

  OnCallTest() {
    super(Set.of());
  }

  @Override
  ContactRules contacts() {
    return CONTACTS;
  }

  private List<String> calls() {
    return world.evidence(Milestone.class).stream()
        .filter(entry -> entry.name().startsWith("CONTACT_"))
        .map(entry -> entry.name() + " " + entry.facts().get("contact"))
        .toList();
  }

  private void pass(int minutes) {
    world.time.pass(Duration.ofMinutes(minutes));
    world.due("Event_LookDue");
    world.due("Event_LookDue");
  }

  @Test
  void callsOneAfterTheOtherAndNotesThatNobodyAnswered() {
    world.start(false);
    pass(4);
    assertThat(calls()).isEmpty();
    pass(1);
    assertThat(calls()).containsExactly("CONTACT_CALLED ada");
    pass(5);
    assertThat(calls()).containsExactly("CONTACT_CALLED ada", "CONTACT_CALLED eve");
    pass(2);

    assertThat(calls())
        .containsExactly(
            "CONTACT_CALLED ada",
            "CONTACT_CALLED eve",
            "CONTACT_UNANSWERED ada",
            "CONTACT_CALLED bob");
    assertThat(world.text("CONTACT_CALLED"))
        .isEqualTo("No decision on incident INC-1 after 12 min; called: BOB (technical-lead)");
    assertThat(world.milestones()).doesNotContain("DECIDERS_REMINDED", "DEPUTIES_CALLED");
  }

  @Test
  void callsOnWhileTheCriteriaCannotBeEvaluated() {
    world.start(false);
    world.gone = TriageWorld.Gone.TABLE;
    world.time.pass(Duration.ofMinutes(5));
    world.due("Event_LookDue");
    assertThat(calls()).containsExactly("CONTACT_CALLED ada");

    world.time.pass(Duration.ofMinutes(5));
    world.due("Event_NobodyAnswered");
    assertThat(calls()).containsExactly("CONTACT_CALLED ada", "CONTACT_CALLED eve");
  }

  @Test
  void callsNobodyAfterTheDecision() {
    world.start(false);
    pass(5);
    world.answer(
        "Assess the incident", Map.of("incidentAnswer", "ROLL_BACK", "incidentReason", "seen"));
    world.time.pass(Duration.ofMinutes(20));
    world.due("Event_NextLook");

    assertThat(calls()).containsExactly("CONTACT_CALLED ada");
  }

  @Test
  void callsTheNextOfEachChainForAnUrgentApproval() {
    world.measure(0, 100);
    world.report(Metric.CHECKSUM_ERRORS, 1);
    world.start(false);
    world.runs.waitsFor(TriageWorld.ROLLBACK, "Approve rollback INC-1");
    for (int look = 0; look < 3; look++) {
      world.time.pass(Duration.ofMinutes(5));
      world.due("Event_NextLook");
    }

    assertThat(calls().stream().filter(call -> call.startsWith("CONTACT_CALLED")))
        .containsSubsequence(
            "CONTACT_CALLED ada",
            "CONTACT_CALLED eve",
            "CONTACT_CALLED bob",
            "CONTACT_CALLED eve",
            "CONTACT_CALLED bob");
    assertThat(world.text("APPROVAL_UNANSWERED")).contains("BOB (technical-lead), EVE");
  }

  @Test
  void theGraceOfThePlanCounts() {
    world.measure(0.06, 100);
    world.measureFor(Duration.ofMinutes(11), 0.06);
    world.start(false);
    world.measureFor(Duration.ofSeconds(330), 0.06);
    world.due("Event_EvaluationDue");
    assertThat(world.runs.requests).as("5 min 30 s").isEmpty();

    world.measureFor(Duration.ofSeconds(30), 0.06);
    world.due("Event_EvaluationDue");
    assertThat(world.runs.requests).as("6 min").hasSize(1);
  }
}
