package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeNode;
import dev.repli.database.NodeSession.Fence;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Node;
import dev.repli.route.FakeRoute;
import dev.repli.route.RouteAct;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterSwitchTest {
  @TempDir Path directory;
  private SwitchLab lab;
  private WriterSwitch writerSwitch;

  @BeforeEach
  void targetIsWriter() {
    lab = new SwitchLab(FakeRoute.holding(Node.Role.TARGET), directory);
    writerSwitch = lab.writerSwitch(clientAtEveryPhase(), "this");
  }

  private SwitchObserver clientAtEveryPhase() {
    return new SwitchObserver() {
      @Override
      public void before(SwitchRequest request, Phase phase) {
        lab.clientWrites();
      }
    };
  }

  private End walk() {
    return SwitchDriver.walk(writerSwitch, lab.request("s1"));
  }

  private void oldWriterIsOpenAgain() {
    assertThat(lab.database.target().accepts()).isTrue();
    assertThat(lab.database.source().accepts()).isFalse();
    assertThat(lab.database.target().deadManArmed()).isFalse();
    assertThat(lab.route.whoAnswers()).contains(Node.Role.TARGET);
    assertThat(lab.violations).isEmpty();
    assertThat(lab.lost()).isEmpty();
  }

  @Test
  void movesTheWriterAndLosesNothing() {
    assertThat(walk()).isEqualTo(End.MOVED);
    assertThat(lab.database.source().accepts()).isTrue();
    assertThat(lab.database.target().accepts()).isFalse();
    assertThat(lab.database.target().deadManArmed()).isFalse();
    assertThat(lab.route.whoAnswers()).contains(Node.Role.SOURCE);
    assertThat(lab.acknowledged).isNotEmpty();
    assertThat(lab.lost()).isEmpty();
    assertThat(lab.violations).isEmpty();
  }

  @Test
  void rehearsesBeforeAnythingIsAtStakeAndOnlyLooks() {
    assertThat(writerSwitch.prepare(lab.request("s1"), false))
        .isInstanceOf(Preparation.Ready.class);
    oldWriterIsOpenAgain();
    assertThat(lab.database.target().persistedFence()).isFalse();
    assertThat(evidence(Milestone.class))
        .extracting(Milestone::name)
        .containsExactly(SwitchMilestones.COMMAND_TAKEN);

    assertThat(SwitchDriver.fromArm(writerSwitch, "s1")).isEqualTo(End.MOVED);
    assertThat(evidence(Measured.class)).contains(new Measured("rehearsed", "lab", "20", "times"));
    assertThat(evidence(StatementRun.class))
        .extracting(StatementRun::sql)
        .containsOnlyOnce("fence", "stopReplication", "open");
  }

  private <T extends Evidence> List<T> evidence(Class<T> kind) {
    return lab.journal.read(new RunKey("INC-1")).stream()
        .map(JournalEntry::evidence)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Test
  void startsReplicationBackAfterwards() {
    assertThat(walk()).isEqualTo(End.MOVED);
    assertThat(writerSwitch.reverse(lab.request("s1"), false)).isInstanceOf(PhaseResult.Done.class);
    lab.clientWrites();
    assertThat(lab.database.target().replication().running()).isTrue();
    assertThat(lab.database.target().persistedFence()).isTrue();
    assertThat(lab.database.source().persistedFence()).isFalse();
  }

  @Test
  void answersTheSameWhenTheSameSwitchIsRunAgain() {
    assertThat(walk()).isEqualTo(End.MOVED);
    assertThat(walk()).isEqualTo(End.MOVED);
  }

  @Test
  void movesEventsWithTheWriter() {
    lab.database.target().enabledEvent("app.nightly");
    assertThat(walk()).isEqualTo(End.MOVED);
    assertThat(lab.database.source().eventsOn()).isTrue();
    assertThat(lab.database.target().eventsOn()).isFalse();
  }

  @Test
  void reopensTheOldWriterWhenTheNewOneStopsFollowing() {
    lab.database
        .target()
        .before(
            "fence",
            () -> {
              lab.database.source().replication().stall(true);
              lab.clientWritesStraightTo(lab.database.target());
            });
    assertThat(walk()).isEqualTo(End.UNDONE);
    assertThat(reason()).contains("did not reach");
    lab.database.source().replication().stall(false);
    oldWriterIsOpenAgain();
  }

  @Test
  void reopensTheOldWriterWhenItMovesBehindItsFence() {
    FakeNode target = lab.database.target();
    writerSwitch =
        lab.writerSwitch(
            new FaultAt(
                Phase.MARK,
                true,
                () -> target.after("openTransactions", () -> target.writeRegardless("x", "event"))),
            "this");
    assertThat(walk()).isEqualTo(End.UNDONE);
    oldWriterIsOpenAgain();
  }

  @Test
  void namesWhoBlocksTheFenceAndUndoes() {
    for (int i = 0; i < 40; i++) {
      lab.database
          .target()
          .block(
              List.of(new Fence.Blocker(7, "batch", "host", Duration.ofSeconds(60), "UPDATE t")));
    }
    assertThat(walk()).isEqualTo(End.UNDONE);
    assertThat(reason()).contains("batch@host").contains("UPDATE t");
    oldWriterIsOpenAgain();
  }

  @Test
  void refusesWhenThreadsRunButNothingArrives() {
    lab.database.source().replication().stall(true);
    lab.clientWritesStraightTo(lab.database.target());
    assertThat(walk()).isEqualTo(End.REFUSED);
    oldWriterIsOpenAgain();
  }

  @Test
  void refusesWhenAPrivilegedAccountCouldWriteBehindTheFence() {
    lab.database
        .target()
        .risk(new FenceRisk(FenceRisk.Kind.PRIVILEGED_ACCOUNT, true, "root@%", "READ ONLY ADMIN"));
    assertThat(walk()).isEqualTo(End.REFUSED);
    assertThat(reason()).contains("root@%");
    oldWriterIsOpenAgain();
  }

  @Test
  void refusesWhenTheRouteAlreadyLeadsElsewhere() {
    lab = new SwitchLab(FakeRoute.holding(Node.Role.SOURCE), directory);
    writerSwitch = lab.writerSwitch(SwitchObserver.NONE, "this");
    assertThat(walk()).isEqualTo(End.REFUSED);
    assertThat(reason()).contains("route app");
  }

  @Test
  void doesNothingWhileACommanderOfAnotherRepliIsThere() {
    SwitchRequest other = lab.request("other");
    WriterSwitch foreign = lab.writerSwitch(SwitchObserver.NONE, "foreign");
    assertThat(foreign.prepare(other, false)).isInstanceOf(Preparation.Ready.class);
    assertThat(walk()).isEqualTo(End.REFUSED);
    assertThat(reason()).contains("another Repli");
    oldWriterIsOpenAgain();
  }

  @Test
  void undoesWhenSomebodyAsksToStopInTime() {
    writerSwitch = lab.writerSwitch(abortAt(Phase.CATCH_UP), "this");
    assertThat(walk()).isEqualTo(End.ABORTED);
    oldWriterIsOpenAgain();
  }

  @Test
  void goesForwardWhenSomebodyAsksTooLate() {
    writerSwitch = lab.writerSwitch(abortAt(Phase.OPEN), "this");
    assertThat(walk()).isEqualTo(End.MOVED);
  }

  @Test
  void isHeldWhenTheNewWriterDiesAfterThePointOfNoReturnAndGoesForwardWhenItIsBack() {
    SwitchObserver killer =
        new SwitchObserver() {
          @Override
          public void before(SwitchRequest request, Phase phase) {
            if (phase == Phase.OPEN && ended() == null) {
              lab.database.source().crash();
            }
          }
        };
    writerSwitch = lab.writerSwitch(killer, "this");
    assertThat(walk()).isEqualTo(End.HELD);
    assertThat(lab.database.target().accepts()).isFalse();
    writerSwitch = lab.writerSwitch(SwitchObserver.NONE, "this");
    assertThat(walk()).isEqualTo(End.HELD);
    lab.database.source().restart();
    assertThat(walk()).isEqualTo(End.MOVED);
    assertThat(lab.lost()).isEmpty();
    assertThat(lab.violations).isEmpty();
  }

  @Test
  void isHeldWhenARouteCannotBeTurnedAndGoesForwardWhenItCan() {
    lab.route.failNext(RouteAct.ROUTE_TO, 2);
    assertThat(walk()).isEqualTo(End.HELD);
    assertThat(walk()).isEqualTo(End.MOVED);
    assertThat(lab.violations).isEmpty();
  }

  @Test
  void triesOnceMoreWithNewConnectionsBeforeItWaitsForPeople() {
    lab.route.failNext(RouteAct.ROUTE_TO, 1);
    lab.database.source().loseAnswerOf("stopReplication");
    assertThat(walk()).isEqualTo(End.MOVED);
    assertThat(lab.route.whoAnswers()).contains(Node.Role.SOURCE);
    assertThat(lab.lost()).isEmpty();
    assertThat(lab.violations).isEmpty();
  }

  private SwitchObserver abortAt(Phase at) {
    return new SwitchObserver() {
      @Override
      public void before(SwitchRequest request, Phase phase) {
        if (phase == at) {
          lab.journal.append(
              request.run(),
              new Milestone(SwitchMilestones.ABORT_REQUESTED, "stop", Map.of("by", "op1")));
        }
      }
    };
  }

  private @Nullable Milestone ended() {
    return lab.journal
        .newestMilestone(new RunKey("INC-1"), SwitchMilestones.ENDED)
        .map(Decisions::milestone)
        .orElse(null);
  }

  private String reason() {
    Milestone milestone = ended();
    return milestone == null ? "" : milestone.facts().getOrDefault("reason", "");
  }
}
