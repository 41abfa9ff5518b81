package dev.repli.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Correspondent;
import dev.repli.communication.Deliveries;
import dev.repli.communication.Delivery;
import dev.repli.communication.Postman;
import dev.repli.communication.TableMatrix;
import dev.repli.communication.Wording.Words;
import dev.repli.communication.jdbc.RealOutbox;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.Ruling.Severity;
import dev.repli.criteria.TwoClocks;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Chain;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.ContactRules.Step;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.PlanLike;
import dev.repli.plan.Plans;
import dev.repli.plan.SecretRef;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has to answer and does not is rung again, also without chains of people on call. */
class PagedDecidersTest {
  private static final RunKey INCIDENT = new RunKey("inc-1");
  private static final Judgement WORSE =
      new Judgement(
          Outcome.ROLLBACK_NOW,
          Severity.CRITICAL,
          Duration.ZERO,
          "errors-critical",
          "0.6",
          "0.5",
          List.of());
  private Plan plan = plan();
  private final Plans plans =
      new Plans() {
        @Override
        public List<Plan> all() {
          return List.of(plan);
        }

        @Override
        public Optional<Plan> find(PlanId id) {
          return Optional.of(plan).filter(one -> one.id().equals(id));
        }
      };
  private final TwoClocks clock = new TwoClocks(Instant.now());
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final TriageJournal triage = new TriageJournal(journal);
  private final RealOutbox database = new RealOutbox();
  private final List<String> rung = new ArrayList<>();
  private final List<String> pages = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private boolean waits = true;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Correspondent correspondent =
      new Correspondent(
          plans,
          runs,
          journal,
          journal,
          database.reading(),
          database.outbox(),
          new TableMatrix(),
          clock,
          meters);
  private final Postman postman =
      new Postman(
          plans,
          database.outbox(),
          (moment, audience, locale, facts) -> new Words(moment.word(), "text"),
          new Deliveries(List.of(new Ringing())),
          journal,
          meters,
          Runnable::run,
          clock,
          "one");

  private final class Ringing implements Delivery {
    @Override
    public boolean speaks(CommunicationRules.Type type) {
      return true;
    }

    @Override
    public int longest(CommunicationRules.Type type) {
      return 10_000;
    }

    @Override
    public Result send(CommunicationRules rules, Channel channel, Text text) {
      if (text.resolves()) {
        closed.add(text.page());
      } else if (text.moment().startsWith("answer-")) {
        rung.add(channel.name());
        pages.add(text.page());
      }
      return new Result.Delivered();
    }
  }

  /** Every run waits for its approval, until it is given. */
  private final class Waiting implements Runs {
    @Override
    public Start start(Request request) {
      return runs.start(request);
    }

    @Override
    public Optional<Run> find(RunKey key) {
      return runs.find(key)
          .map(
              run ->
                  new Run(
                      run.key(),
                      run.runbook(),
                      run.plan(),
                      run.requestedBy(),
                      run.dryRun(),
                      run.processInstanceId(),
                      run.startedAt(),
                      run.endedAt(),
                      run.result(),
                      run.late(),
                      waits ? List.of("Approve rollback " + INCIDENT) : List.of("at work")));
    }

    @Override
    public List<Run> newest(int limit) {
      return runs.newest(limit);
    }

    @Override
    public List<Run> newest(PlanId id, int limit) {
      return runs.newest(id, limit);
    }

    @Override
    public Abort abort(RunKey key, String by, String reason) {
      return runs.abort(key, by, reason);
    }
  }

  private static Channel channel(String name, CommunicationRules.Type type, Audience audience) {
    return new Channel(
        name,
        type,
        audience,
        Optional.of(new SecretRef("env:URL")),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** People and a pager, but nobody said who is called after whom. */
  private static Plan plan() {
    Plan of =
        new KnownPlans("shop")
            .all()
            .get(0)
            .telling(
                new CommunicationRules(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                        channel("pager", CommunicationRules.Type.PAGERDUTY, Audience.LEAD),
                        channel("heads", CommunicationRules.Type.MAIL, Audience.MANAGEMENT),
                        channel("press", CommunicationRules.Type.MAIL, Audience.COMMUNICATION)),
                    Optional.empty()))
            .calling(
                new ContactRules(
                    List.of(
                        new Contact(
                            "bob",
                            "Bob",
                            "pm1",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new SecretRef("env:SMS")))),
                    List.of(),
                    ContactRules.NONE.grace()));
    return PlanLike.of(of).decidedBy(List.of(new Decider("approvers", "lead1", "pm1"))).plan();
  }

  @BeforeEach
  void anIncidentWaits() {
    runs.start(
        new Runs.Request(
            INCIDENT, "IncidentTriageProcess", plan.id(), "monitoring", false, Map.of()));
  }

  private void pass(int minutes) {
    clock.pass(Duration.ofMinutes(minutes));
  }

  private void deliver() {
    correspondent.tick();
    for (int event = 0; event < 3; event++) {
      postman.tick();
    }
  }

  @Test
  void aReminderRingsAndThenTheDeputiesAreCalledThemselves() {
    CallDeciders deciders = new CallDeciders(triage, clock);
    pass(15);
    deciders.callWhoIsDue(INCIDENT, plan);
    deliver();
    assertThat(rung).containsExactlyInAnyOrder("pager", "heads");

    pass(15);
    deciders.callWhoIsDue(INCIDENT, plan);
    deciders.callWhoIsDue(INCIDENT, plan);
    deliver();
    assertThat(rung)
        .containsExactlyInAnyOrder("pager", "heads", "pager", "heads", "contact:bob:sms");
    assertThat(pages).as("an open page of a pager does not ring again").doesNotHaveDuplicates();
  }

  @Test
  void anApprovalThatStaysOpenRingsAgainAndAgain() {
    FollowRollback follow = new FollowRollback(Waiting::new, Runnable::run, triage, clock);
    RunKey rollback = FollowRollback.keyOf(INCIDENT, 1);
    // a triage leaves the plan to others, which this register does not know
    runs.end(INCIDENT, "over");
    follow.start(INCIDENT, rollback, plan, "monitoring", Map.of());
    pass(6);
    follow.look(INCIDENT, rollback, plan);
    deliver();
    pass(6);
    follow.look(INCIDENT, rollback, plan);
    deliver();

    assertThat(rung)
        .containsExactlyInAnyOrder("pager", "heads", "pager", "heads", "contact:bob:sms");
  }

  @Test
  void managementHearsTwiceAndEveryPageIsClosedWithTheAnswer() {
    FollowRollback follow = new FollowRollback(Waiting::new, Runnable::run, triage, clock);
    RunKey rollback = FollowRollback.keyOf(INCIDENT, 1);
    runs.end(INCIDENT, "over");
    follow.start(INCIDENT, rollback, plan, "monitoring", Map.of());
    for (int round = 0; round < 4; round++) {
      pass(6);
      follow.look(INCIDENT, rollback, plan);
      deliver();
    }
    assertThat(rung).filteredOn("pager"::equals).hasSize(4);
    assertThat(rung).filteredOn("heads"::equals).hasSize(2);
    assertThat(closed).isEmpty();

    waits = false;
    follow.look(INCIDENT, rollback, plan);
    follow.look(INCIDENT, rollback, plan);
    pass(6);
    deliver();
    pass(6);
    deliver();

    assertThat(closed).hasSize(4).doesNotHaveDuplicates();
    assertThat(pages).containsAll(closed);
    assertThat(triage.all(INCIDENT, "APPROVAL_ANSWERED")).hasSize(1);
  }

  @Test
  void whatCannotWaitRings() {
    assertThat(new CanItWait(journal, triage).look(INCIDENT, plan, WORSE)).isFalse();
    deliver();

    assertThat(rung).containsExactlyInAnyOrder("pager", "heads");
  }

  @Test
  void whoeverIsFirstOfAChainRings() {
    ContactRules known = plan.contacts();
    plan =
        plan.calling(
            new ContactRules(
                known.onCall(),
                List.of(
                    new Chain("technical-lead", List.of(new Step("bob", Duration.ofMinutes(5))))),
                known.grace()));
    assertThat(new CanItWait(journal, triage).look(INCIDENT, plan, WORSE)).isFalse();
    deliver();

    assertThat(rung).containsExactlyInAnyOrder("pager", "heads", "contact:bob:sms");
  }
}
