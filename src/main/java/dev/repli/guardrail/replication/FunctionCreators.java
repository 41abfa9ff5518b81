package dev.repli.guardrail.replication;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class FunctionCreators implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "function-creators", "Both nodes let the same functions be created")
        .protectsFrom(
            "error 1418 on the replica: a function without DETERMINISTIC that one node"
                + " accepts and the other refuses")
        .reads("log_bin_trust_function_creators of both nodes")
        .mend(
            "SET GLOBAL log_bin_trust_function_creators to the same on both nodes, and in"
                + " the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    boolean source = situation.source().server().get().isOn("log_bin_trust_function_creators");
    boolean target = situation.target().server().get().isOn("log_bin_trust_function_creators");
    return Verdict.when(
        source == target,
        "source " + (source ? "ON" : "OFF") + ", target " + (target ? "ON" : "OFF"));
  }
}
