package dev.repli.logical;

import dev.repli.plan.PlanId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was measured, as long as the test goes on. */
class InMemoryDeltaPace implements DeltaPace {
  final List<Leg> kept = new ArrayList<>();

  /** Of tests that carry nothing. */
  static PaceClock unasked() {
    return new PaceClock(new InMemoryDeltaPace(), Clock.systemUTC(), () -> 0);
  }

  @Override
  public void keep(Leg leg) {
    kept.add(0, leg);
  }

  @Override
  public List<Leg> newest(PlanId plan, DeltaPart part, int most) {
    return kept.stream()
        .filter(leg -> leg.plan().equals(plan) && leg.part() == part)
        .sorted(Comparator.comparing(Leg::ended).reversed())
        .limit(most)
        .toList();
  }
}
