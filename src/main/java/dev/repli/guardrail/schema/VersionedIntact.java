package dev.repli.guardrail.schema;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class VersionedIntact implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "versioned-intact",
            "System-versioned tables are not damaged by a way back over data files")
        .protectsFrom(
            "the older server starts on the newer data files without an error, and shows"
                + " no current row; CHECK TABLE says OK, ALTER … FORCE does not help")
        .reads(
            "rows that end after 2038-01-19 03:14:07.999999 on nodes whose end of time is"
                + " that, looked for at most 2 s per table")
        .mend(
            "with SET SESSION system_versioning_insert_history = 1: CREATE TABLE a2 LIKE"
                + " a; INSERT INTO a2 (columns, row_start, row_end) SELECT columns, row_start,"
                + " IF(row_end > '2038-01-19 03:14:07.999999', '2038-01-19 03:14:07.999999',"
                + " row_end) FROM a FOR SYSTEM_TIME ALL; RENAME TABLE a TO a_bad, a2 TO a")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      boolean maria = node.node().kind() == Node.Kind.MARIADB;
      if (maria && VersionedRange.of(node) == VersionedRange.UNTIL_2038) {
        node.contents()
            .get()
            .versioned()
            .forEach(
                table ->
                    VersionedDamage.describe(node, table, table.endsLater(), "damaged", problems));
      }
    }
    return Verdict.unless(problems, "no row ends later than the server can tell");
  }
}
