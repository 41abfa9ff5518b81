package dev.repli.cutover;

import dev.repli.guardrail.GuardrailReport;
import dev.repli.guardrail.Guardrails;
import dev.repli.guardrail.Moment;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The guardrails of the rollback window, asked again while a cutover is watched. They read a lot,
 * so what was good counts for a while; what was not is asked at each look.
 */
final class WatchGuardrails implements WatchCriterion {
  private static final Duration GOOD_FOR = Duration.ofMinutes(1);
  private final Optional<Guardrails> guardrails;
  private final Clock clock;
  private final Map<RunKey, Good> good = new ConcurrentHashMap<>();

  WatchGuardrails(Optional<Guardrails> guardrails, Clock clock) {
    this.guardrails = guardrails;
    this.clock = clock;
  }

  private record Good(Instant at, Findings findings) {}

  @Override
  public Findings judge(RunKey run, Plan plan) {
    Instant now = clock.instant();
    good.values().removeIf(last -> !now.isBefore(last.at().plus(GOOD_FOR)));
    return Optional.ofNullable(good.get(run))
        .map(Good::findings)
        .orElseGet(() -> ask(run, plan, now));
  }

  private Findings ask(RunKey run, Plan plan, Instant now) {
    Findings findings =
        new Findings(
            guardrails
                .map(all -> all.check(plan, Node.Role.TARGET, Moment.WINDOW))
                .map(GuardrailReport::results)
                .map(CheckGuardrails::told)
                .orElse(List.of()));
    if (findings.good()) {
      good.put(run, new Good(now, findings));
    }
    return findings;
  }
}
