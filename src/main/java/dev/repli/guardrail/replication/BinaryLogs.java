package dev.repli.guardrail.replication;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class BinaryLogs implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "binary-logs",
            "Both nodes write a binary log, replicated changes included")
        .protectsFrom(
            "a way back that does not exist: what a node does not log, nobody can"
                + " replicate from it")
        .reads("log_bin and log_slave_updates (log_replica_updates) of both nodes")
        .mend("log_bin and log_slave_updates = ON in the option file, restart");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Server server = node.server().get();
      if (!server.isOn("log_bin")) {
        problems.add(node.label() + " writes no binary log");
      }
      if (!server.isOn("log_slave_updates") && !server.isOn("log_replica_updates")) {
        problems.add(node.label() + " does not log what it replicates");
      }
    }
    return Verdict.unless(problems, "both nodes log everything");
  }
}
