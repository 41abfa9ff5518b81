package dev.repli.guardrail.topology;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
final class NodesOfThePlan implements Guardrail {
  private static final Set<String> OWN = Set.of("journal_entry", "act_ru_execution");

  @Override
  public About about() {
    return About.blocks(
            Group.TOPOLOGY,
            "nodes-of-the-plan",
            "The nodes are two servers, and neither holds Repli's own database")
        .protectsFrom(
            "a switch from a server to itself, or a switch that takes Repli's own journal"
                + " away")
        .reads(
            "server_uid (server_uuid), host name and port of both nodes; tables of Repli"
                + " and its engine")
        .mend("correct the addresses in the plan; move Repli's own database elsewhere");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    String source = identity(situation.source().server().get());
    String target = identity(situation.target().server().get());
    if (source.equals(target)) {
      problems.add("source and target are one server: " + source);
    }
    for (NodeSurvey node : situation.both()) {
      boolean own =
          node.tables().get().all().stream()
              .map(table -> table.name().name().toLowerCase(Locale.ROOT))
              .anyMatch(OWN::contains);
      if (own) {
        problems.add(node.label() + " holds tables of Repli's own database");
      }
    }
    return Verdict.unless(problems, "two servers", "source " + source, "target " + target);
  }

  private static String identity(Server server) {
    return server
            .variable("server_uid")
            .or(() -> server.variable("server_uuid"))
            .orElse("no server_uid")
        + " at "
        + server.variable("hostname").orElse("?")
        + ":"
        + server.variable("port").orElse("?");
  }
}
