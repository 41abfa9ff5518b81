package dev.repli.guardrail.schema;

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
final class AllVisible implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.SCHEMA, "all-visible", "Repli's account sees every table")
        .protectsFrom("guardrails that are green because they could not see what is wrong")
        .reads(
            "all tables of InnoDB (innodb_sys_tables, innodb_tables) against those that"
                + " Repli's account may see")
        .mend(
            "GRANT SELECT, SHOW VIEW, TRIGGER ON the schema's tables to Repli's account,"
                + " on both nodes (docs/database-accounts.md)");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.tables()
          .get()
          .hidden()
          .forEach(table -> problems.add(node.label() + ": not visible is " + table));
    }
    return Verdict.unless(
        problems,
        "all of them, " + situation.writer().tables().get().all().size() + " on the writer");
  }
}
