package dev.repli.guardrail.replication;

import dev.repli.database.survey.Tables;
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
final class ForeignDdl implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "mysql-only-definitions",
            "No table of MySQL uses what MariaDB cannot create")
        .protectsFrom("error 1064 in the initial copy or in the middle of replication")
        .reads(
            "functional indexes and columns with a spatial reference system on the MySQL" + " node")
        .mend(
            "replace a functional index by an indexed generated column; drop the SRID of"
                + " the column");
  }

  @Override
  public Verdict check(Situation situation) {
    if (situation.writer().node().kind() != Node.Kind.MYSQL
        || situation.next().node().kind() != Node.Kind.MARIADB) {
      return Verdict.holds("no MariaDB replica of a MySQL server");
    }
    Tables tables = situation.writer().tables().get();
    List<String> problems = new ArrayList<>();
    tables.indexes().stream()
        .filter(Tables.Index::functional)
        .forEach(
            index -> problems.add("functional index " + index.name() + " of " + index.table()));
    tables
        .columns(column -> column.extra().contains("SRID"))
        .forEach(column -> problems.add("column with SRID " + column));
    return Verdict.unless(problems, "nothing that only MySQL knows");
  }
}
