package dev.repli.guardrail.schema;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.TableName;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
final class ForeignKeysClosed implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "foreign-keys",
            "Every foreign key leads to a table that is there on both nodes")
        .protectsFrom(
            "rows that cannot be written, or a cascade that one node executes and the"
                + " other does not")
        .reads("foreign keys and tables of both nodes")
        .mend("take the other table over, too, or drop the foreign key");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Set<TableName> there = node.tables().get().byName().keySet();
      node.tables().get().foreignKeys().stream()
          .filter(key -> !there.contains(key.references()))
          .forEach(
              key ->
                  problems.add(
                      "%s: %s of %s leads to %s, which is not there"
                          .formatted(node.label(), key.name(), key.table(), key.references())));
    }
    return Verdict.unless(
        problems,
        situation.writer().tables().get().foreignKeys().size() + " foreign keys, all closed");
  }
}
