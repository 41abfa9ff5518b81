package dev.repli.guardrail.replication;

import dev.repli.database.survey.Contents;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Version;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class LateTimestamps implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "late-timestamps",
            "No TIMESTAMP lies after 2038, as long as one node cannot store it")
        .protectsFrom(
            "error 173 (HA_ERR_ROWS_EVENT_APPLY): 11.5 and newer store times up to 2106,"
                + " older ones cannot apply such a row, and the way back stops")
        .reads("TIMESTAMP columns of the newer node, looked into for at most 2 s each")
        .mend("correct the values, or change the column to DATETIME on both nodes")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    boolean bothExtended = situation.both().stream().allMatch(LateTimestamps::extended);
    boolean noneExtended = situation.both().stream().noneMatch(LateTimestamps::extended);
    if (bothExtended || noneExtended) {
      return Verdict.holds("both nodes store the same range");
    }
    NodeSurvey newer = extended(situation.source()) ? situation.source() : situation.target();
    List<String> problems = new ArrayList<>();
    for (Contents.Late late : newer.contents().get().late()) {
      String column = late.table() + "." + late.column();
      if (late.found() == Contents.Found.YES) {
        problems.add(column + " holds a time after 2038-01-19 03:14:07");
      } else if (late.found() == Contents.Found.NOT_FINISHED) {
        problems.add(column + " could not be looked through in time; index it, or ask by hand");
      }
    }
    return Verdict.unless(
        problems, newer.contents().get().late().size() + " TIMESTAMP columns end before 2038");
  }

  private static boolean extended(NodeSurvey node) {
    Version version = node.server().get().version();
    return version.isMariaDb() && version.atLeast(11, 5);
  }
}
