package dev.repli.guardrail.infrastructure;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.OwnHealth;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class RepliHealthy implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.INFRASTRUCTURE,
            "repli-healthy",
            "Repli's own database answers and its job executor works")
        .protectsFrom("a run that stops half-way, and timers that nobody fires")
        .reads(
            "a query of Repli's own database with the time that it took; whether the job executor"
                + " runs, and how long the oldest job that is due has waited")
        .mend("mend Repli's database, or restart Repli; see its log and /actuator/health")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    List<OwnHealth.Part> parts = situation.own().get();
    List<String> problems =
        parts.stream().filter(part -> !part.well()).map(RepliHealthy::shown).toList();
    return Verdict.unless(
        problems, "well", parts.stream().map(RepliHealthy::shown).toArray(String[]::new));
  }

  private static String shown(OwnHealth.Part part) {
    return part.name() + ": " + part.found();
  }
}
