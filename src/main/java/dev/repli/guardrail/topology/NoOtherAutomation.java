package dev.repli.guardrail.topology;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Session;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
final class NoOtherAutomation implements Guardrail {
  private static final Pattern TOOL =
      Pattern.compile(
          "(?i)orchestrator|maxscale|mxs_|replication[-_]?manager|repman|\\bmha\\b|keepalived");

  @Override
  public About about() {
    return About.blocks(
            Group.TOPOLOGY, "no-other-automation", "No other automation moves the writer")
        .protectsFrom(
            "orchestrator, MaxScale, replication-manager, MHA or keepalived promoting a"
                + " node in the middle of the switch")
        .reads(
            "users and statements of live sessions, schemas and accounts that such tools"
                + " leave")
        .mend(
            "put it on hold for the change (orchestrator: begin-downtime; MaxScale: set"
                + " its monitor passive), or end its sessions and drop its leftovers");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      for (Session session : node.work().get().clients()) {
        if (TOOL.matcher(session.user()).find()) {
          problems.add(node.label() + ": session of " + session.who());
        }
      }
      Stream.concat(
              node.tables().get().all().stream().map(Tables.Table::name),
              node.tables().get().hidden().stream())
          .map(TableName::schema)
          .distinct()
          .filter(schema -> TOOL.matcher(schema).find())
          .forEach(schema -> problems.add(node.label() + ": schema " + schema));
    }
    return Verdict.unless(problems, "no session and no schema of such a tool");
  }
}
