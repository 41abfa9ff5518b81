package dev.repli.watch.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Node;
import dev.repli.run.RunKey;
import dev.repli.runbook.RunbookEngine;
import dev.repli.watch.WatchRounds;
import dev.repli.watch.WatchRounds.Round;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers that vanish during the watch after a rollback are not healthy ones. */
class RollbackWatchNumbersTest {
  private static final String NEXT = "Event_NextLook";
  private static final Duration EVERY = Duration.ofMinutes(15);
  private static RunbookEngine engine;
  private WatchWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("watch", List.of("rollback/FailedStepProcess.bpmn"), List.of());
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void makeWorld() {
    world = new WatchWorld(engine.engine, engine.beans);
    world.database.writerIs(Node.Role.SOURCE);
    ClockUtil.setCurrentTime(Date.from(WatchWorld.ENDED));
  }

  @AfterEach
  void endWorld() {
    ClockUtil.reset();
    world.close();
  }

  private List<String> rounds() {
    return new WatchRounds(world.journal())
        .of(new RunKey("ROLL-1")).stream().map(Round::state).toList();
  }

  private List<String> told(String milestone) {
    return world.evidence(Milestone.class).stream()
        .filter(any -> any.name().equals(milestone))
        .map(Milestone::text)
        .toList();
  }

  private void nextRound() {
    world.time.pass(EVERY);
    world.due(NEXT);
  }

  private void isReportedForItsErrors() {
    world.start(false);
    world.errorRate(0.6, Duration.ofMinutes(7));
    world.due(NEXT);
    world.errorRate(0.6, Duration.ofMinutes(1));
    world.due(NEXT);
    assertThat(world.started()).containsExactly("IncidentTriageProcess ROLL-1-watch-1");
  }

  @Test
  void whatWasReportedIsNotSolvedByASourceThatDies() {
    world.asksPrometheus();
    isReportedForItsErrors();
    world.errors = Optional.empty();
    nextRound();
    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD", "INCONCLUSIVE");
    assertThat(told("CRITERIA_BLIND")).as("not for long yet").isEmpty();
    nextRound();
    nextRound();

    assertThat(world.resolved()).isEmpty();
    assertThat(told("CRITERIA_BLIND"))
        .singleElement()
        .asString()
        .startsWith("Nobody can tell how it goes after the rollback")
        .contains("errors-critical");
    ClockUtil.setCurrentTime(Date.from(WatchWorld.ENDED.plus(Duration.ofHours(2))));
    nextRound();
    assertThat(world.endedAs()).isEqualTo("Watch over, still bad");
  }

  @Test
  void isSolvedOnceTheNumbersAreBackAndNormal() {
    world.asksPrometheus();
    isReportedForItsErrors();
    world.errors = Optional.empty();
    nextRound();
    nextRound();
    world.errorRate(0.0, Duration.ofMinutes(1));
    world.due(NEXT);

    assertThat(rounds())
        .containsExactly("GOOD", "SUSPECT", "BAD", "INCONCLUSIVE", "INCONCLUSIVE", "GOOD");
    assertThat(world.resolved()).containsExactly("ROLL-1-watch-1");
    assertThat(told("CRITERIA_SEEN_AGAIN")).hasSize(1);
  }

  @Test
  void isNotSolvedByWhoeverPushesNoNumbersAnyMore() {
    isReportedForItsErrors();
    nextRound();
    nextRound();

    assertThat(rounds()).endsWith("INCONCLUSIVE", "INCONCLUSIVE");
    assertThat(world.resolved()).isEmpty();
    assertThat(told("CRITERIA_BLIND")).hasSize(1);
  }

  @Test
  void nobodyCanSayWithoutNumbersFromTheBegin() {
    world.asksPrometheus();
    world.errors = Optional.empty();
    world.start(false);
    nextRound();
    assertThat(rounds()).containsExactly("INCONCLUSIVE", "INCONCLUSIVE");
    assertThat(told("WATCH_LOOKED"))
        .last()
        .asString()
        .startsWith("Looked around, nobody can say whether all is good");
    assertThat(told("CRITERIA_BLIND")).hasSize(1);

    ClockUtil.setCurrentTime(Date.from(WatchWorld.ENDED.plus(Duration.ofHours(2))));
    nextRound();
    assertThat(world.endedAs()).isEqualTo("Watch over");
    assertThat(world.started()).isEmpty();
  }

  @Test
  void anotherTroubleIsNotOverWhileNobodyCanSay() {
    world.asksPrometheus();
    world.start(false);
    world.database.source().readOnly(true);
    world.due(NEXT);
    world.due(NEXT);
    world.database.source().readOnly(false);
    world.errors = Optional.empty();
    nextRound();
    assertThat(world.resolved()).isEmpty();
    world.errors = Optional.of(0.0);
    nextRound();

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD", "INCONCLUSIVE", "GOOD");
    assertThat(world.resolved()).containsExactly("ROLL-1-watch-1");
    assertThat(told("CRITERIA_BLIND")).isEmpty();
  }
}
