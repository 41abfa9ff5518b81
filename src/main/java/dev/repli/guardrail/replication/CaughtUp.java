package dev.repli.guardrail.replication;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Following;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
final class CaughtUp implements Guardrail {
  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "caught-up", "The next writer reaches the writer's position in time")
        .protectsFrom("a write outage of minutes, or a switch that gives up")
        .reads("the writer's position, and how long the replica takes to have applied it")
        .mend(
            "wait, or find what slows the replica: long statements, missing primary keys, its disk")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    if (situation.streamed()) {
      return Verdict.holds("Repli's own stream: the certificate tries it");
    }
    Following following = situation.following();
    Duration limit = situation.plan().budgets().gateWait();
    Optional<Duration> lag = following.lag().get();
    String position = "position of the writer: " + following.position().get();
    if (lag.isEmpty()) {
      return Verdict.fails("not reached within " + following.waited().toSeconds() + " s", position);
    }
    return Verdict.when(
        lag.get().compareTo(limit) <= 0,
        "reached after %d ms, allowed are %d ms".formatted(lag.get().toMillis(), limit.toMillis()),
        position);
  }
}
