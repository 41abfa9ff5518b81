package dev.repli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.PlanId;
import dev.repli.run.Runs.Abort;
import dev.repli.run.Runs.Request;
import dev.repli.run.Runs.Start;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Runs} does. The plans "shop" and "books" are known. */
public abstract class RunsContract {
  private static final int AT_ONCE = 101;

  /** Without any run. */
  protected abstract Runs runs();

  /** Lets a run reach its end. */
  protected abstract void end(RunKey key);

  @Test
  void startsARunThatCanBeFound() {
    Start start = runs().start(request("inc-1", "shop", false));

    assertThat(start).isInstanceOf(Start.Started.class);
    assertThat(runs().find(new RunKey("inc-1")))
        .hasValueSatisfying(
            run -> {
              assertThat(run.plan()).isEqualTo(new PlanId("shop"));
              assertThat(run.requestedBy()).isEqualTo("monitor");
              assertThat(run.dryRun()).isFalse();
              assertThat(run.result()).isEmpty();
              assertThat(run.endedAt()).isEmpty();
              assertThat(run.late()).isFalse();
            });
  }

  @Test
  void answersAKnownKeyWithTheSameRun() {
    Start first = runs().start(request("inc-1", "shop", false));
    Start second = runs().start(request("inc-1", "shop", false));

    assertThat(second).isInstanceOf(Start.AlreadyKnown.class);
    assertThat(second.run().processInstanceId()).isEqualTo(first.run().processInstanceId());
  }

  @Test
  void neverStartsAKeyAgainAfterItsRunHasEnded() {
    runs().start(request("inc-1", "shop", false));
    end(new RunKey("inc-1"));

    Start again = runs().start(request("inc-1", "shop", false));

    assertThat(again).isInstanceOf(Start.AlreadyKnown.class);
    assertThat(again.run().result()).isPresent();
    assertThat(again.run().endedAt()).isPresent();
  }

  @Test
  void startsNothingWhileAnotherRunHasThePlan() {
    runs().start(request("inc-1", "shop", false));

    Start second = runs().start(request("inc-2", "shop", false));

    assertThat(second).isInstanceOf(Start.PlanBusy.class);
    assertThat(second.run().key()).isEqualTo(new RunKey("inc-1"));
    assertThat(runs().find(new RunKey("inc-2"))).isEmpty();
  }

  @Test
  void whatOnlyLooksNeitherWaitsForAPlanNorHoldsIt() {
    runs().start(request("inc-1", "shop", false));
    Request looking =
        new Request(
            new RunKey("inc-1-post-mortem"),
            "PostMortemProcess",
            new PlanId("shop"),
            "monitor",
            false,
            Map.of());
    assertThat(runs().start(looking)).isInstanceOf(Start.Started.class);
    end(new RunKey("inc-1"));

    assertThat(runs().start(request("inc-2", "shop", false))).isInstanceOf(Start.Started.class);
  }

  @Test
  void findsTheRunsOfARunbookBehindDryRunsAndOthers() {
    runs().start(request("inc-1", "shop", false));
    runs().start(request("dry-1", "shop", true));
    runs().start(request("inc-2", "books", false));
    Request looking =
        new Request(
            new RunKey("inc-1-watch"),
            "PostMortemProcess",
            new PlanId("shop"),
            "monitor",
            false,
            Map.of());
    runs().start(looking);

    assertThat(runs().newestReal(new PlanId("shop"), "RollbackProcess", 1))
        .extracting(run -> run.key().value())
        .containsExactly("inc-1");
  }

  @Test
  void startsANewRunOnceTheOldOneHasEnded() {
    runs().start(request("inc-1", "shop", false));
    end(new RunKey("inc-1"));

    assertThat(runs().start(request("inc-2", "shop", false))).isInstanceOf(Start.Started.class);
    assertThat(runs().start(request("inc-3", "shop", false)).run().key())
        .isEqualTo(new RunKey("inc-2"));
  }

  @Test
  void letsTwoPlansRunBesideEachOther() {
    runs().start(request("inc-1", "shop", false));

    assertThat(runs().start(request("inc-2", "books", false))).isInstanceOf(Start.Started.class);
  }

  @Test
  void doesNotOccupyThePlanWithADryRun() {
    runs().start(request("dry-1", "shop", true));

    assertThat(runs().start(request("inc-1", "shop", false))).isInstanceOf(Start.Started.class);
    assertThat(runs().start(request("dry-2", "shop", true))).isInstanceOf(Start.Started.class);
  }

  @Test
  void refusesAnUnknownPlan() {
    assertThatThrownBy(() -> runs().start(request("inc-1", "unknown", false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown");
    assertThat(runs().newest(10)).isEmpty();
  }

  @Test
  void makesOneRunOfManyEqualRequestsAtOnce() throws Exception {
    List<Start> starts =
        atOnce(Stream.generate(() -> request("inc-1", "shop", false)).limit(AT_ONCE).toList());

    assertThat(starts).filteredOn(Start.Started.class::isInstance).hasSize(1);
    assertThat(starts).filteredOn(Start.AlreadyKnown.class::isInstance).hasSize(AT_ONCE - 1);
    assertThat(starts)
        .extracting(start -> start.run().processInstanceId())
        .containsOnly(starts.get(0).run().processInstanceId());
    assertThat(runs().newest(AT_ONCE)).hasSize(1);
  }

  @Test
  void givesThePlanToOneOfManyDifferentRequestsAtOnce() throws Exception {
    List<Start> starts =
        atOnce(
            Stream.iterate(1, n -> n + 1)
                .map(n -> request("inc-" + n, "shop", false))
                .limit(AT_ONCE)
                .toList());

    assertThat(starts).filteredOn(Start.Started.class::isInstance).hasSize(1);
    assertThat(starts).filteredOn(Start.PlanBusy.class::isInstance).hasSize(AT_ONCE - 1);
    assertThat(runs().newest(AT_ONCE)).hasSize(1);
  }

  @Test
  void listsNoMoreRunsThanAskedFor() {
    for (int n = 1; n <= 3; n++) {
      runs().start(request("dry-" + n, "shop", true));
    }

    assertThat(runs().newest(2)).hasSize(2);
    assertThat(runs().newest(10))
        .extracting(run -> run.key().value())
        .containsExactlyInAnyOrder("dry-1", "dry-2", "dry-3");
  }

  @Test
  void listsTheRunsOfOnePlan() {
    runs().start(request("inc-1", "shop", false));
    runs().start(request("dry-1", "shop", true));

    assertThat(runs().newest(new PlanId("shop"), 10)).hasSize(2);
    assertThat(runs().newest(new PlanId("shop"), 1)).hasSize(1);
    assertThat(runs().newest(new PlanId("other"), 10)).isEmpty();
  }

  @Test
  void abortsARunAndFreesItsPlan() {
    runs().start(request("inc-1", "shop", false));

    Abort abort = runs().abort(new RunKey("inc-1"), "olga", "false alarm");

    assertThat(abort).isInstanceOf(Abort.Accepted.class);
    assertThat(runs().find(new RunKey("inc-1")).orElseThrow().result()).isPresent();
    assertThat(runs().start(request("inc-2", "shop", false))).isInstanceOf(Start.Started.class);
  }

  @Test
  void refusesToAbortWhatHasEnded() {
    runs().start(request("inc-1", "shop", false));
    end(new RunKey("inc-1"));

    assertThat(runs().abort(new RunKey("inc-1"), "olga", "too late"))
        .isInstanceOfSatisfying(
            Abort.Refused.class, refused -> assertThat(refused.why()).contains("already ended"));
  }

  @Test
  void knowsNothingOfARunThatNeverWas() {
    assertThat(runs().find(new RunKey("never"))).isEmpty();
    assertThat(runs().abort(new RunKey("never"), "olga", "why not"))
        .isInstanceOf(Abort.Unknown.class);
  }

  protected static Request request(String key, String plan, boolean dryRun) {
    return new Request(
        new RunKey(key),
        "RollbackProcess",
        new PlanId(plan),
        "monitor",
        dryRun,
        Map.of("summary", "errors after the cutover", "severity", "critical"));
  }

  private List<Start> atOnce(List<Request> requests) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(requests.size());
    try {
      List<Callable<Start>> calls =
          requests.stream().map(request -> (Callable<Start>) () -> runs().start(request)).toList();
      List<Start> starts = new java.util.ArrayList<>();
      for (Future<Start> answer : threads.invokeAll(calls)) {
        starts.add(answer.get());
      }
      return starts;
    } finally {
      threads.shutdownNow();
    }
  }
}
