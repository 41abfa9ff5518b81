package dev.repli.guardrail.inflight;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

@Component
final class RunningDdl implements Guardrail {
  private static final Pattern DDL =
      Pattern.compile(
          "(?i)^\\s*(/\\*.*?\\*/\\s*)*(alter|create\\s+(unique\\s+)?index|drop\\s+index|optimize|repair|truncate|rename"
              + "|analyze\\s+table)\\b");

  @Override
  public About about() {
    return About.blocks(
            Group.IN_FLIGHT, "running-ddl", "No table is being defined, rebuilt or repaired")
        .protectsFrom(
            "a definition that is half done on the writer and hours behind on the replica")
        .reads("statements of live sessions on both nodes")
        .mend("wait for its end on both nodes");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.work().get().sessions().stream()
          .filter(session -> !session.own() && DDL.matcher(session.statement()).find())
          .forEach(
              s ->
                  problems.add(
                      "%s: %s runs for %d s: %s"
                          .formatted(node.label(), s.who(), s.age().toSeconds(), s.statement())));
    }
    return Verdict.unless(problems, "none");
  }
}
