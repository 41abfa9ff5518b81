package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class TimeZone implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.CONFIGURATION, "time-zone", "Both nodes live in the same time zone")
        .protectsFrom("NOW() and TIMESTAMP values that are off by hours after the switch")
        .reads("time_zone, system_time_zone of both nodes")
        .mend(
            "SET GLOBAL time_zone = '+00:00' (or one name) on both nodes, and in the"
                + " option file");
  }

  @Override
  public Verdict check(Situation situation) {
    return Settings.equal(situation, "time_zone", "system_time_zone");
  }
}
