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
final class VersionedUpgraded implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "versioned-upgraded",
            "System-versioned tables were converted after data files were taken over")
        .protectsFrom(
            "every current row reads as gone, and UPDATE matches nothing: row_end is"
                + " still the end of time of the older release")
        .reads(
            "rows that end at 2038-01-19 03:14:07.999999 on nodes whose end of time is"
                + " 2106, looked for at most 2 s per table")
        .mend(
            "keep clients out (skip-networking), then mariadb-upgrade, or for each table:"
                + " ALTER TABLE … FORCE; check that current rows are back")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      if (VersionedRange.of(node) == VersionedRange.UNTIL_2106) {
        node.contents()
            .get()
            .versioned()
            .forEach(
                table ->
                    VersionedDamage.describe(
                        node, table, table.endsIn2038(), "not converted", problems));
      }
    }
    return Verdict.unless(problems, "nothing is left unconverted");
  }
}
