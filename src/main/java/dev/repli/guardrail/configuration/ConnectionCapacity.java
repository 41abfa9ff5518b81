package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class ConnectionCapacity implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.CONFIGURATION,
            "connection-capacity",
            "The next writer takes as many connections as the writer ever had")
        .protectsFrom("error 1040 (too many connections) in the first second after the switch")
        .reads("Max_used_connections of the writer, max_connections of the next")
        .mend(
            "SET GLOBAL max_connections above the peak, and in the option file; mind the"
                + " memory");
  }

  @Override
  public Verdict check(Situation situation) {
    double peak = situation.writer().server().get().counter("max_used_connections");
    double limit = situation.next().server().get().number("max_connections");
    return Verdict.when(
        limit >= peak,
        "the writer had up to %.0f at once, the next takes %.0f".formatted(peak, limit));
  }
}
