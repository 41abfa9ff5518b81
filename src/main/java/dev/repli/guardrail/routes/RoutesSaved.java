package dev.repli.guardrail.routes;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class RoutesSaved implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.ROUTES, "routes-saved", "What a route does now survives its restart")
        .protectsFrom(
            "a proxy that sends work to the old writer after a restart in the middle of"
                + " the night")
        .reads("ProxySQL: servers in use against those on disk (disk.mysql_servers)")
        .mend(
            "SAVE MYSQL SERVERS FROM RUNTIME; SAVE MYSQL SERVERS TO DISK, once they are"
                + " what you want")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    situation
        .routes()
        .forEach(
            r -> r.facts().get().notSaved().forEach(p -> problems.add(r.spec().name() + ": " + p)));
    return Verdict.unless(problems, "saved, where a route can save");
  }
}
