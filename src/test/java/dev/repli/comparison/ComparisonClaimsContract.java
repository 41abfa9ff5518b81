package dev.repli.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every keeper of claims does. */
public abstract class ComparisonClaimsContract {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minusSeconds(60);
  private static final int ROUNDS = 50;
  private final ComparisonId id = new ComparisonId("rows");

  /** A keeper that knows of nothing yet. */
  protected abstract ComparisonClaims claims();

  @Test
  void isTakenByOneUntilItIsReleased() {
    ComparisonClaims claims = claims();
    assertThat(claims.take(id, "one", NOW, LONG_AGO)).isTrue();
    assertThat(claims.take(id, "one", NOW, LONG_AGO)).isTrue();
    assertThat(claims.take(id, "two", NOW, LONG_AGO)).isFalse();
    claims.release(id, "two");
    assertThat(claims.take(id, "two", NOW, LONG_AGO)).isFalse();
    claims.release(id, "one");

    assertThat(claims.take(id, "two", NOW, LONG_AGO)).isTrue();
    assertThat(claims.take(new ComparisonId("others"), "one", NOW, LONG_AGO)).isTrue();
  }

  @Test
  void isTakenFromOneThatGaveNoSignOfLife() {
    ComparisonClaims claims = claims();
    claims.take(id, "one", LONG_AGO, LONG_AGO);
    assertThat(claims.take(id, "two", NOW, LONG_AGO)).isFalse();
    claims.beat(id, "one", LONG_AGO.plusSeconds(10));
    assertThat(claims.take(id, "two", NOW, LONG_AGO.plusSeconds(10))).isFalse();
    assertThat(claims.take(id, "two", NOW, LONG_AGO.plusSeconds(11))).isTrue();
    claims.beat(id, "one", NOW.plusSeconds(60));

    assertThat(claims.take(id, "three", NOW, NOW)).isFalse();
    assertThat(claims.take(id, "three", NOW, NOW.plusMillis(1))).isTrue();
  }

  @Test
  void goesOnForItsOwnerWhileAnybodyWaits() {
    ComparisonClaims claims = claims();
    assertThat(claims.goesOn(id, "one", NOW)).isFalse();
    claims.take(id, "one", NOW, LONG_AGO);
    assertThat(claims.goesOn(id, "one", NOW)).isFalse();
    claims.want(id, NOW.plusSeconds(2));
    claims.want(id, NOW.plusSeconds(1));
    assertThat(claims.goesOn(id, "one", NOW.plusSeconds(1))).isTrue();
    assertThat(claims.goesOn(id, "one", NOW.plusSeconds(2))).isFalse();

    claims.take(id, "two", NOW, NOW.plusMillis(1));
    assertThat(claims.goesOn(id, "one", NOW)).isFalse();
    assertThat(claims.goesOn(id, "two", NOW)).isTrue();
  }

  @Test
  void isTakenByExactlyOneOfTwoAtTheSameMoment() throws Exception {
    ComparisonClaims claims = claims();
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        ComparisonId any = new ComparisonId("round-" + round);
        Future<Boolean> one = threads.submit(taking(claims, any, "one", together));
        Future<Boolean> two = threads.submit(taking(claims, any, "two", together));
        assertThat(List.of(one.get(), two.get()))
            .as("round %s", round)
            .containsExactlyInAnyOrder(true, false);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Boolean> taking(
      ComparisonClaims claims, ComparisonId id, String owner, CyclicBarrier together) {
    return () -> {
      together.await();
      return claims.take(id, owner, NOW, LONG_AGO);
    };
  }
}
