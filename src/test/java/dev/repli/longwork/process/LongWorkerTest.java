package dev.repli.longwork.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.repli.database.VirtualTime;
import dev.repli.engine.OnePlan;
import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two Repli on one engine database; the test gives the beats. */
@Timeout(60)
class LongWorkerTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final RunKey RUN = new RunKey("INC-1");
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  private final InMemoryWorkRecords records = new InMemoryWorkRecords();
  private final OnePlan plans = new OnePlan();
  private final VirtualTime time = new VirtualTime();
  private final Trial atA = new Trial();
  private final Trial atB = new Trial();

  @SuppressWarnings("NullAway.Init") // made before each test
  private WorkNode a;

  @SuppressWarnings("NullAway.Init")
  private WorkNode b;

  /** Begins when told, ends when told. */
  private static final class Trial implements LongWork {
    final BlockingQueue<WorkWatch> begun = new LinkedBlockingQueue<>();
    final CountDownLatch end = new CountDownLatch(1);

    /** In the middle of something that cannot be ended. */
    volatile boolean deaf;

    volatile @Nullable RuntimeException failure;
    volatile @Nullable Error error;
    volatile @Nullable WorkOrder order;

    @Override
    public WorkResult perform(WorkOrder given, WorkWatch watch) {
      order = given;
      begun.add(watch);
      watch
          .cancellation()
          .watch(
              () -> {
                if (!deaf) {
                  end.countDown();
                }
              });
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      watch.mine();
      if (failure != null) {
        throw failure;
      }
      if (error != null) {
        throw error;
      }
      return new WorkResult.Done();
    }

    @Override
    public String hint() {
      return "look at the disk";
    }

    WorkWatch awaitBegin() throws InterruptedException {
      WorkWatch watch = begun.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      assertThat(watch).as("the work begins").isNotNull();
      return watch;
    }
  }

  @BeforeEach
  void start() {
    a = new WorkNode(url, "a", records, plans, atA, time);
    b = new WorkNode(url, "b", records, plans, atB);
    a.deploy();
    a.start(RUN.value(), OnePlan.ID.value(), "a".repeat(64));
  }

  @AfterEach
  void end() {
    atA.end.countDown();
    atB.end.countDown();
    b.close();
    a.close();
  }

  @Test
  void isDoneByOneOnlyAndTheProcessGoesOn() throws Exception {
    assertThat(a.worker.poll()).isEqualTo(1);
    WorkWatch watch = atA.awaitBegin();
    assertThat(b.worker.poll()).isZero();
    assertThat(a.worker.poll()).isZero();

    watch.progress(5, 10, "bytes");
    a.worker.beat();
    assertThat(state().amount()).isEqualTo(new Amount(5, 10, "bytes"));
    atA.end.countDown();

    await().atMost(SOON).until(() -> a.waiting() == 1);
    assertThat(a.variable("stepSucceeded")).isEqualTo(true);
    assertThat(state().state()).isEqualTo(State.DONE);
    assertThat(atA.order).extracting(order -> order.plan().id()).isEqualTo(OnePlan.ID);
  }

  @Test
  void leavesWhyItFailedForTheFailedStepTask() {
    atA.failure = new IllegalStateException("db1: no space");
    atA.end.countDown();
    int unused = a.worker.poll();

    await().atMost(SOON).until(() -> a.waiting() == 1);
    assertThat(a.variable("stepSucceeded")).isEqualTo(false);
    assertThat(a.variable("stepError")).isEqualTo("db1: no space");
    assertThat(a.variable("stepHint")).isEqualTo("look at the disk");
    assertThat(state().text()).isEqualTo("db1: no space");
  }

  @Test
  void hasAFailedStepWhenTheWorkEndsWithAnError() {
    atA.error = new NoClassDefFoundError("some/Part");
    atA.end.countDown();
    int unused = a.worker.poll();

    await().atMost(SOON).until(() -> a.waiting() == 1);
    assertThat(a.variable("stepSucceeded")).isEqualTo(false);
    assertThat(state().text()).contains("NoClassDefFoundError", "some/Part");
  }

  @Test
  void givesTheNextSignOfLifeThoughOneEndedWithAnError() {
    assertThatCode(
            () ->
                WorkClock.safely(
                    () -> {
                      throw new StackOverflowError();
                    }))
        .doesNotThrowAnyException();
  }

  @Test
  void endsAtTheNextHeartbeatWhenNobodyWantsItAnyMore() throws Exception {
    int unused = a.worker.poll();
    WorkWatch watch = atA.awaitBegin();

    a.engine.getRuntimeService().correlateMessage("AbortRequested", RUN.value());
    assertThat(watch.cancellation().isRequested()).isFalse();
    a.worker.beat();

    assertThat(watch.cancellation().isRequested()).isTrue();
    assertThatThrownBy(watch::mine).isInstanceOf(WorkLostException.class);
    await().atMost(SOON).until(() -> state().state() == State.CANCELLED);
  }

  /** Else who waits for its end would take it for dead, and its last commit would come behind. */
  @Test
  void isUnderWayForAsLongAsItsLastStepTakesThoughNobodyWantsItAnyMore() throws Exception {
    atA.deaf = true;
    int unused = a.worker.poll();
    WorkWatch watch = atA.awaitBegin();
    a.engine.getRuntimeService().correlateMessage("AbortRequested", RUN.value());

    for (int minute = 1; minute <= 10; minute++) {
      time.advance(Duration.ofMinutes(1));
      a.worker.beat();
      assertThat(watch.cancellation().isRequested()).isTrue();
      assertThat(state())
          .extracting(WorkProgress::state, WorkProgress::beatAt)
          .containsExactly(State.RUNNING, time.instant());
      watch.stillHeld();
    }
    atA.end.countDown();

    await().atMost(SOON).until(() -> state().state() == State.CANCELLED);
    assertThatThrownBy(watch::stillHeld).isInstanceOf(WorkLostException.class);
  }

  @Test
  void mayFinishNothingMoreOnceAnotherHasIt() throws Exception {
    atA.deaf = true;
    int unused = a.worker.poll();
    WorkWatch late = atA.awaitBegin();
    await().atMost(SOON).until(() -> b.worker.poll() == 1);
    var owner = atB.awaitBegin();

    assertThatThrownBy(late::stillHeld).hasMessageContaining("another Repli has taken it over");
    owner.stillHeld();
  }

  @Test
  void isTakenOverFromASleeperWhoDoesNothingMoreWhenItWakesUp() throws Exception {
    int unused = a.worker.poll();
    WorkWatch late = atA.awaitBegin();

    // no heartbeat of a: its lock runs out
    await().atMost(SOON).until(() -> b.worker.poll() == 1);
    WorkWatch owner = atB.awaitBegin();

    assertThatThrownBy(late::mine).hasMessageContaining("another Repli has taken it over");
    assertThat(late.cancellation().isRequested()).isTrue();
    owner.mine();
    atA.end.countDown();
    atB.end.countDown();
    await().atMost(SOON).until(() -> b.waiting() == 1);
    assertThat(state())
        .extracting(WorkProgress::node, WorkProgress::state)
        .containsExactly("b", State.DONE);
  }

  @Test
  void keepsItForAsLongAsThereAreHeartbeats() throws Exception {
    int unused = a.worker.poll();
    WorkWatch watch = atA.awaitBegin();
    long end = System.nanoTime() + WorkNode.LOCK.multipliedBy(2).toNanos();

    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(SOON)
        .until(
            () -> {
              a.worker.beat();
              assertThat(b.worker.poll()).isZero();
              return System.nanoTime() > end;
            });

    watch.mine();
  }

  @Test
  void endsByItselfWhenItsDatabaseGivesNoAnswer() throws Exception {
    int unused = a.worker.poll();
    WorkWatch watch = atA.awaitBegin();

    await()
        .atMost(WorkNode.LOCK.multipliedBy(3))
        .until(
            () -> {
              a.worker.endSilent();
              return watch.cancellation().isRequested();
            });
    assertThatThrownBy(watch::mine).hasMessageContaining("did not answer");
  }

  /** Whoever asks holds locks on a node, for which its successor waits. */
  @Test
  void doesNotWaitLongForADatabaseThatDoesNotSayWhoseItIs() throws Exception {
    int unused = a.worker.poll();
    WorkWatch watch = atA.awaitBegin();

    synchronized (records) {
      assertThatThrownBy(watch::stillHeld)
          .isInstanceOf(WorkLostException.class)
          .hasMessageContaining("Repli's own database did not answer for 2500 ms");
    }
    assertThat(watch.cancellation().isRequested()).isTrue();
  }

  @Test
  void isFreeAtOnceWhenItsRepliIsStopped() throws Exception {
    int unused = a.worker.poll();
    WorkWatch watch = atA.awaitBegin();

    a.clock.close();

    assertThat(watch.cancellation().isRequested()).isTrue();
    await().atMost(SOON).until(() -> b.worker.poll() == 1);
  }

  @Test
  void isFreeAtOnceWhenItsKilledRepliComesBack() throws Exception {
    int unused = a.worker.poll();
    WorkWatch late = atA.awaitBegin();
    WorkNode again = new WorkNode(url, "a", records, plans, atB);
    try {
      again.clock.start();
      WorkWatch owner = atB.awaitBegin();
      assertThatThrownBy(late::mine).isInstanceOf(WorkLostException.class);
      owner.mine();
    } finally {
      again.close();
    }
  }

  private WorkProgress state() {
    return records.of(RUN).get(0);
  }
}
