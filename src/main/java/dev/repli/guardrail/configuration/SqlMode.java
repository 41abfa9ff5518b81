package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class SqlMode implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.CONFIGURATION, "sql-mode", "sql_mode is the same on both nodes")
        .protectsFrom("statements that one node accepts and the other refuses, or stores cut off")
        .reads("sql_mode of both nodes")
        .mend("SET GLOBAL sql_mode to the same, and in the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    return Settings.equal(situation, "sql_mode");
  }
}
