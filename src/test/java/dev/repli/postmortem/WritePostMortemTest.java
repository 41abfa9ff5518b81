package dev.repli.postmortem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Checks;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.postmortem.PostMortem.State;
import dev.repli.postmortem.jdbc.RealPostMortems;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.runbook.PlanVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WritePostMortemTest {
  private static final RunKey RUN = new RunKey("INC-1-rollback-post-mortem");
  private final Plan plan =
      SamplePlan.of(
          new FakeDatabase(new VirtualTime()),
          List.of(),
          new Checks(List.of(), List.of(), List.of()));
  private final PlanVersions plans = new PlanVersions();
  private final PastRollback past = new PastRollback(plan);
  private final PostMortems kept = RealPostMortems.empty();

  private WritePostMortem writing(Clock clock) {
    plans.add(plan);
    return new WritePostMortem(
        new CollectStory(
            plans, () -> past.runs, past.journal, past.outbox, past.samples, PastRollback.NAMES),
        kept,
        past.journal,
        clock);
  }

  private PostMortem made() {
    return kept.find(PastRollback.ROLLBACK).orElseThrow();
  }

  @Test
  void measuresWhereTheMinutesWent() {
    past.happens("checkout fails");
    String times = writing(past.time).draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(times)
        .contains("to detect: from the trouble to the report: **2 min 0 s**")
        .contains("to decide: from the report until the announcement begins: **5 min 0 s**")
        .contains("until the first message was delivered: **2.0 s**")
        .contains("to roll back: **4 min 0 s**")
        .contains("to verify: **1 min 0 s**")
        .contains("all of it: **20 min 0 s**");
    assertThat(made().state()).isEqualTo(State.DRAFT);
    assertThat(made().markdown())
        .contains("## How long it took")
        .contains("none, says the ledger")
        .contains("740 ms")
        .contains("lead | Approve rollback | approve | checkout fails")
        .contains("2026-03-01 12:10:00.000 UTC | POINT\\_OF\\_NO\\_RETURN | passed");
  }

  /** The cutover that put the target there, and what the rollback before this one took. */
  @Test
  void showsTheReleasesOfThatTimeAndWhatTheRollbackBeforeTook() {
    RunKey before = new RunKey("ROLL-0");
    past.at(0, before, new Milestone("STEP_BEGUN", "begun", Map.of("step", "execution")));
    past.journal.append(before, new Milestone("POINT_OF_NO_RETURN", "p", Map.of("to", "SOURCE")));
    past.time.pass(Duration.ofSeconds(42));
    past.journal.append(before, new Milestone("STEP_ENDED", "ended", Map.of("step", "execution")));
    past.ended(before, "RollbackProcess", 0, false, "Rolled back to source");
    RunKey cutover = new RunKey("CUT-1");
    past.at(1, cutover, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of("to", "TARGET")));
    past.ended(cutover, "CutoverProcess", 1, false, "Cutover completed");
    past.happens("slow");
    writing(past.time).draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(made().markdown())
        .contains("## Releases")
        .containsPattern("target .* \\| not known \\| 2026-03-01 12:01:00.000 UTC \\| now \\| CUT")
        .doesNotContain("ROLL\\-0")
        .containsPattern("execution \\| .* \\| 4 min 0 s \\| at most .* \\| as planned \\| 42.0 s");
  }

  @Test
  void saysNotKnownInPlaceOfGuessing() {
    past.ended(PastRollback.ROLLBACK, "RollbackProcess", 0, false, "Rollback undone");
    String times = writing(past.time).draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(times)
        .contains("to detect: from the trouble to the report: **not known**")
        .contains("to decide: from the report until the announcement begins: **not known**")
        .contains("to roll back: **not known**")
        .contains("to validate the application: **not known**");
    assertThat(made().markdown())
        .contains("**Data lost**: not known")
        .contains("**Without a writer during the switch**: not known")
        .contains(
            "Error rate: there are no numbers. Nothing recorded them, or they are older than a week.")
        .doesNotContain("none, says the ledger");
  }

  @Test
  void drawsOnlyWhatWasMeasured() {
    past.happens("slow");
    writing(past.time).draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(made().charts()).containsOnlyKeys("timeline.svg", "lag.svg");
    assertThat(made().charts().get("lag.svg")).startsWith("<svg").contains("<polyline", "12:00:00");
    assertThat(made().charts().get("timeline.svg")).contains(">execution</text>", ">triage</text>");
    assertThat(made().html()).contains(made().charts().get("lag.svg"));
    assertThat(made().markdown())
        .contains("](post-mortem/lag.svg)")
        .doesNotContain("error-rate.svg");
  }

  @Test
  void everyTextArrivesLiterally() {
    String hostile = String.join(" ", PastRollback.HOSTILE);
    past.happens(hostile);
    WritePostMortem writing = writing(past.time);
    writing.draft(RUN, PastRollback.ROLLBACK, false);
    Action action = new Action(1, "op1", LocalDate.parse("2026-03-09"), hostile, Action.State.OPEN);
    Learned learned =
        new Learned(hostile, List.of(hostile, hostile), hostile, hostile, hostile, hostile);
    writing.written(RUN, PastRollback.ROLLBACK, "ann", learned, List.of(action));

    assertThat(made().html())
        .doesNotContain("<script", "<img", "<svg/")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "${7*7} #{7*7} {{7*7}}", "@channel");
    String literal = made().markdown().replaceAll("\\\\(\\p{Punct})", "$1");
    // summary, source, reason, impact, two whys, well, improve, lessons, action, and the verdict
    // twice
    assertThat(literal.split(java.util.regex.Pattern.quote(hostile), -1)).hasSizeGreaterThan(11);
    assertThat(made().markdown())
        .doesNotContain("[click](", "![x](", "{{7", "| b |")
        .doesNotContainPattern("(?<!\\\\)<(script|img|svg)");
  }

  @Test
  void keepsWhatPeopleWroteWhenItIsDraftedAgain() {
    past.happens("slow");
    WritePostMortem writing = writing(past.time);
    writing.draft(RUN, PastRollback.ROLLBACK, false);
    Learned learned = new Learned("1 h", List.of("a full disk"), "calm", "alerts", "watch", "");
    writing.written(RUN, PastRollback.ROLLBACK, "ann", learned, List.of());
    writing.draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(made().state()).isEqualTo(State.WRITTEN);
    assertThat(made().markdown()).contains("a full disk");
  }

  @Test
  void publishesOnceWhatSomebodyAccepted() {
    past.happens("slow");
    WritePostMortem writing = writing(past.time);
    writing.draft(RUN, PastRollback.ROLLBACK, false);
    Learned learned = new Learned("1 h", List.of("a full disk"), "", "", "", "");
    Action action = new Action(1, "bob", LocalDate.parse("2026-03-09"), "alert", Action.State.OPEN);
    writing.written(RUN, PastRollback.ROLLBACK, "ann", learned, List.of(action));
    past.journal.append(RUN, new Decided("lead", "Accept the post-mortem", "ACCEPT", "", ""));

    assertThat(writing.publish(RUN, PastRollback.ROLLBACK)).isEqualTo(1);
    assertThat(writing.publish(RUN, PastRollback.ROLLBACK)).isEqualTo(1);
    assertThat(made().state()).isEqualTo(State.FINAL);
    assertThat(made().markdown())
        .contains("Written by ann, accepted by lead at", "| bob | 2026-03-09 | alert | open |");
    assertThat(past.journal.newestMilestone(RUN, "POST_MORTEM_PUBLISHED"))
        .hasValueSatisfying(
            entry ->
                assertThat(((Milestone) entry.evidence()).facts())
                    .containsEntry("cause", "a full disk"));
    assertThat(past.journal.read(RUN))
        .filteredOn(
            entry -> entry.evidence() instanceof Milestone said && said.name().equals("ANNOUNCED"))
        .hasSize(1);
  }

  @Test
  void tellsOfItsPublicationThoughANodeDiesMeanwhile() {
    past.happens("slow");
    writing(past.time).written(RUN, PastRollback.ROLLBACK, "ann", Learned.NOTHING, List.of());
    WritePostMortem dying =
        new WritePostMortem(
            new CollectStory(
                plans,
                () -> past.runs,
                past.journal,
                past.outbox,
                past.samples,
                PastRollback.NAMES),
            kept,
            new KilledAfterOneEntry(past.journal),
            past.time);

    assertThatThrownBy(() -> dying.publish(RUN, PastRollback.ROLLBACK))
        .hasMessageContaining("killed");
    assertThat(dying.publish(RUN, PastRollback.ROLLBACK)).isZero();
    assertThat(milestones()).containsOnlyOnce("POST_MORTEM_PUBLISHED", "ANNOUNCED");
  }

  @Test
  void callsTheLeadThoughANodeDiesMeanwhile() {
    RemindWriters dying = new RemindWriters(new KilledAfterOneEntry(past.journal));
    Runnable call =
        () ->
            dying.call(RUN, PastRollback.ROLLBACK, plan, PastRollback.NOON, PostMortemStep.OVERDUE);

    assertThatThrownBy(call::run).hasMessageContaining("killed");
    call.run();
    assertThat(milestones()).containsExactly("POST_MORTEM_OVERDUE", "ANNOUNCED");
  }

  private List<String> milestones() {
    return past.journal.read(RUN).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(any -> ((Milestone) any).name())
        .toList();
  }

  @Test
  void keepsTheChartsOfTheDraftWhenTheirNumbersAreForgotten() {
    past.happens("slow");
    WritePostMortem writing = writing(past.time);
    writing.draft(RUN, PastRollback.ROLLBACK, false);
    String drawn = made().charts().get("lag.svg");
    past.samples.forgetBefore(past.time.instant().plus(Duration.ofDays(1)));
    writing.written(RUN, PastRollback.ROLLBACK, "ann", Learned.NOTHING, List.of());

    assertThat(made().charts()).containsEntry("lag.svg", drawn);
    assertThat(made().markdown()).contains("](post-mortem/lag.svg)");
  }

  @Test
  void keepsTheEndOfALongStoryAndSaysWhatIsMissing() {
    for (int n = 0; n < 500; n++) {
      past.at(1, PastRollback.INCIDENT, new Milestone("NOTED", "entry " + n, Map.of()));
    }
    past.happens("slow");
    writing(past.time).draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(made().markdown())
        .contains("POINT\\_OF\\_NO\\_RETURN | passed")
        .containsPattern("The first \\d+ rows are left out")
        .doesNotContain("| entry 0 |");
  }

  @Test
  void callsNothingLostOnlyByTheNameOfWhatCounted() {
    past.at(1, PastRollback.ROLLBACK, new Milestone("DELTA_CARRIED", "The delta", Map.of()));
    past.ended(PastRollback.ROLLBACK, "RollbackProcess", 0, false, "Rolled back to source");
    writing(past.time).draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(made().markdown())
        .contains("none of the delta, says the journal; no probe counted writes")
        .doesNotContain("says the ledger");
  }

  @Test
  void saysWhyThereIsNoMessage() {
    past.ended(PastRollback.ROLLBACK, "RollbackProcess", 0, false, "Rollback undone");
    WritePostMortem writing = writing(past.time);
    writing.draft(RUN, PastRollback.ROLLBACK, false);
    assertThat(made().markdown()).contains("the plan has no channel");

    plans.add(
        plan.telling(
            new CommunicationRules(
                Optional.of("Shop"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty())));
    writing.draft(RUN, PastRollback.ROLLBACK, false);
    assertThat(made().markdown())
        .contains("No message of these runs was in the outbox when this was made")
        .doesNotContain("the plan has no channel");
  }

  @Test
  void isWrittenAlsoWhenThePlansFileIsGone() {
    Map<String, String> asked = Map.of("planVersion", plan.contentHash());
    past.at(0, PastRollback.ROLLBACK, new Milestone("RUN_REQUESTED", "asked", asked));
    past.ended(PastRollback.ROLLBACK, "RollbackProcess", 0, false, "Rollback undone");
    WritePostMortem writing = past.writing(new Gone(plan), kept);
    writing.draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(made().markdown()).contains("Shop database");
  }

  /** A plan whose file was taken away after it was kept. */
  private record Gone(Plan kept) implements Plans {
    @Override
    public List<Plan> all() {
      return List.of();
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return Optional.empty();
    }

    @Override
    public Optional<Plan> version(PlanId id, String contentHash) {
      return Optional.of(kept).filter(plan -> plan.contentHash().equals(contentHash));
    }
  }

  @Test
  void keepsNothingInADryRun() {
    past.happens("slow");
    writing(past.time).draft(RUN, PastRollback.ROLLBACK, true);

    assertThat(kept.find(PastRollback.ROLLBACK)).isEmpty();
    assertThat(past.journal.newestMilestone(RUN, "POST_MORTEM_DRAFTED")).isPresent();
  }

  @Test
  void draftsALongStoryWithinFiveSeconds() {
    for (int n = 0; n < 3_000; n++) {
      past.at(1, PastRollback.ROLLBACK, new Milestone("NOTED", "entry " + n, Map.of()));
    }
    past.happens("slow");
    long begun = System.nanoTime();
    writing(Clock.systemUTC()).draft(RUN, PastRollback.ROLLBACK, false);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }
}
