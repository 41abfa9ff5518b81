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
final class RowFormat implements Guardrail {
  @Override
  public About about() {
    return About.blocks(Group.REPLICATION, "row-format", "Both nodes write whole rows")
        .protectsFrom(
            "copies that differ unnoticed; between MariaDB and MySQL a STATEMENT log can apply"
                + " nothing at all without an error")
        .reads("binlog_format and binlog_row_image of both nodes")
        .mend(
            "SET GLOBAL binlog_format = ROW, binlog_row_image = FULL, and in the option file;"
                + " then new sessions");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Server server = node.server().get();
      // MySQL 9 knows nothing else any more and has lost the variable
      String format = server.variable("binlog_format").orElse("ROW");
      String image = server.variable("binlog_row_image").orElse("not known");
      if (!format.equals("ROW")) {
        problems.add(node.label() + ": binlog_format is " + format + " instead of ROW");
      }
      if (!image.equals("FULL")) {
        problems.add(node.label() + ": binlog_row_image is " + image + " instead of FULL");
      }
    }
    return Verdict.unless(problems, "ROW and FULL on both nodes");
  }
}
