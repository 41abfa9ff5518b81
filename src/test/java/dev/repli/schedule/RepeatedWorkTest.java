package dev.repli.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatedWorkTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private final RepeatedWork work = new RepeatedWork("test");
  private final AtomicInteger rounds = new AtomicInteger();

  @AfterEach
  void stop() {
    work.stop();
  }

  @Test
  void everythingIsRepeated() {
    AtomicInteger others = new AtomicInteger();
    work.every(PAUSE, rounds::incrementAndGet).every(PAUSE, others::incrementAndGet).start();
    await().until(() -> rounds.get() > 2 && others.get() > 2);
    assertThat(work.isRunning()).isTrue();
  }

  @Test
  void anErrorEndsNoSchedule() {
    work.every(
            PAUSE,
            () -> {
              rounds.incrementAndGet();
              throw new AssertionError("not even this");
            })
        .start();
    await().until(() -> rounds.get() > 2);
  }

  @Test
  void roundsHaveOneThread() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Runnable round =
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          LockSupport.parkNanos(10_000);
          inside.decrementAndGet();
          rounds.incrementAndGet();
        };
    work.every(PAUSE, round).every(PAUSE, round).start();
    await().until(() -> rounds.get() > 20);
    assertThat(most).hasValue(1);
  }

  @Test
  void helpersEndWithIt() {
    Executor helpers = work.helpers(2);
    work.every(PAUSE, () -> helpers.execute(rounds::incrementAndGet)).start();
    await().until(() -> rounds.get() > 2);
    work.stop();
    assertThatThrownBy(() -> helpers.execute(rounds::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aRoundThatWaitsEndsWithTheStop() {
    work.every(
            PAUSE,
            () -> {
              try {
                rounds.incrementAndGet();
                Thread.sleep(Duration.ofMinutes(10).toMillis());
              } catch (InterruptedException e) {
                rounds.set(-1);
              }
            })
        .start();
    await().until(() -> rounds.get() == 1);
    work.stop();
    assertThat(work.isRunning()).isFalse();
    await().until(() -> rounds.get() == -1);
  }
}
