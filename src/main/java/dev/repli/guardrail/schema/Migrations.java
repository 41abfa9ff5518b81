package dev.repli.guardrail.schema;

import dev.repli.database.survey.Contents;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

@Component
final class Migrations implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.SCHEMA,
            "pending-migrations",
            "No schema migration is unfinished, and both nodes stand at the same one")
        .protectsFrom(
            "a schema tool that goes on in the middle of the change, or an application"
                + " that finds an older schema")
        .reads("tables of Flyway and Liquibase on both nodes")
        .mend(
            "finish or repair the migration with its own tool; start no other until the"
                + " window is closed");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    Map<String, String> source = applied(situation.source(), problems);
    Map<String, String> target = applied(situation.target(), problems);
    Differences.between(source, target, problems);
    return Verdict.unless(
        problems, source.isEmpty() ? "no tables of Flyway or Liquibase" : source.toString());
  }

  private static Map<String, String> applied(NodeSurvey node, List<String> problems) {
    Map<String, String> applied = new TreeMap<>();
    for (Contents.Migrations migrations : node.contents().get().migrations()) {
      applied.put(migrations.table().toString(), migrations.applied() + " steps");
      if (migrations.unfinished() > 0) {
        problems.add(
            node.label()
                + ": "
                + migrations.unfinished()
                + " failed or running in "
                + migrations.table());
      }
    }
    return applied;
  }
}
