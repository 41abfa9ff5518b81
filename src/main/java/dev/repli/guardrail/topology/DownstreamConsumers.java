package dev.repli.guardrail.topology;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Session;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class DownstreamConsumers implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.TOPOLOGY, "downstream-consumers", "Everybody who reads the binary log is known")
        .protectsFrom(
            "change data capture and BI replicas that go on reading the old writer," + " unnoticed")
        .reads(
            "sessions that read the binary log (Binlog Dump) and registered replicas, but"
                + " for the nodes of the plan")
        .mend(
            "tell their owners, and move each of them with the writer; name this"
                + " guardrail in the approval when that is planned");
  }

  @Override
  public Verdict check(Situation situation) {
    List<Long> ids = situation.both().stream().map(node -> node.server().get().serverId()).toList();
    List<String> accounts =
        situation.both().stream().map(node -> node.node().replication().user()).toList();
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.work().get().sessions().stream()
          .filter(Session::readsBinaryLog)
          .filter(session -> !accounts.contains(session.user()))
          .forEach(s -> problems.add(s.who() + " reads the binary log of " + node.label()));
      node.history().get().readers().stream()
          .filter(reader -> !ids.contains(reader.serverId()))
          .forEach(
              reader ->
                  problems.add(
                      "replica with server id " + reader.serverId() + " of " + node.label()));
    }
    return Verdict.unless(problems, "nobody but the plan's nodes reads a binary log");
  }
}
