package dev.repli.guardrail.replication;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class NoDelay implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "no-replication-delay", "The replica is not held back on purpose")
        .protectsFrom("a catch-up that waits for the whole delay while nobody can write")
        .reads("SQL_Delay of the channel")
        .mend("STOP SLAVE; CHANGE MASTER TO MASTER_DELAY = 0; START SLAVE");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems =
        situation.next().channels().get().stream()
            .filter(channel -> channel.delaySeconds() > 0)
            .map(channel -> "changes are held back for " + channel.delaySeconds() + " s")
            .toList();
    return Verdict.unless(problems, "not held back");
  }
}
