package dev.repli.guardrail.replication;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class JsonColumns implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "json-columns", "No JSON column of MySQL is replicated to MariaDB")
        .protectsFrom(
            "a SQL thread that stops with error number 0 and an empty text; only the"
                + " server's log says: unknown field type 245")
        .reads("columns of type json on the MySQL node")
        .mend(
            "change them to LONGTEXT on MySQL before the initial copy: ALTER TABLE …"
                + " MODIFY … LONGTEXT");
  }

  @Override
  public Verdict check(Situation situation) {
    if (situation.writer().node().kind() != Node.Kind.MYSQL
        || situation.next().node().kind() != Node.Kind.MARIADB) {
      return Verdict.holds("no MariaDB replica of a MySQL server");
    }
    List<String> problems =
        situation
            .writer()
            .tables()
            .get()
            .columns(column -> column.dataType().equals("json"))
            .stream()
            .map(column -> "JSON column " + column)
            .toList();
    return Verdict.unless(problems, "no JSON columns");
  }
}
