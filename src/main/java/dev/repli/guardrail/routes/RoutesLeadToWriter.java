package dev.repli.guardrail.routes;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.RouteLook;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.route.RouteSession.RouteState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
final class RoutesLeadToWriter implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.ROUTES,
            "routes-lead-to-writer",
            "Every route sends new work to the writer, and only there")
        .protectsFrom("work that is refused by a fenced node, or that goes to both")
        .reads("runtime state of each route")
        .mend("steer the route to the writer before the change, or correct the plan");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (RouteLook route : situation.routes()) {
      RouteState state = route.state().get();
      if (!state.writer().equals(Optional.of(situation.role()))) {
        problems.add(
            route.spec().name()
                + ": "
                + state.writer().map(role -> "to the " + role.word()).orElse("to neither or both")
                + "; "
                + state.detail());
      }
    }
    return Verdict.unless(problems, "all lead to the " + situation.role().word());
  }
}
