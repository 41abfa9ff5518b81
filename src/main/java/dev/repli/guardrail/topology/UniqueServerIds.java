package dev.repli.guardrail.topology;

import dev.repli.database.survey.History.Reader;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class UniqueServerIds implements Guardrail {
  @Override
  public About about() {
    return About.blocks(Group.TOPOLOGY, "unique-server-ids", "Server ids are unique")
        .protectsFrom("a replica silently skips changes that carry its own server id")
        .reads("server_id of both nodes, SHOW SLAVE HOSTS (SHOW REPLICAS)")
        .mend("give one of them another id: SET GLOBAL server_id, and in its option file");
  }

  @Override
  public Verdict check(Situation situation) {
    long source = situation.source().server().get().serverId();
    long target = situation.target().server().get().serverId();
    List<String> problems = new ArrayList<>();
    if (source == target) {
      problems.add("source and target both have server id " + source);
    }
    for (NodeSurvey node : situation.both()) {
      List<Reader> readers = node.history().get().readers();
      long distinct = readers.stream().map(Reader::serverId).distinct().count();
      if (distinct < readers.size()) {
        problems.add("two replicas of " + node.label() + " have the same server id: " + readers);
      }
    }
    return Verdict.unless(problems, "source has server id " + source + ", target has " + target);
  }
}
