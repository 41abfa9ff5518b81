package dev.repli.guardrail.routes;

import dev.repli.database.survey.Reading;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.RouteLook;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.route.RouteSession.RouteState;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class RoutesAnswer implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.ROUTES, "routes-answer", "Every route answers and can be steered")
        .protectsFrom("applications that stay on the old writer")
        .reads("a log-in to each route's administration and a look at its state")
        .mend("mend what the message names, or correct the route in the plan")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (RouteLook route : situation.routes()) {
      if (route.state() instanceof Reading.Unreadable<RouteState> unreadable) {
        problems.add(unreadable.why());
      } else {
        shown.add(route.spec().name() + ": " + route.state().get().detail());
      }
    }
    return Verdict.unless(
        problems, situation.routes().size() + " routes answer", shown.toArray(String[]::new));
  }
}
