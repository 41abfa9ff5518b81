package dev.repli.guardrail.schema;

import dev.repli.database.survey.Contents;
import dev.repli.database.survey.NodeSurvey;
import java.util.List;

/** One sentence for a table whose rows end where this server's time does not. */
final class VersionedDamage {
  private VersionedDamage() {}

  static void describe(
      NodeSurvey node,
      Contents.Versioned table,
      Contents.Found found,
      String what,
      List<String> problems) {
    String name = node.label() + ": " + table.name();
    if (found == Contents.Found.YES) {
      boolean gone = table.current() == Contents.Found.NO;
      problems.add(
          name
              + " is "
              + what
              + (gone ? ", it shows no current row at all" : ", some current rows are missing"));
    } else if (found == Contents.Found.NOT_FINISHED) {
      problems.add(
          name
              + " could not be looked through in time; look by hand: SELECT COUNT(*) … FOR SYSTEM_TIME ALL WHERE row_end …");
    }
  }
}
