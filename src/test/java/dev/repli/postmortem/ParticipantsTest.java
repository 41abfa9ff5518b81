package dev.repli.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Checks;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanLike;
import dev.repli.postmortem.jdbc.RealPostMortems;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.runbook.PlanVersions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who the post-mortem says was involved. */
class ParticipantsTest {
  private final Plan plan = plan();
  private final PastRollback past = new PastRollback(plan);
  private final PostMortems kept = RealPostMortems.empty();

  private static Plan plan() {
    Plan usual =
        SamplePlan.of(
            new FakeDatabase(new VirtualTime()),
            List.of(),
            new Checks(List.of(), List.of(), List.of()));
    Contact night =
        new Contact(
            "night",
            "Grace Hopper",
            "grace",
            Optional.of("grace@shop.example"),
            Optional.empty(),
            Optional.empty());
    return PlanLike.of(usual)
        .decidedBy(
            List.of(new Decider("technical-lead", "lead", ""), new Decider("qa", "tester", "dev1")))
        .plan()
        .calling(new ContactRules(List.of(night), List.of(), ContactRules.NONE.grace()));
  }

  private String written() {
    PlanVersions plans = new PlanVersions();
    plans.add(plan);
    past.writing(plans, kept)
        .draft(new RunKey("INC-1-rollback-post-mortem"), PastRollback.ROLLBACK, false);
    return kept.find(PastRollback.ROLLBACK).orElseThrow().markdown();
  }

  private void tells(int minute, String name, Map<String, String> facts) {
    past.at(minute, PastRollback.INCIDENT, new Milestone(name, "said", facts));
  }

  @Test
  void namesWhoDidWhatInTheOrderInWhichTheyBegan() {
    past.at(
        1, PastRollback.INCIDENT, new Decided("op1", "Assess the incident", "CRITICAL", "", ""));
    tells(1, "CONTACT_CALLED", Map.of("contact", "night", "role", "senior-on-call"));
    tells(2, "CONTACT_UNANSWERED", Map.of("contact", "night", "role", "senior-on-call"));
    past.happens("slow");
    tells(20, "MESSAGE_APPROVED", Map.of("by", "press"));
    tells(20, "MESSAGE_APPROVED", Map.of("by", "press"));

    assertThat(written())
        .containsSubsequence(
            "## Participants",
            "| op1 |  |  | 2026-03-01 12:01:00.000 UTC | Assess the incident: CRITICAL |",
            "| grace | Grace Hopper | senior-on-call | 2026-03-01 12:01:00.000 UTC | was called;"
                + " did not answer |",
            "| monitoring |  |  | 2026-03-01 12:02:00.000 UTC | asked for the triage; asked for"
                + " the rollback |",
            "| lead | Ada Lovelace | technical-lead | 2026-03-01 12:06:00.000 UTC | Approve"
                + " rollback: approve |",
            "| press |  |  | 2026-03-01 12:20:00.000 UTC | let a message be sent |",
            "| tester |  | qa |  | nothing that a journal says |",
            "| dev1 |  | qa \\(deputy\\) |  | nothing that a journal says |",
            "## What went well");
    assertThat(kept.find(PastRollback.ROLLBACK).orElseThrow().html())
        .contains("<h2>Participants</h2>", "Ada Lovelace", "Grace Hopper");
  }

  @Test
  void givesNoPersonTheWordOfAMachine() {
    past.happens("slow");
    tells(20, "DECISION_TAKEN", Map.of("by", "Repli, pre-approved", "what", "roll back"));

    assertThat(written()).doesNotContain("| Repli, pre-approved |");
  }
}
