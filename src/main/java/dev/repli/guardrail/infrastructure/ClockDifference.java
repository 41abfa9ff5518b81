package dev.repli.guardrail.infrastructure;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
final class ClockDifference implements Guardrail {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  @Override
  public About about() {
    return About.blocks(
            Group.INFRASTRUCTURE, "clock-difference", "Clocks differ by less than a second")
        .protectsFrom(
            "timestamps that go back in time after the switch, events that run twice,"
                + " measurements that lie")
        .reads("each server's clock against Repli's, less half of the round trip")
        .mend("let chrony or ntpd run on all machines, and wait until it has caught up")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    Duration source = situation.source().server().get().clockAhead();
    Duration target = situation.target().server().get().clockAhead();
    Duration slack =
        situation
            .source()
            .server()
            .get()
            .roundTrip()
            .plus(situation.target().server().get().roundTrip())
            .dividedBy(2);
    Duration difference = source.minus(target).abs();
    boolean close = difference.minus(slack).compareTo(LIMIT) < 0;
    return Verdict.when(
        close
            && source.abs().minus(slack).compareTo(LIMIT) < 0
            && target.abs().minus(slack).compareTo(LIMIT) < 0,
        "source and target differ by " + difference.toMillis() + " ms",
        "source ahead of Repli by " + source.toMillis() + " ms",
        "target ahead of Repli by " + target.toMillis() + " ms");
  }
}
